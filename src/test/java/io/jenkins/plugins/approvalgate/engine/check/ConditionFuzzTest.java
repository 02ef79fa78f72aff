package io.jenkins.plugins.approvalgate.engine.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.approvalgate.engine.Dice;
import io.jenkins.plugins.approvalgate.engine.Fuzz;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.Test;

/** Conditions over metrics that nobody would write, on metrics that nobody would pass. */
public class ConditionFuzzTest {

    private static final List<String> SOUND = List.of(
            "accuracy >= 0.92", "accuracy >= 0.92 && loss < 1e-3", "!(a == 1 || b != 2) && 3 <= c",
            "\"job success rate\" > .95", "\"a\\\"b\\\\c\" == -1", "x>1||y<2&&!(z==3)", "((((a < 1))))", "!!!a == 1");
    private static final List<String> WORDS = List.of(
            "a", "b.c-d", "_x", "\"", "\"q\"", "\\\"", "<", "<=", ">", ">=", "==", "!=", "=", "&&", "||", "&", "|", "!", "(", ")",
            "1", "0.92", "-5", "+.5e-3", "1e99999", " ", "\t", "\n");

    private static String single(Dice dice, int depth) {
        return switch (dice.below(depth > 60 ? 2 : 5)) {
            case 0 -> dice.of("a", "_b", "\"" + dice.text(4) + "\"") + dice.of(" < ", ">=", "==", " != ") + dice.number();
            case 1 -> dice.number() + dice.of("<", " <= ", ">", "==") + dice.of("a", "metrics.b-c");
            case 2 -> "!" + single(dice, depth + 1);
            case 3 -> "(" + single(dice, depth + 1) + ")";
            default -> single(dice, depth + 10) + dice.of(" && ", "||") + single(dice, depth + 10);
        };
    }

    private static String condition(Dice dice) {
        return switch (dice.below(3)) {
            case 0 -> single(dice, 0);
            case 1 -> dice.row(40, WORDS);
            default -> dice.mutated(SOUND, WORDS);
        };
    }

    @Test
    public void anyCondition_holdsOrNot_orIsRefusedWithAColumn() {
        Fuzz.Tally tally = Fuzz.of("condition", ConditionFuzzTest::condition)
                .declared(IllegalArgumentException.class)
                .run(text -> {
                    Condition condition = Condition.parse(text);
                    Map<String, BigDecimal> values = new HashMap<>();
                    for (String name : condition.names()) {
                        values.put(name, new BigDecimal(name.length() % 2 == 0 ? "1e999999999" : "-0.92"));
                    }
                    boolean holds = condition.holds(values);
                    // What is shown on one line says the same, but for line ends within a quoted name.
                    if (!text.contains("\"")) {
                        assertThat(Condition.parse(condition.toString()).holds(values)).isEqualTo(holds);
                    }
                });
        assertThat(tally.taken()).isGreaterThan(Fuzz.inputs() / 20);
        assertThat(tally.refused()).isGreaterThan(Fuzz.inputs() / 20);
    }

    @Test
    public void anyNumber_isReadExactly_orNotAtAll() {
        List<String> sound = List.of("12", "-0.5", "1.5e-3", ".5", "+7.", "1e2147483647", "0.00000000000000000001");
        Fuzz.Tally tally = Fuzz.of("number", dice -> dice.oneIn(2) ? dice.number() : dice.mutated(sound, List.of("e", "E", ".", "-", "9")))
                .run(text -> {
                    Optional<BigDecimal> number = Numbers.read(text);
                    number.ifPresent(value -> assertThat(value).isEqualByComparingTo(new BigDecimal(text.strip())));
                });
        assertThat(tally.refused()).isZero();
    }
}
