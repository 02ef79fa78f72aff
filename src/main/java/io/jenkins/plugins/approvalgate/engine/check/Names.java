package io.jenkins.plugins.approvalgate.engine.check;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What names and patterns of jobs and branches can be. */
final class Names {

    /** The longest pattern; longer than any name that Jenkins or git take. */
    private static final int LONGEST_PATTERN = 1_000;

    private Names() {}

    /**
     * Why {@code name} is not compared with any pattern, to end a sentence; empty if it may be. Git and Jenkins make no such
     * names. Whatever does would only want to pass for another: {@code release/} for one below {@code release/*}.
     */
    static Optional<String> oddity(String name) {
        if (name.isBlank()) {
            return Optional.of("it is empty");
        }
        if (name.codePoints().anyMatch(Names::breaksLines)) {
            return Optional.of("it has a line break or another control character in it");
        }
        List<String> segments = segments(name);
        if (segments.contains("")) {
            return Optional.of("it has a slash at its head or end, or two of them side by side");
        }
        return segments.contains(".") || segments.contains("..")
                ? Optional.of("one of its parts is . or ..")
                : Optional.empty();
    }

    private static boolean breaksLines(int point) {
        int type = Character.getType(point);
        return type == Character.CONTROL || type == Character.LINE_SEPARATOR || type == Character.PARAGRAPH_SEPARATOR;
    }

    private static List<String> segments(String name) {
        return Arrays.asList(name.split("/", -1));
    }

    /**
     * The patterns in the setting {@code setting}, checked so that none of them is one that cannot match anything: an
     * exclusion that means nothing would let pass what it was written against.
     */
    static List<String> patterns(Options options, String setting) {
        List<String> patterns = options.texts(setting);
        for (String pattern : patterns) {
            if (pattern.length() > LONGEST_PATTERN) {
                throw options.wrong(setting, "a pattern has at most " + LONGEST_PATTERN + " characters");
            }
            oddity(Refs.branch(pattern)).ifPresent(why -> {
                throw options.wrong(setting, "no name matches \"" + Shown.text(pattern) + "\", because " + why + hint(pattern));
            });
        }
        return patterns;
    }

    private static String hint(String pattern) {
        String below = pattern.replaceFirst("(?<!/)/+$", "");
        return pattern.endsWith("/") && !below.isEmpty()
                ? "; for all below it write " + Shown.text(below) + "/**"
                : "";
    }
}
