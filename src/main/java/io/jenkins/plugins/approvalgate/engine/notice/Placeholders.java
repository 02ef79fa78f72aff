package io.jenkins.plugins.approvalgate.engine.notice;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What can stand in a template: {@code ${comment}}, and {@code ${mrkdwn.comment}} or {@code ${markdown.comment}} where the
 * place is one that a chat takes for its markup, so that nobody mentions a channel or disguises a link by a comment.
 */
final class Placeholders {

    private static final List<String> NAMES = List.of(
            "id", "type", "time", "summary", "gate", "environment", "status", "job", "build", "buildUrl", "stage", "branch",
            "requestedBy", "requestedAt", "deadline", "slaDue", "message", "actor", "comment", "reason", "outcome", "until",
            "due", "from", "to", "approvalsGiven", "approvalsRequired", "missing", "reviewUrl", "kind", "sentence", "about");

    private static final List<String> NUMBERS = List.of("build", "approvalsGiven", "approvalsRequired");

    private static final Map<String, UnaryOperator<String>> FORMS =
            Map.of("mrkdwn.", Placeholders::mrkdwn, "markdown.", Placeholders::markdown);

    /** What Slack's mrkdwn gives a meaning to, but for the three that have a way to be written. */
    private static final String MRKDWN = "*_~`@#|";

    private static final String MARKDOWN = "\\`*_{}[]()<>#+-.!|~@&";
    /** Chats refuse what is too long for them, and an event that is refused would come again for ever. */
    private static final int LONGEST = 1_000;

    private static final String ZERO_WIDTH_SPACE = "\u200B";

    private Placeholders() {}

    /** @throws IllegalArgumentException if there is no placeholder of this name */
    static String known(String name) {
        if (!NAMES.contains(bare(name))) {
            throw new IllegalArgumentException("there is no placeholder ${" + name + "}; there are "
                    + String.join(", ", NAMES) + ", each also as mrkdwn.NAME (Slack) and markdown.NAME (Teams)");
        }
        return name;
    }

    static boolean isNumber(String name) {
        return NUMBERS.contains(name);
    }

    /** What stands in the place of {@code name}, before it is escaped for the kind of body. */
    static String value(String name, Told told) {
        String value = atMost(told.value(bare(name)));
        return form(name).map(FORMS::get).map(form -> form.apply(value)).orElse(value);
    }

    private static String atMost(String text) {
        if (text.length() <= LONGEST) {
            return text;
        }
        int end = LONGEST - 1;
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
    }

    private static Optional<String> form(String name) {
        return FORMS.keySet().stream().filter(name::startsWith).findFirst();
    }

    private static String bare(String name) {
        return form(name).map(form -> name.substring(form.length())).orElse(name);
    }

    /**
     * For Slack: the three characters that begin its control sequences as it wants them
     * (<a href="https://docs.slack.dev/messaging/formatting-message-text#escaping">escaping text</a>), and a space of no width
     * after those that it has no way to write.
     */
    private static String mrkdwn(String text) {
        StringBuilder safe = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                default -> safe.append(c).append(MRKDWN.indexOf(c) >= 0 ? ZERO_WIDTH_SPACE : "");
            }
        }
        return safe.toString();
    }

    /** For Adaptive Cards and other Markdown: CommonMark 2.4, every such character may have a backslash before it. */
    private static String markdown(String text) {
        StringBuilder safe = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            safe.append(MARKDOWN.indexOf(c) >= 0 ? "\\" : "").append(c);
        }
        return safe.toString();
    }
}
