package io.jenkins.plugins.approvalgate.engine.check.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.approvalgate.engine.check.Secret;
import io.jenkins.plugins.approvalgate.engine.gate.CheckResult.Verdict;
import java.util.List;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

public class RedirectTest {

    @Rule
    public final Web web = new Web();

    @Rule
    public final Web elsewhere = new Web();

    private final Asks asks = new Asks();

    @Before
    public void login() {
        asks.surroundings.secrets.put("token", new Secret.Text("top-secret"));
    }

    private void redirect(int status, String location) {
        web.answers((exchange, request, number) -> {
            if (number == 1) {
                Web.reply(exchange, status, "", "Location", location);
            } else {
                Web.reply(exchange, 200, "there");
            }
        });
    }

    @Test
    public void sameOrigin_isFollowedWithTheCredential() throws Exception {
        for (String location : List.of("/there?x=1", web.at("/there?x=1"), "../there?x=1")) {
            web.requests.clear();
            redirect(302, location);
            assertThat(asks.rest("url", web.at("/a/b"), "credentials", "token").verdict()).isEqualTo(Verdict.PASS);
            assertThat(web.requests).hasSize(2);
            assertThat(web.last().address()).isEqualTo("/there?x=1");
            assertThat(web.last().header("Authorization")).isEqualTo("Bearer top-secret");
        }
    }

    @Test
    public void otherOrigin_isRefusedAndHearsNothing() {
        String port = ":" + elsewhere.port();
        List<String[]> table = List.of(new String[][] {
            {elsewhere.at("/x?token=1"), "http://127.0.0.1" + port},
            {"http://localhost" + port + "/", "http://localhost" + port},
            {"https://127.0.0.1:" + web.port() + "/", "https://127.0.0.1:" + web.port()},
            {"//evil.example/x", "http://evil.example"},
            {"http://127.0.0.1:" + web.port() + "@evil.example/", "http://evil.example"},
            {"http://user:pw@127.0.0.1:" + web.port() + "/", "http://127.0.0.1:" + web.port()},
            {"http://top-secret.evil.example/", "http://****.evil.example"},
            {"ftp://evil.example/", "ftp://evil.example"},
            {"mailto:somebody", "an address without a host"},
        });
        for (String[] row : table) {
            web.requests.clear();
            redirect(307, row[0]);
            assertThatThrownBy(() -> asks.rest("url", web.at("/"), "credentials", "token"))
                    .hasMessage(web.at("/") + " did not answer: it redirects to " + row[1]
                            + ", which is not followed; name that address in the check if it is the right one");
            assertThat(web.requests).as(row[0]).hasSize(1);
        }
        assertThat(elsewhere.requests).isEmpty();
    }

    @Test
    public void unreadableLocation_isNoAnswer() {
        redirect(302, "http://[");
        assertThatThrownBy(() -> asks.rest("url", web.at("/")))
                .hasMessage(web.at("/") + " did not answer: it redirects to an address that cannot be read");
    }

    @Test
    public void loop_endsAfterFive() {
        web.answers(302, "", "Location", "/again");
        assertThatThrownBy(() -> asks.rest("url", web.at("/")))
                .hasMessage(web.at("/") + " did not answer: it redirects more than 5 times");
        assertThat(web.requests).hasSize(6);
    }

    @Test
    public void method_changesAsInBrowsers() throws Exception {
        List<Object[]> table = List.of(new Object[][] {
            {301, "POST", "GET"}, {302, "POST", "GET"}, {303, "POST", "GET"}, {307, "POST", "POST"}, {308, "POST", "POST"},
            {301, "PUT", "PUT"}, {302, "PUT", "PUT"}, {303, "PUT", "GET"}, {307, "PUT", "PUT"}, {308, "PUT", "PUT"},
            {303, "DELETE", "GET"}, {302, "DELETE", "DELETE"},
        });
        for (Object[] row : table) {
            web.requests.clear();
            redirect((Integer) row[0], "/there");
            asks.rest("url", web.at("/"), "method", row[1], "body", "{}");
            assertThat(web.last().method()).as("%s after %s", row[1], row[0]).isEqualTo(row[2]);
            assertThat(web.last().body()).isEqualTo(row[2].equals("GET") ? "" : "{}");
            assertThat(web.last().headers().containsKey("Content-Type")).isEqualTo(!row[2].equals("GET"));
        }
    }

    @Test
    public void head_staysHead() throws Exception {
        redirect(303, "/there");
        asks.rest("url", web.at("/"), "method", "HEAD");
        assertThat(web.last().method()).isEqualTo("HEAD");
    }

    @Test
    public void statusThatIsWanted_orSendsNowhere_isNotFollowed() throws Exception {
        redirect(302, "/there");
        assertThat(asks.rest("url", web.at("/"), "statuses", "302").verdict()).isEqualTo(Verdict.PASS);
        web.answers(302, "nowhere");
        assertThat(asks.rest("url", web.at("/")).verdict()).isEqualTo(Verdict.WAIT);
        web.answers(304, "", "Location", "/there");
        web.requests.clear();
        asks.rest("url", web.at("/"));
        assertThat(web.requests).hasSize(1);
    }
}
