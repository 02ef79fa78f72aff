package io.jenkins.plugins.approvalgate.engine.check.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.approvalgate.engine.gate.CheckResult;
import io.jenkins.plugins.approvalgate.engine.gate.CheckResult.Verdict;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.Rule;
import org.junit.Test;

public class PrometheusAlertsTest {

    @Rule
    public final Web web = new Web();

    private final Asks asks = new Asks();

    private CheckResult ask(String reply) throws IOException, InterruptedException {
        web.answers(200, reply);
        return asks.ask(asks.check(PrometheusAlerts::of, "url", web.at("/prom"), "selector", "env=\"prod\""));
    }

    private static String vector(String... alerts) {
        return "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":["
                + Arrays.stream(alerts)
                        .map(name -> "{\"metric\":{\"alertname\":\"" + name + "\"},\"value\":[1772442000.1,\"1\"]}")
                        .collect(Collectors.joining(","))
                + "]}}";
    }

    @Test
    public void nothingFires() throws Exception {
        CheckResult result = ask(vector());
        assertThat(result.verdict()).isEqualTo(Verdict.PASS);
        assertThat(result.reason()).isEqualTo("No alert with env=\"prod\" has fired for 5m.");
        assertThat(web.last().method()).isEqualTo("POST");
        assertThat(web.last().address()).isEqualTo("/prom/api/v1/query");
        assertThat(web.last().header("Content-Type")).isEqualTo("application/x-www-form-urlencoded");
        assertThat(URLDecoder.decode(web.last().body(), StandardCharsets.UTF_8))
                .isEqualTo("query=max_over_time(ALERTS{alertstate=\"firing\",env=\"prod\"}[300s])");
    }

    @Test
    public void alertsFire() throws Exception {
        CheckResult result = ask(vector("Z", "A", "Z"));
        assertThat(result.verdict()).isEqualTo(Verdict.WAIT);
        assertThat(result.reason()).isEqualTo("In the last 5m there fired: A, Z.");
        String[] many = IntStream.range(10, 25).mapToObj(i -> "A" + i).toArray(String[]::new);
        assertThat(ask(vector(many)).reason())
                .isEqualTo("In the last 5m there fired: A10, A11, A12, A13, A14, A15, A16, A17, A18, A19 and 5 more.");
        assertThat(ask(vector("A\\nB\\u0000")).reason()).isEqualTo("In the last 5m there fired: A B.");
        assertThat(ask("{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{}]}}").reason())
                .isEqualTo("In the last 5m there fired: an alert without a name.");
    }

    @Test
    public void anythingElse_isNoAnswer() {
        for (String reply : List.of(
                "{}", "{\"status\":\"error\",\"data\":{\"resultType\":\"vector\",\"result\":[]}}",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[]}}",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":{}}}",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\"}}")) {
            assertThatThrownBy(() -> ask(reply))
                    .hasMessage(web.at("/prom/api/v1/query") + " answered 200, but not with the result of a query");
        }
        assertThatThrownBy(() -> ask("<html>"))
                .hasMessage(web.at("/prom/api/v1/query") + " answered 200, but not with a JSON object");
        assertThatThrownBy(() -> ask("{\"warnings\":[\"store x\\nis gone\"]," + vector().substring(1)))
                .hasMessage(web.at("/prom/api/v1/query") + " answered 200, but warns: store x is gone");
    }

    @Test
    public void infos_areNoWarnings() throws Exception {
        assertThat(ask("{\"infos\":[\"x\"],\"warnings\":[]," + vector().substring(1)).verdict())
                .isEqualTo(Verdict.PASS);
    }

    @Test
    public void goesOnLooking() {
        PrometheusAlerts check = asks.check(PrometheusAlerts::of, "url", "http://p", "quietFor", "1h");
        assertThat(check.watches()).isTrue();
        assertThat(check.interval()).isEqualTo(Duration.ofMinutes(1));
        assertThat(check.summary()).isEqualTo("No alert has fired for 1h at http://p/api/v1/query");
        assertThat(check.query()).isEqualTo("max_over_time(ALERTS{alertstate=\"firing\"}[3600s])");
    }

    @Test
    public void selectors() {
        String[][] table = {
            {"", ""},
            {"{}", ""},
            {"env=\"prod\"", "env=\"prod\""},
            {" env = 'prod' , severity =~ \"a|b\" , ", "env=\"prod\",severity=~\"a|b\""},
            {"{env!=\"prod\",a!~\"x\"}", "env!=\"prod\",a!~\"x\""},
            {"a=\"}\"", "a=\"}\""},
            {"a='\"} or up{'", "a=\"\\\"} or up{\""},
            {"a=\"\\\"\\\\\\n'\"", "a=\"\\\"\\\\\\n'\""},
            {"a=\"x,b=c\",b=\"\"", "a=\"x,b=c\",b=\"\""},
            {"a=~\"x\\\\d$\"", "a=~\"x\\\\d$\""},
        };
        for (String[] row : table) {
            assertThat(Selector.parse(row[0])).as(row[0]).hasToString(row[1]);
            assertThat(Selector.parse(row[1])).hasToString(row[1]);
        }
    }

    @Test
    public void selectorsThatAreMore_areRefused() {
        for (String text : List.of(
                "env", "env=prod", "env=\"prod", "env==\"prod\"", "env=\"a\"\"b\"", "env=\"a\"} or up{a=\"b\"", "1a=\"b\"",
                "a=\"b\" or b=\"c\"", ",", "a=\"b\",,", "a=\"x\ny\"", "a=\"\\d\"", "a=\"\\\"", "alertstate=\"pending\"",
                "__name__=\"up\"", "a=`b`", "}", "{a=\"b\"", "a=\"b\"#", "ä=\"b\"")) {
            assertThatThrownBy(() -> asks.check(PrometheusAlerts::of, "url", "http://p", "selector", text))
                    .as(text)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("selector: ");
        }
    }
}
