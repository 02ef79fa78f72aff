package io.jenkins.plugins.approvalgate.engine.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.jenkins.plugins.approvalgate.engine.Given;
import io.jenkins.plugins.approvalgate.engine.gate.CheckResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.Test;

public class WaitTimerTest {

    private static Check.OfTime check(String duration) {
        return (Check.OfTime) Asked.check("waitTimer", Map.of("duration", duration));
    }

    @Test
    public void waits_untilTheExactInstant() {
        for (Instant asked : List.of(Given.START, Given.START.plusNanos(123_456_789))) {
            Subject subject = Asked.at(asked);
            Instant over = asked.plus(Duration.ofHours(4));
            CheckResult waiting = check("4h").evaluate(subject, asked);
            assertThat(waiting)
                    .isEqualTo(CheckResult.waiting("Not before 2026-03-02T13:00:00Z, 4h after the request.").until(over));
            assertThat(check("4h").evaluate(subject, over.minusNanos(1))).isEqualTo(waiting);
            assertThat(check("4h").evaluate(subject, over)).isEqualTo(CheckResult.pass("The 4h after the request are over."));
            assertThat(check("4h").evaluate(subject, over.plus(Duration.ofDays(900)))).isEqualTo(check("4h").evaluate(subject, over));
        }
    }

    /** A clock that was put back makes it wait longer, but opens nothing too early. */
    @Test
    public void before_theRequest_waitsAsWell() {
        assertThat(check("90m").evaluate(Asked.at(Given.START), Given.START.minusSeconds(3_600)).until())
                .contains(Given.START.plusSeconds(5_400));
    }

    @Test
    public void settings() {
        assertThat(check("PT90M").summary()).isEqualTo("not before 90m after the request");
        refused(Map.of(), "waitTimer: duration: is missing");
        refused(Map.of("duration", ""), "waitTimer: duration: is missing");
        refused(Map.of("duration", "0m"), "waitTimer: duration: \"0m\" is not longer than nothing");
        refused(Map.of("duration", 90), "waitTimer: duration: \"90\" is not a time span");
        refused(Map.of("duration", "1h", "after", "x"), "waitTimer: after: there is no such setting; there are duration");
    }

    private static void refused(Map<String, Object> settings, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Asked.check("waitTimer", settings))
                .withMessageStartingWith(why);
    }
}
