package io.jenkins.plugins.approvalgate.engine.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The name of one of the journal's files: {@code 2026-03.jsonl}, or {@code 2026-03-2.jsonl} where the first of the month
 * was found damaged and is left as it is.
 *
 * @param part 1 for the month's first file
 */
record JournalFile(YearMonth month, int part) implements Comparable<JournalFile> {

    private static final Pattern NAME = Pattern.compile("(\\d{4}-(?:0[1-9]|1[0-2]))(?:-([1-9]\\d{0,3}))?\\.jsonl");
    private static final YearMonth FIRST = YearMonth.of(0, 1);
    private static final YearMonth LAST = YearMonth.of(9999, 12);
    private static final Comparator<JournalFile> IN_ORDER =
            Comparator.comparing(JournalFile::month).thenComparingInt(JournalFile::part);

    /** The first of the month of {@code at}; of the nearest that has a name, where a clock is beyond all reason. */
    static JournalFile of(Instant at) {
        YearMonth month = YearMonth.from(at.atZone(ZoneOffset.UTC));
        return new JournalFile(month.isAfter(LAST) ? LAST : month.isBefore(FIRST) ? FIRST : month, 1);
    }

    static Optional<JournalFile> of(String name) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int part = matcher.group(2) == null ? 1 : Integer.parseInt(matcher.group(2));
        return Optional.of(new JournalFile(YearMonth.parse(matcher.group(1)), part));
    }

    /** All of a journal's files, oldest first. */
    static List<JournalFile> list(Path directory) throws IOException {
        try (Stream<Path> paths = Files.list(directory)) {
            return paths.map(path -> of(path.getFileName().toString()))
                    .flatMap(Optional::stream)
                    .sorted()
                    .toList();
        }
    }

    /** The file to go on in where this one is left as it is. */
    JournalFile nextPart() {
        return new JournalFile(month, part + 1);
    }

    String name() {
        return month + (part == 1 ? "" : "-" + part) + ".jsonl";
    }

    Path in(Path directory) {
        return directory.resolve(name());
    }

    @Override
    public int compareTo(JournalFile other) {
        return IN_ORDER.compare(this, other);
    }
}
