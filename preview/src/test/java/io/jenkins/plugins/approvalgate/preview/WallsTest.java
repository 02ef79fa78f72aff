package io.jenkins.plugins.approvalgate.preview;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;

/** What another site, a clever address or a name with HTML in it cannot do. */
public class WallsTest {

    @Rule
    public final PreviewRule preview = new PreviewRule();

    /** The first line of the answer to a request that is sent as it is. */
    private String raw(String request) throws IOException {
        URI address = preview.preview().address();
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().findFirst().orElse("");
        }
    }

    @Test
    public void otherHostNames_areRefused() throws Exception {
        int port = preview.preview().address().getPort();
        for (String host : List.of("evil.example", "evil.example:" + port, "127.0.0.1.evil.example", "", "localhost.evil")) {
            assertThat(raw("GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")).as(host).contains(" 403 ");
        }
        for (String host : List.of("localhost:" + port, "127.0.0.1:" + port, "[::1]:" + port, "LOCALHOST")) {
            assertThat(raw("GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")).as(host).contains(" 200 ");
        }
    }

    @Test
    public void otherSitesPages_cannotSend() throws Exception {
        Client lead = preview.as("ds-lead");
        String gate = lead.gateOf(lead.start("develop"));
        for (String origin : List.of("https://evil.example", "null", "http://127.0.0.1:1")) {
            for (String path : List.of("/approvals/rest/gates/" + gate + "/approve", "/preview/runs", "/preview/clock")) {
                assertThat(lead.send(lead.request(path)
                                        .header("Content-Type", "application/json")
                                        .header("Origin", origin)
                                        .POST(HttpRequest.BodyPublishers.ofString("{}")))
                                .status())
                        .as(origin + " " + path)
                        .isEqualTo(403);
            }
        }
        String own = preview.preview().address().toString().replaceAll("/$", "");
        assertThat(lead.send(lead.request("/approvals/rest/gates/" + gate + "/approve")
                                .header("Content-Type", "application/json")
                                .header("Origin", own)
                                .POST(HttpRequest.BodyPublishers.ofString("{}")))
                        .status())
                .isEqualTo(200);
    }

    @Test
    public void nothingOutsideOfTheFolder_canBeRead() throws Exception {
        assertThat(raw("GET /assets/js/app.js HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")).contains(" 200 ");
        for (String path : List.of(
                "/assets/../../../pom.xml",
                "/assets/..%2f..%2f..%2fpom.xml",
                "/assets/%2e%2e/%2e%2e/%2e%2e/pom.xml",
                "/assets/js/..%5c..%5cx.js",
                "/assets/preview/../start.html",
                "/assets/preview/..%2f..%2fPage.class",
                "/assets//etc/passwd.js",
                "/assets/%00.js",
                "/assets/js",
                "/assets/",
                "/assets/js/nosuch.js")) {
            assertThat(raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                    .as(path)
                    .contains(" 404 ");
        }
    }

    @Test
    public void everyPage_hasThePolicy_andNoScriptOfItsOwn() throws Exception {
        Client anybody = preview.as("");
        anybody.start("develop");
        for (String path : List.of("/", "/approvals/", "/approvals/environments/", "/approvals/environments/x/", "/approvals/gates/x/", "/mlops/1/")) {
            Answer page = anybody.get(path);
            assertThat(page.status()).as(path).isEqualTo(200);
            assertThat(page.headers().firstValue("Content-Security-Policy"))
                    .hasValueSatisfying(policy -> assertThat(policy).contains("default-src 'self'").doesNotContain("unsafe"));
            assertThat(page.body().replaceAll("<script type=\"module\" src=\"[^\"]+\"></script>", ""))
                    .doesNotContain("<script", "style=", "<style")
                    .doesNotContainPattern("\\son\\w+=");
        }
    }

    @Test
    public void whatPagesAreToldInTheAddress_isText() throws Exception {
        Answer page = preview.as("").get("/approvals/gates/%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E/");

        assertThat(page.body()).doesNotContain("<script>alert").contains("&quot;&gt;&lt;script&gt;");
        preview.as("").start("<b>{{run}}</b>");
        assertThat(preview.as("").get("/mlops/1/").body()).contains("&lt;b&gt;&#123;&#123;run}}&lt;/b&gt;");
    }

    @Test
    public void addressesWithoutTheirSlash_leadToTheOnesWith() throws Exception {
        Answer answer = preview.as("").get("/approvals?environment=qa-signoff");

        assertThat(answer.status()).isEqualTo(HttpURLConnection.HTTP_MOVED_TEMP);
        assertThat(answer.headers().firstValue("Location")).hasValue("/approvals/?environment=qa-signoff");
    }

    @Test
    public void linksOfAGate_leadSomewhere() throws Exception {
        Client lead = preview.as("ds-lead");
        Answer gate = lead.gate(lead.gateOf(lead.start("develop")));

        assertThat(lead.get("/" + gate.json().get("buildUrl").asText()).status()).isEqualTo(200);
        assertThat(lead.get("/" + gate.json().get("logUrl").asText()).body()).contains("ValidateData: done");
        assertThat(lead.get("/" + gate.json().at("/artifacts/0/url").asText()).json().get("changed")).hasSize(3);
    }
}
