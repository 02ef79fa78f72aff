package io.jenkins.plugins.approvalgate.engine.audit.index;

import io.jenkins.plugins.approvalgate.engine.audit.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place among what is found, newest first: behind the line with these. It is the line itself, not a count, so what comes
 * meanwhile neither hides nor repeats another.
 *
 * @param at in milliseconds since 1970
 */
public record AuditCursor(long at, String controller, long seq) {

    private static final Pattern FORM = Pattern.compile("(-?\\d{1,18}) (\\d{1,18}) ([A-Za-z0-9]{1,64}) ([0-9a-f]{16})");

    /** For addresses; says nothing to those who get it. */
    public String text() {
        String content = at + " " + seq + " " + controller;
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((content + " " + check(content)).getBytes(StandardCharsets.US_ASCII));
    }

    /** The cursor that {@link #text} wrote; empty if it is none, or was changed. */
    public static Optional<AuditCursor> of(String text) {
        try {
            Matcher form =
                    FORM.matcher(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII));
            if (!form.matches()) {
                return Optional.empty();
            }
            AuditCursor cursor =
                    new AuditCursor(Long.parseLong(form.group(1)), form.group(3), Long.parseLong(form.group(2)));
            return Optional.of(cursor).filter(read -> read.text().equals(text));
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }

    /** Keeps off what was mistyped or put together; whoever computes it learns nothing that they may not see. */
    private static String check(String content) {
        return Json.hash(("approval-gate audit " + content).getBytes(StandardCharsets.UTF_8)).substring(0, 16);
    }
}
