package io.jenkins.plugins.approvalgate.engine.findings;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.approvalgate.engine.Given;
import io.jenkins.plugins.approvalgate.engine.gate.AuditSettings.FindingRules;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.Test;

/** Where each rule begins and ends, to the millisecond and the line. */
public class PatternsTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final FindingRules RULES = new FindingRules(
            Duration.ofSeconds(10), 3, HOUR, 2, HOUR, 2, HOUR, Optional.empty());

    private static Deed deed(long seq, long millis, String who, String environment, int build) {
        return Deed.of(
                seq,
                Given.START.plusMillis(millis),
                who,
                new Deed.Place("gate-" + build, environment, "team/app", build, "starter"));
    }

    private static Deed times(Deed deed, int times) {
        return new Deed(deed.seq(), deed.shownBy(), deed.at(), deed.who(), deed.place(), times, deed.ownBuild());
    }

    @Test
    public void rubberStamp_table() {
        // When it was approved after the request, when the review was first open (none: never), and whether that is one.
        Object[][] table = {
            {9_999, 1, true}, {10_000, 1, false}, {10_000, 10_000, false}, {10_000, 10_001, true}, {10_000, null, true},
            {0, 0, true}, {-5_000, -5_000, true}, {86_400_000, null, true}, {86_400_000, 5, false},
        };
        for (Object[] row : table) {
            Optional<Instant> look = Optional.ofNullable((Integer) row[1]).map(Given.START::plusMillis);
            Optional<Finding> found = Instances.rubberStamp(
                    deed(7, (Integer) row[0], "ada", "live", 1), 3, Given.START, look, RULES);
            assertThat(found.isPresent()).as("%s %s", row[0], row[1]).isEqualTo(row[2]);
            found.ifPresent(finding -> assertThat(finding.evidence()).containsExactly(3L, 7L));
        }
    }

    @Test
    public void refusals_endOfTheWindowIsInIt() {
        List<Deed> attempts = new ArrayList<>(List.of(
                deed(1, 0, "ada", "live", 1), deed(2, 1_000, "Ada", "live", 1), deed(3, HOUR.toMillis(), "ada", "live", 2)));
        assertThat(Patterns.refusals(attempts, RULES)).hasValueSatisfying(found -> {
            assertThat(found.evidence()).containsExactly(1L, 2L, 3L);
            assertThat(found.gate()).as("they were two").isEmpty();
            assertThat(found.environment()).contains("live");
        });
        attempts.set(2, deed(3, HOUR.toMillis() + 1, "ada", "live", 2));
        assertThat(Patterns.refusals(attempts, RULES)).isEmpty();
        attempts.set(1, times(attempts.get(1), 2));
        assertThat(Patterns.refusals(attempts, RULES)).as("a line may stand for several").isPresent();
    }

    @Test
    public void bypassesOf_needSeveralPeopleWhateverTheCase() {
        List<Deed> byOne = List.of(deed(1, 0, "ada", "live", 1), deed(2, 5, "ADA", "live", 2));
        assertThat(Patterns.bypassesOf(byOne, RULES)).isEmpty();
        assertThat(Patterns.bypassesBy(byOne, RULES)).isPresent();
        List<Deed> byTwo = List.of(deed(1, 0, "ada", "live", 1), deed(2, 5, "bob", "live", 2));
        assertThat(Patterns.bypassesOf(byTwo, RULES)).hasValueSatisfying(
                found -> assertThat(found.series()).isEqualTo("REPEATED_BYPASS of live"));
    }

    @Test
    public void mutual_countsBuildsNotApprovals() {
        List<Deed> back = List.of(deed(1, 0, "bob", "live", 1), deed(2, 1, "bob", "live", 2));
        List<Deed> sameBuild = List.of(deed(3, 2, "ada", "test", 3), deed(4, 3, "ada", "live", 3));
        assertThat(Patterns.mutual(sameBuild, back, RULES)).isEmpty();
        List<Deed> two = List.of(deed(3, 2, "ada", "test", 3), deed(5, 4, "ada", "live", 4));
        assertThat(Patterns.mutual(two, back, RULES)).hasValueSatisfying(found -> {
            assertThat(found.about()).containsExactly("ada", "bob");
            assertThat(found.evidence()).containsExactly(1L, 2L, 3L, 5L);
            assertThat(found.sentence())
                    .isEqualTo("ada approved 2 builds that bob had started, and bob 2 builds that ada had started, within 1 hour.");
        });
        assertThat(Patterns.mutual(two, back.subList(0, 1), RULES)).isEmpty();
    }

    @Test
    public void spans_areSaidInTheLargestWholeUnit() {
        Map<Duration, String> table = Map.of(
                Duration.ofDays(30), "30 days", Duration.ofDays(1), "1 day", Duration.ofHours(36), "36 hours",
                Duration.ofMinutes(90), "90 minutes", Duration.ofSeconds(61), "61 seconds", Duration.ofSeconds(1), "1 second");
        table.forEach((span, words) -> assertThat(Amounts.of(span)).isEqualTo(words));
    }
}
