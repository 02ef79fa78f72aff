package io.jenkins.plugins.approvalgate.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.approvalgate.engine.check.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The credentials section of the YAML, and the environment variables in it. */
public class CredentialsYamlTest {

    private static final Map<String, String> ENVIRONMENT =
            Map.of("TOKEN", "t0ken", "ODD", "a${TOKEN}b}$", "EMPTY", "");

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Map<String, Secret> read(String yaml) throws IOException, StartFailure {
        Path file = folder.newFile().toPath();
        Files.writeString(file, yaml);
        return CredentialsYaml.read(file, ENVIRONMENT::get);
    }

    private Map<String, Secret> entries(String entries) throws IOException, StartFailure {
        return read("credentials: {system: {domainCredentials: [{credentials: [" + entries + "]}]}}");
    }

    private Secret secret(String value) throws IOException, StartFailure {
        return entries("{string: {id: x, secret: \"" + value + "\"}}").get("x");
    }

    @Test
    public void textsAndLogins_ofAllDomains_areRead_andNothingElse() throws Exception {
        assertThat(read("""
                credentials:
                  system:
                    domainCredentials:
                      - credentials:
                          - string: {id: "token", scope: GLOBAL, description: "for the gate", secret: "${TOKEN}"}
                          - file: {id: "file", fileName: "x", secretBytes: "eA=="}
                          - string: {secret: "nobody could name it"}
                      - domain: {name: "other"}
                        credentials:
                          - usernamePassword: {id: "login", scope: SYSTEM, username: "bob", password: "pass"}
                unclassified: {}
                """))
                .isEqualTo(Map.of("token", new Secret.Text("t0ken"), "login", new Secret.UserPassword("bob", "pass")));
    }

    @Test
    public void fileWithoutCredentials_hasNone() throws Exception {
        assertThat(read("unclassified: {approvalGate: {}}")).isEmpty();
        assertThat(read("credentials: {system: {}}")).isEmpty();
        assertThat(read("")).isEmpty();
        assertThat(CredentialsYaml.read(PreviewRule.EXAMPLE, ENVIRONMENT::get)).isEmpty();
    }

    @Test
    public void variables_areThoseOfTheEnvironment() throws Exception {
        assertThat(secret("a ${TOKEN} b")).isEqualTo(new Secret.Text("a t0ken b"));
        assertThat(secret("${NOT_SET:-otherwise}")).isEqualTo(new Secret.Text("otherwise"));
        assertThat(secret("${TOKEN:-otherwise}")).isEqualTo(new Secret.Text("t0ken"));
        assertThat(secret("${NOT_SET:-${TOKEN}}")).isEqualTo(new Secret.Text("t0ken"));
        assertThat(secret("^${TOKEN}")).isEqualTo(new Secret.Text("${TOKEN}"));
        assertThat(secret("${ODD}")).as("a value is not looked into").isEqualTo(new Secret.Text("a${TOKEN}b}$"));
        assertThat(secret("$TOKEN")).isEqualTo(new Secret.Text("$TOKEN"));
    }

    @Test
    public void whatDoesNotFit_isTold_withoutASecret() throws Exception {
        assertRefused("{string: {id: x, secret: \"hush ${NOT_SET}\"}}", ".string.secret: the environment variable NOT_SET is not set");
        assertRefused("{string: {id: x, secret: \"${hush${TOKEN}}\"}}", ".string.secret: an environment variable is not set");
        assertRefused("{string: {id: x}}", ".string.secret: is missing");
        assertRefused("{string: {id: x, secret: 4711}}", ".string.secret: expected a text, so put it in quotes");
        assertRefused("{string: {id: x, secret: \"\"}}", ".string.secret: expected a text that is not empty");
        assertRefused("{string: {id: x, secret: \"${EMPTY}\"}}", ".string.secret: expected a text that is not empty");
        assertRefused("{usernamePassword: {id: x, username: hush}}", ".usernamePassword.password: is missing");
        assertRefused("{usernamePassword: {id: x, username: u, password: [hush]}}", ".usernamePassword.password: expected a text");
        assertRefused("{string: {id: x, secret: hush}}, {string: {id: x, secret: hush}}", "there is already a credential \"x\"");
    }

    private void assertRefused(String entries, String message) {
        assertThatThrownBy(() -> entries(entries))
                .isInstanceOf(StartFailure.class)
                .message()
                .contains(message)
                .contains("credentials.system.domainCredentials[0].credentials[")
                .doesNotContain("hush", "t0ken", "4711", "\n");
    }

    @Test
    public void brokenLine_isNotQuoted() {
        for (String secret : List.of("\"hush", "'hush", "\"h\\ush\"", "@hush", "hush: hush", "[hush", "%hush", "!a!hush")) {
            String yaml = "credentials:\n  system:\n    domainCredentials:\n      - credentials:\n          - string:\n"
                    + "              id: x\n              secret: " + secret + "\n              description: hush\n";
            assertThatThrownBy(() -> read(yaml))
                    .as(secret)
                    .isInstanceOf(StartFailure.class)
                    .message()
                    .contains("line ")
                    .doesNotContain("hush", "\n");
        }
    }
}
