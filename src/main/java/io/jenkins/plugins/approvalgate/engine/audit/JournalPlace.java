package io.jenkins.plugins.approvalgate.engine.audit;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a follower has got to in the journal: behind a line. For those outside of this package nothing but a number, a hash
 * and a text to keep.
 *
 * @param seq that line's number; 0 before the first
 * @param hash its hash
 * @param offset where it ends in {@code file}
 */
public record JournalPlace(long seq, String hash, JournalFile file, long offset) {

    private static final Pattern FORM = Pattern.compile("([0-9]{1,18}) ([0-9a-f]{64}) (\\S{1,30}) ([0-9]{1,18})");

    /** In one line, for {@link #of}. */
    public String text() {
        return seq + " " + hash + " " + file.name() + " " + offset;
    }

    /** The place that {@link #text} wrote; empty if it is none. */
    public static Optional<JournalPlace> of(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        return JournalFile.of(form.group(3))
                .map(file -> new JournalPlace(
                        Long.parseLong(form.group(1)), form.group(2), file, Long.parseLong(form.group(4))));
    }
}
