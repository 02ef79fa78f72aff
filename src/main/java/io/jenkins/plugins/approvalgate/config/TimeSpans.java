package io.jenkins.plugins.approvalgate.config;

import hudson.Util;
import java.util.Arrays;
import java.util.List;

/** Time spans in one setting. Unlike other {@link Texts} there may be none of them, which the form calls {@code none}. */
public final class TimeSpans extends Texts {

    private static final String NONE = "none";

    private TimeSpans(List<String> items) {
        super(items);
    }

    public static TimeSpans of(List<String> items) {
        return new TimeSpans(Lines.of(items));
    }

    public static TimeSpans of(String... items) {
        return of(Arrays.asList(items));
    }

    /** The parts of {@code text} between its commas; {@code null} if there is no text. */
    public static TimeSpans parse(String text) {
        String trimmed = Util.fixEmptyAndTrim(text);
        if (trimmed == null) {
            return null;
        }
        return trimmed.equalsIgnoreCase(NONE) ? of() : of(trimmed.split(","));
    }

    /** As the form shows it. */
    @Override
    public String toString() {
        return items().isEmpty() ? NONE : String.join(", ", items());
    }
}
