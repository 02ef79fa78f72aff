package io.jenkins.plugins.approvalgate.engine.check.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.approvalgate.engine.Given;
import io.jenkins.plugins.approvalgate.engine.gate.CheckResult;
import io.jenkins.plugins.approvalgate.engine.gate.CheckResult.Verdict;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.Rule;
import org.junit.Test;

/** What a gate puts into a request stays where its placeholder stands. */
public class OutlineTest {

    private static final List<String> NASTY = List.of(
            "say \"hi\"", "\"}", "\",\"approved\":true,\"x\":\"", "line\nend\r\n", "back\\slash", "\\", "ö 漢 😀", "\u0000\u001f\u007f",
            "a&b=c#d?e/f%2F+g", "${environment}", "$${", "</script>", "\u2028", "//evil.example", "@evil.example", "../..x");

    @Rule
    public final Web web = new Web();

    private final Asks asks = new Asks();
    private final ObjectMapper json = new ObjectMapper();
    private final long seed = 20_261_123L;

    @Test
    public void everyPlaceholder_isFilled() throws Exception {
        String text = "${environment}|${gate}|${job}|${build}|${buildUrl}|${branch}|${stage}|${requestedBy}|${requestedAt}|"
                + "${deadline}|${message}|${metrics.accuracy}|$${x}|$5|$";
        asks.surroundings.rootUrl("https://ci.example/");
        asks.rest("url", web.at("/"), "headers", Map.of("X-Facts", text), "body", "{\"facts\": \"" + text + "\"}");
        String filled = "production|01kjq0000000000000000000ab|team/app|12|https://ci.example/job/team/job/app/12/|main|Deploy|"
                + "starter|2026-03-02T09:00:00Z|2026-04-01T09:00:00Z|May it pass?|0.94|${x}|$5|$";
        assertThat(web.last().header("X-Facts")).isEqualTo(filled);
        assertThat(json.readTree(web.last().body()).path("facts").textValue()).isEqualTo(filled);
    }

    @Test
    public void whatAHostOrGateDoesNotHave_isNothing() throws Exception {
        asks.surroundings.rootUrl(null);
        RestCheck check = asks.check(
                RestCheck::of, "url", web.at("/"), "headers", Map.of("X-Facts", "[${branch}${stage}] ${buildUrl}"));
        asks.ask(check, Asks.passing("", Map.of()));
        assertThat(web.last().header("X-Facts")).isEqualTo("[] job/team/job/app/12/");
    }

    @Test
    public void message_staysInItsString() throws Exception {
        RestCheck check = asks.check(
                RestCheck::of, "url", web.at("/"), "body", "{\"a\": 1, \"message\": \"<${message}>\", \"b\": [\"${message}\"]}");
        for (String message : messages()) {
            asks.ask(check, Asks.passing(message, Map.of()));
            JsonNode sent = json.readTree(web.last().body());
            assertThat(sent.path("message").textValue()).as("seed %d", seed).isEqualTo("<" + message + ">");
            assertThat(sent.path("b").path(0).textValue()).isEqualTo(message);
            assertThat(sent.size()).isEqualTo(3);
            assertThat(web.last().header("Content-Type")).isEqualTo("application/json");
        }
    }

    @Test
    public void message_staysInItsPartOfTheAddress() throws Exception {
        RestCheck check = asks.check(RestCheck::of, "url", web.at("/a/${message}/b?q=${message}&r=1"));
        for (String message : messages()) {
            if (!message.isEmpty()) {
                asks.ask(check, Asks.passing(message, Map.of()));
                String[] parts = web.last().address().split("[/?]");
                assertThat(parts).as("seed %d, %s", seed, message).hasSize(5);
                assertThat(URLDecoder.decode(parts[2], StandardCharsets.UTF_8)).isEqualTo(message);
                assertThat(parts[4]).isEqualTo("q=" + parts[2] + "&r=1");
            }
        }
    }

    @Test
    public void message_staysInItsValueOfAForm() throws Exception {
        RestCheck check = asks.check(
                RestCheck::of, "url", web.at("/"), "body", "m=${message}&x=1",
                "headers", Map.of("content-type", "application/x-www-form-urlencoded; charset=utf-8"));
        asks.ask(check, Asks.passing("a&x=2 ö", Map.of()));
        assertThat(web.last().body()).isEqualTo("m=a%26x%3D2%20%C3%B6&x=1");
        assertThat(web.last().header("Content-Type")).isEqualTo("application/x-www-form-urlencoded; charset=utf-8");
    }

    private List<String> messages() {
        Random random = new Random(seed);
        List<String> messages = new ArrayList<>(NASTY);
        for (int i = 0; i < 50; i++) {
            int[] points = random.ints(1 + random.nextInt(8), 0, 0x3000).toArray();
            messages.add(new String(points, 0, points.length));
        }
        return messages;
    }

    @Test
    public void dotsInAPath_areRefused() throws Exception {
        RestCheck check = asks.check(RestCheck::of, "url", web.at("/a/${message}/b${message}"));
        for (String dots : List.of(".", "..")) {
            CheckResult result = asks.ask(check, Asks.passing(dots, Map.of()));
            assertThat(result).isEqualTo(CheckResult.fail(
                    "The address to ask would have . or .. as a part of its path, because of what the build passed."));
        }
        assertThat(web.requests).isEmpty();
        assertThat(asks.ask(check, Asks.passing("...", Map.of())).verdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    public void headersCannotBeInjected() throws Exception {
        RestCheck check = asks.check(RestCheck::of, "url", web.at("/"), "headers", Map.of("X-Message", "m=${message}"));
        for (String message : List.of("a\r\nX-Evil: 1", "a\nb", "a\rb", "\u0000", "ö", "\u2028", "\u560d\u560a")) {
            CheckResult result = asks.ask(check, Asks.passing(message, Map.of()));
            assertThat(result.verdict()).isEqualTo(Verdict.FAIL);
            assertThat(result.reason()).startsWith("The header X-Message cannot hold what the build passed");
        }
        assertThat(web.requests).isEmpty();
    }

    @Test
    public void metricThatIsMissing_fails() throws Exception {
        RestCheck check = asks.check(RestCheck::of, "url", web.at("/?a=${metrics.accuracy}"));
        assertThat(asks.ask(check, Asks.passing("", Map.of())))
                .isEqualTo(CheckResult.fail("The check asks for the metric accuracy, which the build did not pass."));
    }

    @Test
    public void bareNumbers_areNumbers() throws Exception {
        RestCheck check = asks.check(
                RestCheck::of, "url", web.at("/"), "body", "{\"build\": ${build}, \"loss\": ${metrics.loss}}");
        asks.ask(check, Asks.passing("", Map.of("loss", "-1.5e3")));
        assertThat(web.last().body()).isEqualTo("{\"build\": 12, \"loss\": -1.5e3}");
        for (String loss : List.of("", "NaN", "1, \"approved\": true", "01", "{}", "1 ", "+1")) {
            assertThat(asks.ask(check, Asks.passing("", Map.of("loss", loss))))
                    .isEqualTo(CheckResult.fail(
                            "The check sends metrics.loss as a number, and what the build passed is none."));
        }
        assertThat(web.requests).hasSize(1);
    }

    @Test
    public void nameThatWouldStandTwice_fails() throws Exception {
        RestCheck check = asks.check(
                RestCheck::of, "url", web.at("/"), "body", "{\"approved\": false, \"${message}\": true}");
        assertThat(asks.ask(check, Asks.passing("approved", Map.of())).verdict()).isEqualTo(Verdict.FAIL);
        assertThat(web.requests).isEmpty();
    }

    @Test
    public void everythingByItself_isTheGate() throws Exception {
        web.answers(200, "{\"decision\":\"pass\"}");
        asks.surroundings.rootUrl("https://ci.example/");
        asks.ask(asks.check(FunctionCheck::of, "url", web.at("/")), Asks.subject(Given.request("production", 12)));
        assertThat(json.readTree(web.last().body())).isEqualTo(json.readTree("""
                {"gate": "01kjq0000000000000000000ab", "environment": "production", "job": "team/app", "build": 12,
                 "buildUrl": "https://ci.example/job/team/job/app/12/", "branch": "main", "stage": "Deploy",
                 "requestedBy": "starter", "requesters": ["starter"], "requestedAt": "2026-03-02T09:00:00Z",
                 "deadline": "2026-04-01T09:00:00Z", "message": "May it pass?", "metrics": {"accuracy": 0.94},
                 "origin": {"kind": "branch", "name": "main", "replayed": false, "libraries": []}}"""));
        asks.ask(
                asks.check(FunctionCheck::of, "url", web.at("/")),
                Asks.passing("", Map.of("a", " .5 ", "b", "NaN", "c", "1e999999999", "d", "1e99999999999", "e", "٣")));
        assertThat(web.last().body())
                .contains("\"a\":0.5", "\"b\":\"NaN\"", "\"c\":1E+999999999", "\"d\":\"1e99999999999\"", "\"e\":\"٣\"");
    }

    @Test
    public void settingsThatCannotBeMeant_areRefused() {
        Object[][] table = {
            {"url: is missing"},
            {"url: has to begin with http:// or https://", "url", "ftp://h/"},
            {"url: has to begin with http:// or https://", "url", "${message}"},
            {"url: has to begin with http:// or https://", "url", "http:h"},
            {"url: has to begin with http:// or https://", "url", "${message}://h/"},
            {"url: a placeholder cannot stand in the host", "url", "https://${message}/"},
            {"url: a placeholder cannot stand in the host", "url", "https://h${message}"},
            {"url: a placeholder cannot stand in the host", "url", "https://h:${build}/"},
            {"url: a placeholder cannot stand in the host", "url", "https://h.example${message}/x"},
            {"url: a placeholder cannot stand in the host", "url", "https://$${x}/"},
            {"url: has a user in it", "url", "https://me@h/"},
            {"url: has a user in it", "url", "https://me:pw@h/"},
            {"url: a placeholder cannot stand in the host", "url", "https://h\\${message}/"},
            {"url: has a character that cannot stand in an address", "url", "https://h\\/${message}"},
            {"url: has a character that cannot stand in an address", "url", "https://h/%${build}"},
            {"url: has a character that cannot stand in an address", "url", "https://h/%2${build}"},
            {"url: must not have a fragment", "url", "https://h/#x"},
            {"url: has a character that cannot stand in an address", "url", "https://h/a b"},
            {"url: has no host that can be asked", "url", "https:///x"},
            {"url: has no host that can be asked", "url", "https://h_h:1:2/"},
            {"url: has no host that can be asked", "url", "https://h:99999/"},
            {"url: must not have . or ..", "url", "https://h/a/../b"},
            {"url: must not have . or ..", "url", "https://h/a/%2E%2e"},
            {"url: there is no placeholder ${secret}; there are environment,", "url", "https://h/${secret}"},
            {"url: there is no placeholder ${metrics.}", "url", "https://h/${metrics.}"},
            {"url: ${callbackUrl} is only for functions", "url", "https://h/${callbackUrl}"},
            {"url: a placeholder begins with ${ and does not end", "url", "https://h/${message"},
            {"headers.X-A: there is no placeholder ${a}", "url", "https://h/", "headers", Map.of("X-A", "${a}")},
            {"headers.X A: \"X A\" is no name of a header", "url", "https://h/", "headers", Map.of("X A", "a")},
            {"headers.Host: the header Host cannot be set", "url", "https://h/", "headers", Map.of("Host", "a")},
            {"headers.X-A: has a line end", "url", "https://h/", "headers", Map.of("X-A", "a\r\nb")},
            {"headers.authorization: is for secrets", "url", "https://h/", "headers", Map.of("authorization", "Bearer x")},
            {"headers.x-key: is the header of the credential", "url", "https://h/", "headers", Map.of("x-key", "a"),
                "credentials", "k", "credentialsHeader", "X-Key"},
            {"headers.Content-Type: \"${message}\" is no type", "url", "https://h/", "headers",
                Map.of("Content-Type", "${message}")},
            {"credentials: is missing; credentialsHeader", "url", "https://h/", "credentialsHeader", "X-Key"},
            {"credentialsHeader: the header Host cannot be set", "url", "https://h/", "credentials", "k",
                "credentialsHeader", "Host"},
            {"body: is not JSON", "url", "https://h/", "body", "state=ok"},
            {"body: is not JSON", "url", "https://h/", "body", "{\"a\": \"\\${message}\"}"},
            {"body: is not JSON", "url", "https://h/", "body", "{} {}"},
            {"body: ${message} has to stand in quotes", "url", "https://h/", "body", "{\"a\": ${message}}"},
            {"body: ${message} has to stand in quotes", "url", "https://h/", "body", "{\"a\\\"\": ${message}}"},
            {"body: can have placeholders only if it is JSON or a form", "url", "https://h/", "body", "<a>${message}</a>",
                "headers", Map.of("Content-Type", "text/xml")},
            {"body: cannot be sent with the method GET", "url", "https://h/", "body", "{}", "method", "GET"},
            {"method: \"TRACE\" has to be one of GET", "url", "https://h/", "method", "TRACE"},
            {"statuses: \"20\" is no status", "url", "https://h/", "statuses", "20"},
            {"statuses: \"299-200\" ends before it begins", "url", "https://h/", "statuses", "299-200"},
            {"success: \"/a = 1\" is no comparison", "url", "https://h/", "success", "/a = 1"},
            {"success: cannot be asked for with the method HEAD", "url", "https://h/", "success", "/a == 1", "method", "HEAD"},
            {"otherwise: \"pass\" has to be one of wait, fail", "url", "https://h/", "otherwise", "pass"},
            {"timeout: has to be 295s or shorter", "url", "https://h/", "timeout", "10m"},
            {"retries: has to be a whole number from 0 to 10", "url", "https://h/", "retries", 11},
            {"interval: has to be 1s or longer", "url", "https://h/", "interval", "PT0.5S"},
        };
        for (Object[] row : table) {
            Object[] settings = Arrays.copyOfRange(row, 1, row.length);
            assertThatThrownBy(() -> asks.check(RestCheck::of, settings))
                    .as("%s", List.of(settings))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith((String) row[0]);
        }
    }
}
