package io.jenkins.plugins.approvalgate.engine.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.Test;

public class ConditionTest {

    private static final long SEED = 20_260_304;

    private static final Map<String, BigDecimal> VALUES = values(
            "a", "1", "b", "2.50", "accuracy", "0.92", "loss", "-0.3", "a-1", "7", "a.b_c-", "8", "_x", "9", "f1 score", "0.5",
            "a\"b\\c", "3", "größe", "4", "&&", "5", "tiny", "1e-400", "huge", "1e400", "A", "100");

    private static Map<String, BigDecimal> values(String... namesAndValues) {
        Map<String, BigDecimal> values = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.put(namesAndValues[i], new BigDecimal(namesAndValues[i + 1]));
        }
        return values;
    }

    @Test
    public void holds() {
        for (String condition : List.of(
                "accuracy >= 0.92", "accuracy>=0.92", "accuracy <= 0.920", "accuracy == .92", "accuracy == 92e-2",
                "accuracy == +9.2E-1", "accuracy != 0.9200000000000000000000000000000000001", "accuracy < 0.92000000000000001",
                "0.92 == accuracy", "0.9 < accuracy", "1 > accuracy", "0.92 <= accuracy", "0.92 >= accuracy", "1. != accuracy",
                "b == 2.5", "b == 0002.500", "loss<-0.2", "loss == -0.3", "loss > -0.31", "loss<+1", "-1<loss",
                "a-1 == 7", "a.b_c- == 8", "a.b_c->7", "_x == 9", "A == 100", "\"a\" == 1", "\"f1 score\" == 0.5", "\"a\\\"b\\\\c\" == 3",
                "\"größe\" == 4", "\"&&\" == 5", "5 == \"&&\"",
                "tiny > 0", "tiny < 1e-399", "huge > 1e399", "huge < 1e2147483647", "tiny > 1e-2147483647", "huge == 10e399",
                "a == 1 && b == 2.5", "a == 1 || a == 2", "a == 2 || a == 1", "!a == 2", "!(a == 2)", "!!a == 1", "!(!(a == 1))",
                "a == 1 || a == 2 && a == 3", "(a == 1 || a == 2) && b > 2", "!(a == 2) && b > 2", "!a == 2 && b > 2",
                "a==1&&b>2||a==9", "  a\t==\n1  ", "((((a == 1))))", "a == 1 && a == 1 && a == 1 && a == 1", "!a==1||b>2")) {
            assertThat(Condition.parse(condition).holds(VALUES)).as(condition).isTrue();
        }
    }

    @Test
    public void doesNotHold() {
        for (String condition : List.of(
                "accuracy > 0.92", "accuracy < 0.92", "accuracy != 0.920", "0.92 < accuracy", "0.92 > accuracy", "1 < accuracy",
                "1 <= accuracy", "0.9 >= accuracy", "a == 1.0000000000000000000000000000000001", "a == 2 && a == 1",
                "a == 1 && a == 2", "a == 2 || a == 3", "!a == 1", "!(a == 1 || b == 9)", "!!a == 2", "(a == 1 || a == 2) && b < 2",
                "!(a == 1) || b < 2", "A == 1", "huge <= 1e399", "a-1 == 0")) {
            assertThat(Condition.parse(condition).holds(VALUES)).as(condition).isFalse();
        }
    }

    @Test
    public void names_inTheOrderOfTheText() {
        assertThat(Condition.parse("b > 1 || 2 < a && !(\"f1 score\" == 1 || b < 1)").names()).containsExactly("b", "a", "f1 score");
    }

    @Test
    public void errors_nameTheColumnAndWhatIsExpected() {
        String operand = "expected the name of a metric, a number, ! or (, found ";
        String operator = "expected <, <=, >, >=, == or !=, found ";
        wrong("", "column 1: " + operand + "the end");
        wrong("   ", "column 4: " + operand + "the end");
        wrong("accuracy", "column 9: " + operator + "the end");
        wrong("accuracy = 0.9", "column 10: " + operator + "\"=\"");
        wrong("accuracy =< 0.9", "column 10: " + operator + "\"=\"");
        wrong("accuracy => 0.9", "column 10: " + operator + "\"=\"");
        wrong("accuracy ≥ 0.9", "column 10: " + operator + "\"≥\"");
        wrong("accuracy <> 0.9", "column 11: expected a number, found \">\"");
        wrong("accuracy >= ", "column 13: expected a number, found the end");
        wrong("accuracy >= 0,9", "column 14: expected &&, || or the end, found \",\"");
        wrong("accuracy >= 92%", "column 15: expected &&, || or the end, found \"%\"");
        wrong("accuracy >= loss", "column 13: expected a number, found \"loss\"");
        wrong("accuracy >= \"0.9\"", "column 13: expected a number, found \"0.9\"");
        wrong("accuracy >= 0.9x", "column 13: expected a number, found \"0.9x\"");
        wrong("accuracy >= 0x9", "column 13: expected a number, found \"0x9\"");
        wrong("accuracy >= 1e", "column 13: expected a number, found \"1e\"");
        wrong("accuracy >= 1.2.3", "column 13: expected a number, found \"1.2.3\"");
        wrong("accuracy >= --1", "column 13: expected a number, found \"--1\"");
        wrong("accuracy >= .", "column 13: expected a number, found \".\"");
        wrong("accuracy >= ١", "column 13: expected a number, found \"١\"");
        wrong("accuracy >= NaN", "column 13: expected a number, found \"NaN\"");
        wrong("accuracy >= 1e99999999999", "column 13: the number \"1e99999999999\" is too long or too large");
        wrong("accuracy >= " + "9".repeat(1_001), "column 13: the number \"" + "9".repeat(20) + "…\" is too long or too large");
        wrong("0.9 <= 0.95", "column 8: expected the name of a metric, found \"0.95\"");
        wrong("0.1 < a < 0.9", "column 9: expected &&, || or the end, found \"<\"");
        wrong("a > 1 b > 2", "column 7: expected &&, || or the end, found \"b\"");
        wrong("a > 1 and b > 2", "column 7: expected &&, || or the end, found \"and\"");
        wrong("a > 1 & b > 2", "column 7: expected &&, || or the end, found \"&\"");
        wrong("a > 1 && ", "column 10: " + operand + "the end");
        wrong("a > 1 && || b > 2", "column 10: " + operand + "\"||\"");
        wrong("&& a > 1", "column 1: " + operand + "\"&&\"");
        wrong("(a > 1", "column 7: expected &&, || or ), found the end");
        wrong("(a > 1 b", "column 8: expected &&, || or ), found \"b\"");
        wrong("a > 1)", "column 6: expected &&, || or the end, found \")\"");
        wrong("()", "column 2: " + operand + "\")\"");
        wrong("(a) > 1", "column 3: " + operator + "\")\"");
        wrong("!", "column 2: " + operand + "the end");
        wrong("a! > 1", "column 2: " + operator + "\"!\"");
        wrong("a > !1", "column 5: expected a number, found \"!\"");
        wrong("a - 1 > 2", "column 3: " + operator + "\"-\"");
        wrong("a -1 > 2", "column 3: " + operator + "\"-1\"");
        wrong("größe > 1", "column 3: " + operator + "\"ö\"");
        wrong("🚀 > 1", "column 1: " + operand + "\"🚀\"");
        wrong("\"🚀\" > x", "column 7: expected a number, found \"x\"");
        wrong("\"\" > 1", "column 1: " + operand + "\"\"");
        wrong("\"a > 1", "column 1: " + operand + "\"\"\"");
        wrong("\"a\\n\" > 1", "column 1: " + operand + "\"\"\"");
        wrong("'a' > 1", "column 1: " + operand + "\"'\"");
        wrong("a > 1; x", "column 6: expected &&, || or the end, found \";\"");
        wrong("a(1) > 1", "column 2: " + operator + "\"(\"");
        wrong("T(java.lang.Runtime).getRuntime()", "column 2: " + operator + "\"(\"");
        wrong("a > 1\u0000", "column 6: expected &&, || or the end, found \"<U+0000>\"");
    }

    private static void wrong(String condition, String message) {
        assertThatIllegalArgumentException().as(condition).isThrownBy(() -> Condition.parse(condition)).withMessage(message);
    }

    @Test
    public void nestingAndLength_areBounded() {
        String deepest = "(".repeat(25) + "!".repeat(25) + "a > 0" + ")".repeat(25);
        assertThat(Condition.parse(deepest).names()).containsExactly("a");
        wrong("(" + deepest + ")", "column 51: parentheses and ! stand in each other at most 50 deep");
        wrong("!" + deepest, "column 51: parentheses and ! stand in each other at most 50 deep");
        wrong("(".repeat(1_900), "column 51: parentheses and ! stand in each other at most 50 deep");
        for (String part : List.of("(", "!", "a", "\"", "\\", "\"\\\"", "1", "a>1&&", " ", "-", "é")) {
            wrong(part.repeat(100_000), "a condition has at most 2000 characters");
        }
        String side = "a == 1 && ".repeat(190) + "a == 1";
        assertThat(Condition.parse(side).holds(VALUES)).isTrue();
        assertThat(Condition.parse("(a == 1) && ".repeat(60) + "!".repeat(50) + "a == 1").holds(VALUES)).isTrue();
        assertThat(Condition.parse("\"" + "\\\\".repeat(900) + "\" > 1").names()).containsExactly("\\".repeat(900));
    }

    /** Texts made of a tree, whose value is worked out from the tree. */
    @Test
    public void randomConditions_meanWhatTheyWereMadeFrom() {
        Random random = new Random(SEED);
        int holding = 0;
        for (int game = 0; game < 5_000; game++) {
            Map<String, Integer> values = Map.of("a", random.nextInt(3), "b-1", random.nextInt(3), "c d", random.nextInt(3));
            Made made = either(random, 4);
            boolean expected = made.value.test(values);
            Map<String, BigDecimal> exact = new LinkedHashMap<>();
            values.forEach((name, value) -> exact.put(name, BigDecimal.valueOf(value)));
            assertThat(Condition.parse(made.text).holds(exact)).as("seed %d: %s with %s", SEED, made.text, values).isEqualTo(expected);
            holding += expected ? 1 : 0;
        }
        assertThat(holding).isBetween(1_500, 3_500);
    }

    private record Made(String text, Predicate<Map<String, Integer>> value) {}

    private static Made either(Random random, int depth) {
        Made left = all(random, depth);
        return random.nextInt(3) > 0 ? left : joined(random, left, "||", either(random, depth), false);
    }

    private static Made all(Random random, int depth) {
        Made left = single(random, depth);
        return random.nextInt(3) > 0 ? left : joined(random, left, "&&", all(random, depth), true);
    }

    private static Made joined(Random random, Made left, String sign, Made right, boolean and) {
        String text = left.text + space(random) + sign + space(random) + right.text;
        return new Made(text, and ? left.value.and(right.value) : left.value.or(right.value));
    }

    private static Made single(Random random, int depth) {
        int choice = depth == 0 ? 0 : random.nextInt(4);
        if (choice == 1) {
            Made inner = single(random, depth - 1);
            return new Made("!" + space(random) + inner.text, inner.value.negate());
        }
        if (choice == 2) {
            Made inner = either(random, depth - 1);
            return new Made("(" + space(random) + inner.text + space(random) + ")", inner.value);
        }
        return comparison(random);
    }

    private static Made comparison(Random random) {
        String name = List.of("a", "b-1", "c d").get(random.nextInt(3));
        int number = random.nextInt(3);
        String sign = List.of("<", "<=", ">", ">=", "==", "!=").get(random.nextInt(6));
        boolean nameFirst = random.nextBoolean();
        String quoted = name.contains(" ") || random.nextBoolean() ? "\"" + name + "\"" : name;
        String text = nameFirst
                ? quoted + space(random) + sign + space(random) + number
                : number + space(random) + sign + " " + quoted;
        return new Made(text, values -> {
            int left = nameFirst ? values.get(name) : number;
            int right = nameFirst ? number : values.get(name);
            return switch (sign) {
                case "<" -> left < right;
                case "<=" -> left <= right;
                case ">" -> left > right;
                case ">=" -> left >= right;
                case "==" -> left == right;
                default -> left != right;
            };
        });
    }

    private static String space(Random random) {
        return " ".repeat(random.nextInt(2));
    }

    /** Whatever is written: a condition, or a message with a column within the text. */
    @Test
    public void randomWords_areReadOrRefusedWithAColumn() {
        Random random = new Random(SEED);
        String[] alphabet = {
            "a", "a-1", " ", "1", "-1", "0.5", "1e3", "<", ">=", "==", "=", "&&", "&", "||", "!", "(", ")", "\"", "\\", ".", "é", "🚀"
        };
        int read = 0;
        for (int game = 0; game < 20_000; game++) {
            StringBuilder text = new StringBuilder();
            for (int left = random.nextInt(8); left > 0; left--) {
                text.append(alphabet[random.nextInt(alphabet.length)]);
            }
            Throwable refused = catchThrowable(() -> Condition.parse(text.toString()));
            read += refused == null ? 1 : 0;
            if (refused != null) {
                assertThat(refused).as("seed %d: %s", SEED, text).isExactlyInstanceOf(IllegalArgumentException.class);
                int column = Integer.parseInt(refused.getMessage().replaceFirst("(?s)^column (\\d+): .*", "$1"));
                assertThat(column).as(text.toString()).isBetween(1, text.codePointCount(0, text.length()) + 1);
            }
        }
        assertThat(read).isGreaterThan(20);
    }
}
