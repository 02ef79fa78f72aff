package io.jenkins.plugins.approvalgate.engine.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.approvalgate.engine.Given;
import io.jenkins.plugins.approvalgate.engine.Town;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.Test;

/** What checks and the lock do to a gate, as tables: what stands around it, and what becomes of it. */
public class ConditionsTest {

    private static final Map<String, CheckResult> RESULTS = Map.of(
            "pass", CheckResult.pass("Passes."),
            "wait", CheckResult.waiting("Waits."),
            "bars", CheckResult.waiting("Bars.").barringApprovals(),
            "fail", CheckResult.fail("Fails."),
            "approve", CheckResult.approve("Approves."),
            "unasked", CheckResult.NOT_ASKED);

    /** A gate with the checks of {@code words}, and a lock. */
    private static Play play(String words) {
        List<CheckSpec> specs = results(words).stream().map(result -> new CheckSpec("check", Map.of())).toList();
        Play play = new Play(
                Given.environment("production", "any: alice, bob", specs, Optional.of(LockMode.NEWEST_ONLY)), Town.of(""), Set.of());
        play.conditions = conditions(words);
        return play;
    }

    private static List<CheckResult> results(String words) {
        return Arrays.stream(words.split(" ")).filter(RESULTS::containsKey).map(RESULTS::get).toList();
    }

    private static Conditions conditions(String words) {
        return new Conditions(
                results(words),
                words.contains("held") ? Optional.of("Held.") : Optional.empty(),
                words.contains("newer") ? Optional.of("Superseded.") : Optional.empty());
    }

    @Test
    public void settle_table() {
        Map<String, List<String>> table = Map.ofEntries(
                // what stands around it; without approvals, with them, without them when it is late, with them then
                Map.entry("", List.of("OPEN", "APPROVED", "TIMED_OUT", "TIMED_OUT")),
                Map.entry("held", List.of("OPEN", "OPEN", "TIMED_OUT", "TIMED_OUT")),
                Map.entry("newer", List.of("SUPERSEDED", "SUPERSEDED", "SUPERSEDED", "SUPERSEDED")),
                Map.entry("pass pass", List.of("OPEN", "APPROVED", "TIMED_OUT", "TIMED_OUT")),
                Map.entry("pass wait", List.of("OPEN", "OPEN", "TIMED_OUT", "TIMED_OUT")),
                Map.entry("pass unasked", List.of("OPEN", "OPEN", "TIMED_OUT", "TIMED_OUT")),
                Map.entry("bars", List.of("OPEN", "OPEN", "TIMED_OUT", "TIMED_OUT")),
                Map.entry("pass fail", List.of("CHECK_FAILED", "CHECK_FAILED", "CHECK_FAILED", "CHECK_FAILED")),
                Map.entry("fail newer", List.of("CHECK_FAILED", "CHECK_FAILED", "CHECK_FAILED", "CHECK_FAILED")),
                Map.entry("approve", List.of("AUTO_APPROVED", "APPROVED", "TIMED_OUT", "TIMED_OUT")),
                Map.entry("approve pass", List.of("AUTO_APPROVED", "APPROVED", "TIMED_OUT", "TIMED_OUT")),
                Map.entry("approve wait", List.of("OPEN", "OPEN", "TIMED_OUT", "TIMED_OUT")),
                Map.entry("approve held", List.of("OPEN", "OPEN", "TIMED_OUT", "TIMED_OUT")),
                Map.entry("approve newer", List.of("SUPERSEDED", "SUPERSEDED", "SUPERSEDED", "SUPERSEDED")),
                Map.entry("approve fail", List.of("CHECK_FAILED", "CHECK_FAILED", "CHECK_FAILED", "CHECK_FAILED")));
        table.forEach((words, expected) -> {
            for (int column = 0; column < 4; column++) {
                Play play = play(words);
                if (column % 2 == 1) {
                    play.conditions = conditions("wait ".repeat(results(words).size()) + "held");
                    play.accepts(Given.approve("alice"));
                    play.conditions = conditions(words);
                }
                play.now = column > 1 ? play.deadline() : play.now;
                play.settle();
                assertThat(play.state().split(" ")[0]).as("%s, column %s", words, column).isEqualTo(expected.get(column));
                assertThat(play.gate.holdsLock()).isEqualTo(play.state().endsWith("APPROVED"));
            }
        });
    }

    @Test
    public void approve_table() {
        Map<String, String> table = Map.of(
                "", "APPROVED",
                "pass approve", "APPROVED",
                "wait", "OPEN 1/1",
                "held", "OPEN 1/1",
                "unasked", "OPEN 1/1",
                // Nobody settled it yet: what closes it comes in the same turn, and must find it shut.
                "newer", "OPEN 1/1",
                "fail", "OPEN 1/1");
        table.forEach((words, expected) -> {
            Play play = play(words);
            play.accepts(Given.approve("alice"));
            assertThat(play.state()).as(words).isEqualTo(expected);
        });
        Play barred = play("pass bars");
        assertThat(barred.refuses(Given.approve("alice"), Decision.Why.NOT_YOURS).message()).isEqualTo("Bars.");
        barred.accepts(Given.reject("alice"));
        assertThat(barred.state()).isEqualTo("REJECTED");
    }

    @Test
    public void whoMayNotAtAll_isToldThatFirst() {
        Play play = play("bars");
        assertThat(play.refuses(Given.approve("mallory"), Decision.Why.NOT_YOURS).message())
                .isEqualTo("You are not among the approvers of production.");
    }

    @Test
    public void changeAfter_isTheNextOneThatIsStillToCome() {
        Instant now = Given.START;
        CheckResult past = CheckResult.waiting("x").until(now.minus(Duration.ofHours(1)));
        CheckResult nowOver = CheckResult.pass("x").until(now);
        CheckResult soon = CheckResult.pass("x").until(now.plusMillis(1));
        CheckResult later = CheckResult.waiting("x").until(now.plusSeconds(1));
        Conditions all = new Conditions(
                List.of(later, past, CheckResult.pass("never"), soon, nowOver), Optional.empty(), Optional.empty());
        assertThat(all.changeAfter(now)).contains(now.plusMillis(1));
        assertThat(all.changeAfter(now.plusMillis(1))).contains(now.plusSeconds(1));
        assertThat(all.changeAfter(now.plusSeconds(1))).isEmpty();
    }

    @Test
    public void recorded_oncePerChangeOfWhatItSays() {
        Play play = play("pass wait");
        for (String words : List.of("pass wait", "pass wait", "unasked wait", "pass pass held", "pass pass held")) {
            play.conditions = conditions(words);
            play.settle();
        }
        assertThat(play.gate.history()).filteredOn(line -> line.event() instanceof GateEvent.CheckEvaluated).hasSize(3);
        play.conditions = new Conditions(
                List.of(
                        CheckResult.pass("Passes.").until(Given.START).detailed("more"),
                        CheckResult.pass("Passes for another reason.")),
                Optional.of("Held."),
                Optional.empty());
        play.settle();
        assertThat(play.gate.history()).filteredOn(line -> line.event() instanceof GateEvent.CheckEvaluated).hasSize(4);
    }

    @Test
    public void halfACharacter_isReplacedInWhatACheckSays() {
        CheckResult result = CheckResult.fail("a\ud83db\ude00c😀").detailed("\udfff");
        assertThat(result.reason()).isEqualTo("a\ufffdb\ufffdc😀");
        assertThat(result.detail()).isEqualTo("\ufffd");
    }
}
