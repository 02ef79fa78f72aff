package io.jenkins.plugins.approvalgate.engine.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.approvalgate.engine.Dice;
import io.jenkins.plugins.approvalgate.engine.Fuzz;
import java.time.Duration;
import java.util.List;
import org.junit.Test;

/** Time spans that nobody would write. */
public class TimeSpanFuzzTest {

    private static final List<String> SOUND =
            List.of("90m", "4h", "7d", "30d", "2w", "45s", "PT1H30M", "P3D", "P1DT2H3M4.5S", "-PT6H+3M", " 12 h ", "999999999s");
    private static final List<String> WORDS = List.of("s", "m", "h", "d", "w", "P", "T", "PT", "H", "M", "S", "D", ".", "-", "+", " ");

    private static String span(Dice dice) {
        return dice.oneIn(3)
                ? dice.number() + dice.of(WORDS)
                : dice.oneIn(2) ? "P" + dice.row(9, List.of("T", "1", "9", "-", ".", "D", "H", "M", "S")) : dice.mutated(SOUND, WORDS);
    }

    @Test
    public void anySpan_isReadAndWrittenTheSame_orRefusedInOneWay() {
        Fuzz.Tally tally = Fuzz.of("time span", TimeSpanFuzzTest::span)
                .declared(IllegalArgumentException.class)
                .run(text -> {
                    Duration span = TimeSpan.parse(text);
                    assertThat(span).isPositive();
                    assertThat(TimeSpan.parse(TimeSpan.format(span))).isEqualTo(span);
                });
        assertThat(tally.taken()).isGreaterThan(Fuzz.inputs() / 50);
        assertThat(tally.refused()).isGreaterThan(Fuzz.inputs() / 50);
    }
}
