package io.jenkins.plugins.approvalgate.engine.check.http;

import io.jenkins.plugins.approvalgate.engine.check.Options;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The statuses that are wanted: {@code 200-299, 304}. */
record Statuses(List<Range> ranges) {

    /** From one to another, both included. */
    record Range(int from, int to) {
        boolean contains(int status) {
            return status >= from && status <= to;
        }

        @Override
        public String toString() {
            return from == to ? String.valueOf(from) : from + "–" + to;
        }
    }

    private static final Pattern FORM = Pattern.compile("([1-5]\\d\\d)(?:\\s*[-–]\\s*([1-5]\\d\\d))?");

    Statuses {
        ranges = List.copyOf(ranges);
    }

    /** Reads the setting {@code statuses}; 200–299 where nothing stands. */
    static Statuses read(Options options) {
        List<String> texts = options.texts("statuses");
        return texts.isEmpty()
                ? new Statuses(List.of(new Range(200, 299)))
                : new Statuses(texts.stream().map(text -> range(options, text)).toList());
    }

    private static Range range(Options options, String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw options.wrong("statuses", "\"" + text + "\" is no status: write 200 or 200-299");
        }
        int from = Integer.parseInt(form.group(1));
        int to = form.group(2) == null ? from : Integer.parseInt(form.group(2));
        if (to < from) {
            throw options.wrong("statuses", "\"" + text + "\" ends before it begins");
        }
        return new Range(from, to);
    }

    boolean contains(int status) {
        return ranges.stream().anyMatch(range -> range.contains(status));
    }

    @Override
    public String toString() {
        return ranges.stream().map(Range::toString).collect(Collectors.joining(", "));
    }
}
