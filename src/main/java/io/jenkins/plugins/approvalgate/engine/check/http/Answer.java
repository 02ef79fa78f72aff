package io.jenkins.plugins.approvalgate.engine.check.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.approvalgate.engine.gate.CheckResult;
import java.util.function.UnaryOperator;

/**
 * Reads what a function decided, in its reply or on a call-back address: <code>{"decision":"pass|fail|wait|approve",
 * "reason":…}</code>.
 */
public final class Answer {

    private static final int LONGEST = 1_000;

    /** What is expected, for whoever sent something else. */
    public static final String FORM = "{\"decision\":\"pass|fail|wait|approve\",\"reason\":\"…\"}";

    private Answer() {}

    /** Whether {@code answer} says anything that could be a decision. */
    static boolean decides(JsonNode answer) {
        return answer.hasNonNull("decision");
    }

    /**
     * What {@code answer} says. Its reason is brought on one line and cut after 1,000 characters; other fields count for
     * nothing.
     *
     * @throws IllegalArgumentException if it is no decision; the message says what is wrong and goes on after "it"
     */
    public static CheckResult read(JsonNode answer) {
        return read(answer, UnaryOperator.identity());
    }

    /** @param mask takes the secrets out of the reason, before it is cut */
    static CheckResult read(JsonNode answer, UnaryOperator<String> mask) {
        JsonNode decision = answer.path("decision");
        JsonNode reason = answer.path("reason");
        if (!decision.isTextual()) {
            throw new IllegalArgumentException("has no decision: expected " + FORM);
        }
        if (!reason.isTextual() && !reason.isNull() && !reason.isMissingNode()) {
            throw new IllegalArgumentException("has a reason that is no text: expected " + FORM);
        }
        String given = Texts.atMost(LONGEST, mask.apply(Texts.line(mask.apply(reason.asText("")))));
        return switch (decision.textValue()) {
            case "pass" -> CheckResult.pass(or(given, "The function lets it pass."));
            case "fail" -> CheckResult.fail(or(given, "The function refuses it."));
            case "wait" -> CheckResult.waiting(or(given, "The function says to wait."));
            case "approve" -> CheckResult.approve(or(given, "The function approves it."));
            default -> throw new IllegalArgumentException("has a decision that is none of the four: expected " + FORM);
        };
    }

    private static String or(String given, String otherwise) {
        return given.isEmpty() ? otherwise : given;
    }
}
