package io.jenkins.plugins.approvalgate.engine.check.http;

import io.jenkins.plugins.approvalgate.engine.check.Options;
import io.jenkins.plugins.approvalgate.engine.gate.TimeSpan;
import java.time.Duration;

/** Reads time spans that must not be just any. */
final class Spans {

    private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(1);
    private static final Duration LONGEST_INTERVAL = Duration.ofDays(7);

    private Spans() {}

    static Duration read(Options options, String name, Duration otherwise, Duration least, Duration most) {
        Duration span = options.span(name, otherwise);
        if (span.compareTo(least) < 0) {
            throw options.wrong(name, "has to be " + TimeSpan.format(least) + " or longer");
        }
        if (span.compareTo(most) > 0) {
            throw options.wrong(name, "has to be " + TimeSpan.format(most) + " or shorter");
        }
        return span;
    }

    /** How long after a {@code WAIT} to ask again. */
    static Duration interval(Options options, Duration otherwise) {
        return read(options, "interval", otherwise, SHORTEST_INTERVAL, LONGEST_INTERVAL);
    }
}
