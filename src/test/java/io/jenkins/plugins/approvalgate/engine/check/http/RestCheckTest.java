package io.jenkins.plugins.approvalgate.engine.check.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.approvalgate.engine.check.CheckTypes;
import io.jenkins.plugins.approvalgate.engine.gate.CheckResult;
import io.jenkins.plugins.approvalgate.engine.gate.CheckResult.Verdict;
import io.jenkins.plugins.approvalgate.engine.gate.CheckSpec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.Rule;
import org.junit.Test;

public class RestCheckTest {

    private static final String REPLY = """
            {"state": "ok", "score": 0.90, "count": 12345678901234567890, "small": 1e-400, "done": true, "none": null,
             "a/b": {"c~d": ["x", 7]}, "text": "0.9", "comma": "a,b", "": 1, "with space": 2}""";

    @Rule
    public final Web web = new Web();

    private final Asks asks = new Asks();

    @Test
    public void comparisons() throws Exception {
        Object[][] table = {
            {"/state == \"ok\"", ""},
            {"/state == \"OK\"", "not /state == \"OK\""},
            {"/state != \"ok\"", "not /state != \"ok\""},
            {"/state != 1", ""},
            {"/state == null", "not /state == null"},
            {"/score >= 0.9", ""},
            {"/score == 0.9", ""},
            {"/score == 9e-1", ""},
            {"/score > 0.9", "not /score > 0.9"},
            {"/score < 0.900000000000000000000001", ""},
            {"/score != 0.9", "not /score != 0.9"},
            {"/count == 12345678901234567890", ""},
            {"/count == 12345678901234567891", "not /count == 12345678901234567891"},
            {"/small > 0", ""},
            {"/small < 1e-300", ""},
            {"/done == true", ""},
            {"/done == \"true\"", "not /done == \"true\""},
            {"/done > 0", "/done is no number"},
            {"/none == null", ""},
            {"/none != null", "not /none != null"},
            {"/text >= 0.9", "/text is no number"},
            {"/text == 0.9", "not /text == 0.9"},
            {"/a~1b/c~0d/1 <= 7", ""},
            {"/a~1b/c~0d == \"x\"", "not /a~1b/c~0d == \"x\""},
            {"/a~1b/c~0d/2 == 1", "it has no /a~1b/c~0d/2"},
            {"/gone == null", "it has no /gone"},
            {"/gone != 1", "it has no /gone"},
            {"/comma == \"a,b\"", ""},
            {"/ == 1", ""},
            {"/with space   ==   2", ""},
            {"== true", "not it == true"},
        };
        web.answers(200, REPLY);
        for (Object[] row : table) {
            CheckResult result = asks.rest("url", web.at("/s?x=1"), "success", List.of(row[0]));
            assertThat(result.verdict()).as("%s", row[0]).isEqualTo(row[1].equals("") ? Verdict.PASS : Verdict.WAIT);
            assertThat(result.reason()).isEqualTo(row[1].equals("")
                    ? web.at("/s") + " answers 200–299 and " + ((String) row[0]).replaceAll(" +", " ") + "."
                    : web.at("/s") + " answered, but " + row[1] + ".");
        }
    }

    @Test
    public void comparisonsThatCannotBeMeant() {
        for (String text : List.of(
                "/a", "/a==1", "/a == ok", "/a == [1]", "/a == {}", "a == 1", "/a < \"b\"", "/a >= true", "/a == 1 2", "/a == 01",
                "/a ~ 1", "== ", "/a == 'x'", "/a == NaN")) {
            assertThatThrownBy(() -> Comparison.parse(text)).as(text).isInstanceOf(IllegalArgumentException.class);
        }
    }

    /** It took the third power of their number. */
    @Test(timeout = 20_000)
    public void comparison_aRowOfSpacesInIt_isRefusedSoon() {
        String text = "k{\"o/x" + " ".repeat(20_000) + "== ok";
        assertThatThrownBy(() -> Comparison.parse(text)).isInstanceOf(IllegalArgumentException.class);
        assertThat(Comparison.parse("/a" + " ".repeat(20_000) + "== \t 1").toString()).isEqualTo("/a == 1");
    }

    @Test
    public void allHaveToHold_inTheirOrder() throws Exception {
        web.answers(200, "{\"a\": 1, \"b\": 2}");
        assertThat(asks.rest("url", web.at("/"), "success", "/a == 1\n\n/b == 2\n").verdict()).isEqualTo(Verdict.PASS);
        assertThat(asks.rest("url", web.at("/"), "success", "/a == 1\n/b == 3\n/c == 3").reason())
                .isEqualTo(web.at("/") + " answered, but not /b == 3.");
    }

    @Test
    public void replyThatIsNotJson_isNotSuccess() throws Exception {
        for (String reply : List.of("", "ok", "{\"a\": 1", "{\"a\": 1} x", "{\"a\": 1, \"a\": 1}", "{'a': 1}", "\u0000", "{\"a\": 1e99999999999}",
                "[".repeat(5_000))) {
            web.answers(200, reply);
            CheckResult result = asks.rest("url", web.at("/"), "success", "/a == 1");
            assertThat(result.verdict()).as(reply).isEqualTo(Verdict.WAIT);
            assertThat(result.reason()).isEqualTo(web.at("/") + " answered, but what it says is not JSON.");
        }
    }

    @Test
    public void statuses() throws Exception {
        Object[][] table = {
            {"", 200, true}, {"", 204, true}, {"", 299, true}, {"", 302, false}, {"", 404, false},
            {"200, 204", 204, true}, {"200, 204", 201, false}, {"400-403,200", 401, true}, {"404", 200, false},
        };
        for (Object[] row : table) {
            web.answers((Integer) row[1], "");
            CheckResult result = asks.rest("url", web.at("/"), "statuses", row[0], "otherwise", "fail");
            assertThat(result.verdict()).as("%s of %s", row[1], row[0])
                    .isEqualTo((Boolean) row[2] ? Verdict.PASS : Verdict.FAIL);
            if (!(Boolean) row[2]) {
                assertThat(result.reason()).startsWith(
                        web.at("/") + " answered, but with status " + row[1] + " instead of ");
            }
        }
    }

    @Test
    public void detail_isWhatCame_asText() throws Exception {
        web.answers(200, "a\tb\r\nc\u0007\u202ed\u0000");
        assertThat(asks.rest("url", web.at("/")).detail()).isEqualTo("HTTP 200\na\tb\nc\uFFFD\uFFFDd\uFFFD");
        web.answers((exchange, request, number) -> {
            exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=\"ISO-8859-1\"");
            exchange.sendResponseHeaders(200, 1);
            exchange.getResponseBody().write(0xE4);
        });
        assertThat(asks.rest("url", web.at("/")).detail()).isEqualTo("HTTP 200\nä");
        web.answers(200, "ä", "Content-Type", "text/plain; charset=nonsense");
        assertThat(asks.rest("url", web.at("/")).detail()).isEqualTo("HTTP 200\nä");
        web.answers(204, "");
        assertThat(asks.rest("url", web.at("/")).detail()).isEqualTo("HTTP 204");
    }

    @Test
    public void detail_isCutBetweenCharacters() throws Exception {
        web.answers(200, "x" + "ä€😀".repeat(2_000));
        String detail = asks.rest("url", web.at("/")).detail();
        assertThat(detail).endsWith("\n…").doesNotContain("\uFFFD");
        assertThat(detail.getBytes(StandardCharsets.UTF_8).length).isBetween(4_090, 4_115);
    }

    @Test
    public void reason_isTheSame_whateverTheReplyIsLike() throws Exception {
        web.answers((exchange, request, number) -> Web.reply(exchange, 200, "{\"progress\":" + number + "}"));
        RestCheck check = asks.check(RestCheck::of, "url", web.at("/"), "success", "/progress >= 100");
        assertThat(asks.ask(check).reason()).isEqualTo(asks.ask(check).reason());
    }

    @Test
    public void summary_hasNoQuery() {
        RestCheck check = asks.check(
                RestCheck::of, "url", "https://checks.example.com/${environment}?key=1", "success", "/state == \"ok\"");
        assertThat(check.summary())
                .isEqualTo("GET https://checks.example.com/${environment} answers 200–299 and /state == \"ok\"");
        assertThat(check.interval()).isEqualTo(Duration.ofMinutes(5));
        assertThat(check.watches()).isFalse();
        assertThat(asks.check(RestCheck::of, "url", "http://h", "body", "{}", "statuses", "200,201-204").summary())
                .isEqualTo("POST http://h answers 200, 201–204");
    }

    @Test
    public void kinds_areOffered() {
        CheckTypes types = CheckTypes.of(asks.surroundings, List.of());
        assertThat(types.kinds()).containsSubsequence("restCheck", "functionCheck", "opaPolicy", "prometheusAlerts");
        assertThatThrownBy(() -> types.create(new CheckSpec("restCheck", Map.of("url", "http://h/", "urls", "x"))))
                .hasMessageStartingWith("restCheck: urls: there is no such setting; there are body, connectTimeout");
    }
}
