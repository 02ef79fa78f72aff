package io.jenkins.plugins.approvalgate.engine.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.jenkins.plugins.approvalgate.engine.gate.CheckResult;
import io.jenkins.plugins.approvalgate.engine.gate.CheckResult.Verdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.Test;

public class MetricThresholdTest {

    private static Check check(String condition) {
        return Asked.check("metricThreshold", Map.of("condition", condition));
    }

    private static Check check(String whenTrue, String whenFalse) {
        return Asked.check("metricThreshold", Map.of("condition", "a > 1", "whenTrue", whenTrue, "whenFalse", whenFalse));
    }

    private static CheckResult evaluate(Check check, String... namesAndValues) {
        Map<String, String> metrics = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            metrics.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return Asked.evaluate(check, Asked.metrics(metrics));
    }

    @Test
    public void withoutMore_passesWhenTrueAndFailsWhenFalse() {
        assertThat(evaluate(check("accuracy >= 0.92"), "accuracy", "0.94"))
                .isEqualTo(CheckResult.pass("accuracy is 0.94: accuracy >= 0.92 holds."));
        assertThat(evaluate(check("accuracy >= 0.92"), "accuracy", "0.92").verdict()).isEqualTo(Verdict.PASS);
        assertThat(evaluate(check("accuracy >= 0.92"), "accuracy", "0.91999999999999999999999"))
                .isEqualTo(CheckResult.fail("accuracy is 0.91999999999999999999999: accuracy >= 0.92 does not hold."));
        assertThat(evaluate(check("accuracy >= 0.92 && loss < 0.3"), "unasked", "x", "loss", "3e-1", "accuracy", "0.95"))
                .isEqualTo(CheckResult.fail("accuracy is 0.95, loss is 3e-1: accuracy >= 0.92 && loss < 0.3 does not hold."));
    }

    @Test
    public void everyOutcome_forTrueAndForFalse() {
        Map<String, Verdict> verdicts = Map.of("pass", Verdict.PASS, "fail", Verdict.FAIL, "approve", Verdict.APPROVE);
        verdicts.forEach((yes, whenTrue) -> verdicts.forEach((no, whenFalse) -> {
            assertThat(evaluate(check(yes, no), "a", "2").verdict()).as(yes).isEqualTo(whenTrue);
            assertThat(evaluate(check(yes, no), "a", "1").verdict()).as(no).isEqualTo(whenFalse);
            assertThat(evaluate(check(yes, no), "b", "2").verdict()).as("a is missing").isEqualTo(Verdict.FAIL);
        }));
        assertThat(evaluate(check("approve", "pass"), "a", "2").reason())
                .isEqualTo("a is 2: a > 1 holds, so that no person has to approve.");
        assertThat(evaluate(check("fail", "pass"), "a", "2").reason()).isEqualTo("a is 2: a > 1 holds, and must not.");
        assertThat(evaluate(check("fail", "pass"), "a", "1").reason()).isEqualTo("a is 1: a > 1 does not hold.");
    }

    @Test
    public void missingMetric_failsWithItsName_evenWhereTheRestDecides() {
        assertThat(evaluate(check("a == 1 || \"f1 score\" > 2"), "a", "1"))
                .isEqualTo(CheckResult.fail("Metric \"f1 score\" is missing: pass it in the step's metrics. The condition is a == 1"
                        + " || \"f1 score\" > 2."));
        assertThat(evaluate(check("a == 1 && b > 2"), "A", "1").reason())
                .isEqualTo("Metric a is missing: pass it in the step's metrics. Metric b is missing: pass it in the step's"
                        + " metrics. The condition is a == 1 && b > 2.");
    }

    @Test
    public void whatIsNoNumber_failsWithTheNameAndTheValue() {
        for (String odd : List.of(
                "", " ", "x", "NaN", "nan", "Infinity", "-Infinity", "+Infinity", "inf", "true", "null", "0x10", "1_000", "1,5",
                "1 000", "92%", "1f", "1d", "1L", "1/2", "--1", "1e", "e1", ".", "-", "1.2.3", "１", "١", "−1", "1\u00002",
                "1e99999999999", "9".repeat(1_001))) {
            CheckResult result = evaluate(check("a == 1 || a != 1"), "a", odd);
            assertThat(result.verdict()).as(odd).isEqualTo(Verdict.FAIL);
            assertThat(result.reason()).as(odd).startsWith("Metric a is \"").contains("\", which is not a number.");
        }
        assertThat(evaluate(check("a > 1"), "a", "NaN").reason())
                .isEqualTo("Metric a is \"NaN\", which is not a number. The condition is a > 1.");
    }

    @Test
    public void numbers_asBuildsWriteThem() {
        for (String one : List.of("1", "1.0", "+1", "1.", "01", "10e-1", "0.1E1", "0.1E+1", "1.000000000000000000000000000000", " 1\n")) {
            assertThat(evaluate(check("a == 1"), "a", one).verdict()).as(one).isEqualTo(Verdict.PASS);
        }
        assertThat(evaluate(check("a == 0"), "a", "-0.0").verdict()).isEqualTo(Verdict.PASS);
        assertThat(evaluate(check("a > 0"), "a", "1e-2147483647").verdict()).isEqualTo(Verdict.PASS);
        assertThat(evaluate(check("a < 1e2147483647"), "a", "1e2147483646").verdict()).isEqualTo(Verdict.PASS);
        assertThat(evaluate(check("a == 1e2147483647"), "a", "1e2147483647").verdict()).isEqualTo(Verdict.PASS);
        assertThat(evaluate(check("a == 0.3"), "a", "0.30000000000000004").verdict()).isEqualTo(Verdict.FAIL);
        assertThat(evaluate(check("a == 9007199254740993"), "a", "9007199254740992").verdict()).isEqualTo(Verdict.FAIL);
    }

    @Test
    public void reasons_shortenLongValuesAndNames() {
        assertThat(evaluate(check("a > 1"), "a", "0." + "3".repeat(900)).reason())
                .isEqualTo("a is 0." + "3".repeat(38) + "…: a > 1 does not hold.");
        assertThat(evaluate(check("a > 1"), "a", "\u202e<script>\n").reason())
                .isEqualTo("Metric a is \"<U+202E><script><U+000A>\", which is not a number. The condition is a > 1.");
        StringBuilder many = new StringBuilder("m0 > 1");
        for (int i = 1; i < 120; i++) {
            many.append(" || m").append(i).append("> 1");
        }
        assertThat(evaluate(check(many.toString())).reason()).hasSizeLessThan(1_500).contains("m9 is missing", "pass it in the step's metrics. There are 110 more. The condition is m0 > 1");
    }

    @Test
    public void summary() {
        assertThat(check("accuracy >= 0.92\n  && loss < 0.3").summary()).isEqualTo("only if accuracy >= 0.92 && loss < 0.3");
        assertThat(check("approve", "pass").summary()).isEqualTo("if a > 1: opens without a person, otherwise: passes");
        assertThat(check("fail", "pass").summary()).isEqualTo("if a > 1: is refused, otherwise: passes");
    }

    @Test
    public void settings_areRefusedByName() {
        refused(Map.of(), "metricThreshold: condition: is missing");
        refused(Map.of("condition", "a = 1"), "metricThreshold: condition: column 3: expected <, <=, >, >=, == or !=, found \"=\"");
        refused(Map.of("condition", "a > 1", "whenTrue", "PASS"), "metricThreshold: whenTrue: \"PASS\" has to be one of pass, fail, approve");
        refused(Map.of("condition", "a > 1", "whenFalse", "wait"), "metricThreshold: whenFalse: \"wait\" has to be one of fail, pass, approve");
        refused(Map.of("condition", "a > 1", "when", "x"), "metricThreshold: when: there is no such setting; there are condition, whenFalse, whenTrue");
    }

    private static void refused(Map<String, Object> settings, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Asked.check("metricThreshold", settings))
                .withMessage(why);
    }
}
