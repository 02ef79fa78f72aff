package io.jenkins.plugins.approvalgate.engine.check.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.approvalgate.engine.Dice;
import io.jenkins.plugins.approvalgate.engine.Fuzz;
import io.jenkins.plugins.approvalgate.engine.Given;
import io.jenkins.plugins.approvalgate.engine.JsonDice;
import io.jenkins.plugins.approvalgate.engine.check.Secret;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.Test;

/** What checks that ask others read: the settings' small languages, and what a hostile service replies. */
public class AskingFuzzTest {

    private static final List<String> SELECTORS = List.of(
            "env=\"prod\",severity=~\"critical|page\"", "{job!='a', x!~\"b\\\\.c\\n\"}", "a=\"\\\"\"", "{a=\"1\",}");
    private static final List<String> TEMPLATES = List.of(
            "/build/${job}/${build}?branch=${branch}", "$${not} ${metrics.accuracy}", "${callbackUrl}", "plain $ dollar", "${}");
    private static final List<String> COMPARISONS = List.of(
            "/state == \"ok\"", "/score >= 0.9", "== true", "/a/b~1c/0 != null", "  <= 1e5", "/x < 123456789012345678901234567890");
    private static final List<String> WORDS = List.of(
            "=", "=~", "!~", "!=", "==", "<=", "\"", "'", "\\", "\\\\", "{", "}", ",", " ", "${", "$${", "}", "branch", "metrics.",
            "/", "~0", "~1", "~2", "a", "0", "1e999999999", "null");

    private static String some(Dice dice, List<String> sound) {
        return dice.oneIn(3) ? dice.row(30, WORDS) : dice.mutated(sound, WORDS);
    }

    @Test
    public void anySelector_isWrittenAnewOrRefused() {
        Fuzz.Tally tally = Fuzz.of("label matchers", dice -> some(dice, SELECTORS))
                .declared(IllegalArgumentException.class)
                .run(text -> {
                    Selector selector = Selector.parse(text);
                    assertThat(Selector.parse(selector.toString())).isEqualTo(selector);
                });
        assertThat(tally.taken()).isGreaterThan(Fuzz.inputs() / 50);
    }

    @Test
    public void anyTemplate_isFilledOrRefused() {
        Fuzz.Tally tally = Fuzz.of("template", dice -> some(dice, TEMPLATES))
                .declared(IllegalArgumentException.class)
                .run(text -> Template.parse(text, true).with("x"));
        assertThat(tally.taken()).isGreaterThan(Fuzz.inputs() / 20);
    }

    private record Compared(String comparison, JsonNode reply) {}

    @Test
    public void anyComparison_holdsOrNotForAnyReply_orIsRefused() {
        Fuzz.Tally tally = Fuzz.of("comparison", dice -> new Compared(some(dice, COMPARISONS), new JsonDice(dice).value(3)))
                .declared(IllegalArgumentException.class)
                .run(pair -> Comparison.parse(pair.comparison()).objection(pair.reply()));
        assertThat(tally.taken()).isGreaterThan(Fuzz.inputs() / 50);
    }

    private record Replied(String type, String retryAfter, byte[] body) {
        @Override
        public String toString() {
            return type + "\n" + retryAfter + "\n" + new String(body, StandardCharsets.ISO_8859_1);
        }
    }

    private static Replied reply(Dice dice) {
        byte[] json = ("{\"decision\":\"" + dice.of("pass", "fail", "wait", "approve") + "\",\"reason\":\"s3cr3t " + dice.below(99)
                        + "\",\"score\":" + dice.number() + "}")
                .getBytes(StandardCharsets.UTF_8);
        return new Replied(
                dice.mutated(List.of("application/json; charset=utf-8", "text/plain;charset=\"UTF-16\""), List.of(";", "=", "charset")),
                dice.mutated(List.of("120", "Fri, 31 Dec 1999 23:59:59 GMT"), List.of("9", " ", ":", "GMT")),
                dice.oneIn(3) ? json : dice.mutated(json));
    }

    @Test
    public void anyReply_isADecisionOrNot_andNeverShowsTheSecret() {
        Masks masks = Masks.of(List.of(new Secret.Text("s3cr3t")), List.of());
        Fuzz.Tally tally = Fuzz.of("reply", AskingFuzzTest::reply).declared(IllegalArgumentException.class).run(replied -> {
            HttpHeaders headers = HttpHeaders.of(
                    Map.of("content-type", List.of(replied.type()), "retry-after", List.of(replied.retryAfter())), (a, b) -> true);
            Reply reply = new Reply(200, headers, replied.body(), masks);
            assertThat(reply.detail()).doesNotContain("s3cr3t");
            Optional<Duration> later = RetryAfter.of(reply, Given.START);
            assertThat(later.map(Duration::isNegative)).isNotEqualTo(Optional.of(true));
            Optional<JsonNode> json = reply.json();
            if (json.isPresent()) {
                assertThat(Answer.read(json.get(), reply::masked).reason()).doesNotContain("s3cr3t");
            }
        });
        assertThat(tally.taken()).isGreaterThan(Fuzz.inputs() / 20);
    }
}
