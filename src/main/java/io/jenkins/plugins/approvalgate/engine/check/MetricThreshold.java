package io.jenkins.plugins.approvalgate.engine.check;

import io.jenkins.plugins.approvalgate.engine.gate.CheckResult;
import io.jenkins.plugins.approvalgate.engine.gate.GateRequest;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What follows from the metrics that the build passed. A metric that the condition mentions has to be there and be a number,
 * whether or not the rest of the condition would decide without it.
 */
record MetricThreshold(Condition condition, Then whenTrue, Then whenFalse) implements Check.OfRequest {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");
    private static final int LONGEST_CONDITION = 300;
    private static final int LONGEST_VALUE = 40;

    /** What follows for the gate. */
    enum Then {
        PASS("passes"),
        FAIL("is refused"),
        APPROVE("opens without a person");

        private final String words;

        Then(String words) {
            this.words = words;
        }

        static Then of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }

        CheckResult of(String condition, boolean holds) {
            String sentence = condition + (holds ? " holds" : " does not hold");
            return switch (this) {
                case PASS -> CheckResult.pass(sentence + ".");
                case FAIL -> CheckResult.fail(sentence + (holds ? ", and must not." : "."));
                case APPROVE -> CheckResult.approve(sentence + ", so that no person has to approve.");
            };
        }
    }

    static MetricThreshold of(Options options) {
        return new MetricThreshold(
                condition(options),
                Then.of(options.word("whenTrue", "pass", "fail", "approve")),
                Then.of(options.word("whenFalse", "fail", "pass", "approve")));
    }

    private static Condition condition(Options options) {
        String text = options.text("condition");
        try {
            return Condition.parse(text);
        } catch (IllegalArgumentException unreadable) {
            throw options.wrong("condition", unreadable.getMessage());
        }
    }

    @Override
    public String summary() {
        return (isLimit() ? "only " : "") + words("if ");
    }

    /** The condition alone where it has to hold, else with what follows from it. */
    String words() {
        return words(isLimit() ? "" : "if ");
    }

    private String words(String ifWord) {
        return ifWord + shown() + (isLimit() ? "" : ": " + whenTrue.words + ", otherwise: " + whenFalse.words);
    }

    private boolean isLimit() {
        return whenTrue == Then.PASS && whenFalse == Then.FAIL;
    }

    private String shown() {
        return Shown.text(condition.toString(), LONGEST_CONDITION);
    }

    @Override
    public CheckResult evaluate(Subject subject) {
        Map<String, String> given = subject.request().metrics();
        Map<String, BigDecimal> values = new LinkedHashMap<>();
        List<String> found = new ArrayList<>();
        List<String> wrong = new ArrayList<>();
        for (String name : condition.names()) {
            Optional<String> text = Optional.ofNullable(given.get(name));
            text.flatMap(Numbers::read).ifPresentOrElse(number -> values.put(name, number), () -> wrong.add(wrong(name, text)));
            text.ifPresent(value -> found.add(shown(name) + " is " + Shown.text(value.strip(), LONGEST_VALUE)));
        }
        if (!wrong.isEmpty()) {
            return CheckResult.fail(Shown.sentences(wrong) + " The condition is " + shown() + ".");
        }
        boolean holds = condition.holds(values);
        return (holds ? whenTrue : whenFalse).of(Shown.phrases(found) + ": " + shown(), holds);
    }

    @Override
    public Optional<String> needsBuild(GateRequest imagined) {
        return imagined.metrics().isEmpty()
                ? Optional.of("It looks at the metrics that a build passes: name some to see what it says.")
                : Optional.empty();
    }

    private static String wrong(String name, Optional<String> text) {
        return text.map(value -> "Metric " + shown(name) + " is \"" + Shown.text(value, LONGEST_VALUE) + "\", which is not a number.")
                .orElse("Metric " + shown(name) + " is missing: pass it in the step's metrics.");
    }

    private static String shown(String name) {
        return PLAIN.matcher(name).matches() ? Shown.text(name) : "\"" + Shown.text(name) + "\"";
    }
}
