package io.jenkins.plugins.approvalgate.pages;

import static hudson.cli.CLICommandInvoker.Matcher.failedWith;
import static hudson.cli.CLICommandInvoker.Matcher.succeeded;
import static io.jenkins.plugins.approvalgate.Jenkinses.approve;
import static io.jenkins.plugins.approvalgate.Jenkinses.configure;
import static io.jenkins.plugins.approvalgate.Jenkinses.ended;
import static io.jenkins.plugins.approvalgate.Jenkinses.environment;
import static io.jenkins.plugins.approvalgate.Jenkinses.openGate;
import static io.jenkins.plugins.approvalgate.Jenkinses.pipeline;
import static io.jenkins.plugins.approvalgate.Jenkinses.shared;
import static io.jenkins.plugins.approvalgate.Jenkinses.start;
import static io.jenkins.plugins.approvalgate.Jenkinses.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.junit.Assume.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.cli.CLICommandInvoker;
import hudson.model.InvisibleAction;
import hudson.model.UnprotectedRootAction;
import hudson.model.User;
import io.jenkins.plugins.approvalgate.Calls;
import io.jenkins.plugins.approvalgate.Jenkinses;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.rest.Content;
import io.jenkins.plugins.approvalgate.engine.rest.RestResponse;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.After;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/** The journal of a real Jenkins, exported and proven: over HTTP, by the CLI, and by the document's recipe. */
public class AuditProofTest {

    @ClassRule
    public static final JenkinsRule jenkins = shared();

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Path journal;

    @Before
    public void decideSomething() throws Exception {
        Jenkinses.settle(jenkins.jenkins, jenkins.createDummySecurityRealm());
        configure(environment("staging", "any", user("alice")));
        start(pipeline(jenkins.jenkins, "deploy", "approvalGate('staging')"), "developer");
        Gate gate = openGate();
        approve(gate, "alice");
        ended(gate);
        journal = jenkins.jenkins.getRootDir().toPath().resolve("approval-gate").resolve("journal");
    }

    @After
    public void clear() throws Exception {
        Jenkinses.clear(jenkins.jenkins);
    }

    private String files() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.list(journal)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".jsonl")).sorted().toList()) {
                all.append(Files.readString(file));
            }
        }
        return all.toString();
    }

    private static CLICommandInvoker.Result by(String person, String command, String... arguments) {
        return new CLICommandInvoker(jenkins, command).asUser(person).invokeWithArgs(arguments);
    }

    @Test
    public void export_isTheJournal_overHttp() throws Exception {
        HttpResponse<String> response = Calls.by(jenkins, "auditor").get("approvals/rest/audit/export?format=jsonl");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Disposition")).contains("attachment; filename=\"audit.jsonl\"");
        assertThat(files()).startsWith(response.body()).contains("\"type\":\"exported\"");
        assertThat(response.body()).contains("\"type\":\"approved\"");
        assertThat(Calls.by(jenkins, "alice").get("approvals/rest/audit/export").statusCode()).isEqualTo(403);
    }

    @Test
    public void verify_overHttp() throws Exception {
        Calls auditor = Calls.by(jenkins, "auditor");
        JsonNode result = Calls.json(auditor.post("approvals/rest/audit/verify", "{}"));
        assertThat(result.path("ok").booleanValue()).isTrue();
        assertThat(Calls.json(auditor.get("approvals/rest/audit/verify")).path("result")).isEqualTo(result);
    }

    @Test
    public void cli_exportsAndVerifies() throws Exception {
        CLICommandInvoker.Result export = by("auditor", "export-audit", "--environment", "staging", "--type", "approved");
        assertThat(export, succeeded());
        String whole = files();
        assertThat(export.stdout().lines().toList())
                .isNotEmpty()
                .allMatch(line -> line.contains("\"type\":\"approved\"") && whole.contains(line));
        CLICommandInvoker.Result table = by("auditor", "export-audit", "--format", "csv");
        assertThat(table.stdout()).startsWith("\"seq\",\"at\",\"type\"");
        assertThat(by("alice", "export-audit"), failedWith(6));
        assertThat(by("auditor", "export-audit", "--from", "yesterday"), failedWith(3));

        CLICommandInvoker.Result verified = by("auditor", "verify-audit");
        assertThat(verified, succeeded());
        assertThat(verified.stdout()).startsWith("The journal holds: ");
        assertThat(by("alice", "verify-audit"), failedWith(6));
        spoiled(() -> {
            CLICommandInvoker.Result bad = by("auditor", "verify-audit");
            assertThat(bad, failedWith(16));
            assertThat(bad.stdout()).contains("its hash does not fit its content");
        });
    }

    private interface Check {
        void run() throws Exception;
    }

    private void spoiled(Check check) throws Exception {
        Path file;
        try (Stream<Path> files = Files.list(journal)) {
            file = files.filter(f -> f.toString().endsWith(".jsonl")).findFirst().orElseThrow();
        }
        byte[] sound = Files.readAllBytes(file);
        Files.writeString(file, new String(sound, StandardCharsets.UTF_8).replace("\"actor\":\"alice\"", "\"actor\":\"alicf\""));
        try {
            check.run();
        } finally {
            Files.write(file, sound);
        }
    }

    /** With the key by which this Jenkins is known to everybody. */
    @Test
    public void recipe_provesTheJournal_andTheExport() throws Exception {
        assumeTrue(
                "needs bash, jq, sha256sum, openssl and awk",
                "true".equals(System.getenv("CI")) || Stream.of("bash", "jq", "sha256sum", "openssl", "awk").allMatch(AuditProofTest::isInstalled));
        Path home = folder.getRoot().toPath();
        String document = Files.readString(Path.of("docs", "audit.md"));
        Path prove = Files.writeString(home.resolve("prove.sh"), recipe(document, "#!/bin/bash"));
        String fetch = recipe(document, "X-Instance-Identity")
                .replace("\"$JENKINS_URL/login\"", "'" + jenkins.getURL() + "login'");
        run(home, "bash", "-c", fetch);

        assertThat(run(home, "bash", prove.toString(), journal.toString(), home.resolve("key.pem").toString()))
                .startsWith("Every line holds; the last is ");
        spoiled(() -> assertThat(run(home, "bash", prove.toString(), journal.toString(), home.resolve("key.pem").toString()))
                .contains("does not hold"));

        Path zip = home.resolve("audit.zip");
        assertThat(download("approvals/rest/audit/export?manifest=true", zip)).isEqualTo(200);
        run(home, "jar", "xf", zip.toString());
        assertThat(Files.readString(home.resolve("key.pem"))).startsWith("-----BEGIN PUBLIC KEY-----");
        run(home, "bash", "-c", fetch);
        Path check = Files.writeString(home.resolve("check.sh"), recipe(document, "manifest.json.sig"));
        assertThat(run(home, "bash", check.toString())).contains("The file is as it was exported.");
    }

    private static int download(String path, Path to) throws Exception {
        String login = "auditor:" + jenkins.createApiToken(User.getById("auditor", true));
        HttpRequest request = HttpRequest.newBuilder(jenkins.getURL().toURI().resolve(path))
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofFile(to)).statusCode();
    }

    private static boolean isInstalled(String tool) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(path -> Files.isExecutable(Path.of(path, tool)));
    }

    private static String recipe(String document, String mark) {
        return Arrays.stream(document.split("```"))
                .filter(block -> block.startsWith("bash\n") && block.contains(mark))
                .map(block -> block.substring("bash\n".length()))
                .findFirst()
                .orElseThrow();
    }

    private static String run(Path where, String... command) throws Exception {
        Process process = new ProcessBuilder(command).directory(where.toFile()).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return text;
    }

    /** An answer that breaks off after as many bytes as it is asked for; one that does not, for 0. */
    @TestExtension
    public static final class Breaking extends InvisibleAction implements UnprotectedRootAction {
        @Override
        public String getUrlName() {
            return "breaking";
        }

        public void doIndex(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
            int bytes = Integer.parseInt(request.getParameter("bytes"));
            RestEndpoint.send(
                    new RestResponse(200, Map.of("Content-Type", "application/jsonl"), new Content.Streamed(out -> {
                        for (int i = 0; i < Math.max(bytes, 100_000); i += 1_000) {
                            if (bytes > 0 && i >= bytes) {
                                throw new IOException("the disk is gone");
                            }
                            out.write(new byte[1_000]);
                        }
                        if (bytes > 0) {
                            throw new IOException("the disk is gone");
                        }
                    })),
                    response);
        }
    }

    @Test
    public void anAnswerThatBreaksOff_isNoShorterFile() throws Exception {
        URI address = jenkins.getURL().toURI().resolve("breaking/");
        HttpClient client = HttpClient.newHttpClient();
        assertThat(client.send(HttpRequest.newBuilder(address.resolve("?bytes=0")).build(), HttpResponse.BodyHandlers.ofByteArray())
                        .body())
                .hasSize(100_000);
        for (int bytes : List.of(100_000, 1_000_000)) {
            assertThatThrownBy(() -> client.send(
                            HttpRequest.newBuilder(address.resolve("?bytes=" + bytes)).build(), HttpResponse.BodyHandlers.ofByteArray()))
                    .as("%s bytes", bytes)
                    .isInstanceOf(IOException.class);
        }
        HttpResponse<String> early = client.send(
                HttpRequest.newBuilder(address.resolve("?bytes=1000")).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(early.statusCode()).as("before anything was sent").isEqualTo(500);
    }
}
