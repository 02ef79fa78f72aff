package io.jenkins.plugins.approvalgate.engine.check.calendar;

import io.jenkins.plugins.approvalgate.engine.check.http.HttpCalls;
import io.jenkins.plugins.approvalgate.engine.check.http.Limits;
import io.jenkins.plugins.approvalgate.engine.check.http.Question;
import io.jenkins.plugins.approvalgate.engine.check.http.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Fetches a calendar once, unless the server says that ours is still right. Thread-safe. */
record CalendarFetch(HttpCalls calls, CalendarAddress address) {

    static final Limits LIMITS = new Limits(Duration.ofSeconds(10), Duration.ofSeconds(30), 0, 5 << 20);

    private static final int OK = 200;
    private static final int NOT_MODIFIED = 304;

    /**
     * What the calendar is now; not yet looked into.
     *
     * @param ours the copy that we have
     * @throws IOException if it cannot be had; the message is fit to be shown
     */
    CalendarCopy fetch(Optional<CalendarCopy> ours, Instant now) throws IOException, InterruptedException {
        Question question = address.question();
        Optional<String> tag = ours.flatMap(CalendarCopy::tag);
        Optional<String> changed = ours.flatMap(CalendarCopy::changed);
        if (tag.isPresent()) {
            question = question.header("If-None-Match", tag.get());
        }
        if (changed.isPresent()) {
            question = question.header("If-Modified-Since", changed.get());
        }
        Reply reply = calls.ask(question, address.login(), LIMITS, status -> status == OK || status == NOT_MODIFIED, now);
        if (reply.status() == OK) {
            String text = new String(reply.body(), StandardCharsets.UTF_8);
            return new CalendarCopy(text, now, header(reply, "etag"), header(reply, "last-modified"));
        }
        if (reply.status() == NOT_MODIFIED && ours.isPresent()) {
            return ours.get().confirmed(now);
        }
        throw new IOException(address.host() + " says " + reply.status());
    }

    /** Only what can be sent back as it is. */
    private static Optional<String> header(Reply reply, String name) {
        return reply.header(name).filter(value -> value.matches("[ -~]{1,300}"));
    }
}
