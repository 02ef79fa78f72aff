package io.jenkins.plugins.approvalgate.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.internet.InternetAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The mail server in the YAML. */
public class MailerYamlTest {

    private static final String ADMIN = "location: {adminAddress: \"Gates <admin@example.com>\"}";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Optional<Mailer> read(String unclassified) throws IOException, StartFailure {
        Path file = folder.newFile().toPath();
        Files.writeString(file, "unclassified: {" + unclassified + "}");
        return MailerYaml.read(file, Map.of("PASSWORD", "hush")::get);
    }

    @Test
    public void everything_isRead_asJenkinsWritesIt() throws Exception {
        assertThat(read("mailer: {charset: UTF-8, smtpHost: smtp.example.com, smtpPort: \"2525\", useTls: true, defaultSuffix:"
                        + " \"@example.com\", replyToAddress: noreply@example.com, authentication: {username: gates, password:"
                        + " \"${PASSWORD}\"}}, " + ADMIN))
                .contains(new Mailer(
                        "smtp.example.com",
                        Optional.of(2525),
                        false,
                        true,
                        Optional.of(new Mailer.Login("gates", "hush")),
                        Optional.of("@example.com"),
                        new InternetAddress("admin@example.com", "Gates"),
                        Optional.of(new InternetAddress("noreply@example.com"))));
        assertThat(read("mailer: {smtpHost: mail, smtpPort: 25}, " + ADMIN).orElseThrow().address()).isEqualTo("mail:25");
    }

    @Test
    public void withoutServer_thereIsNoMail() throws Exception {
        assertThat(read("approvalGate: {}")).isEmpty();
        assertThat(read("mailer: {defaultSuffix: \"@example.com\"}")).isEmpty();
        assertThat(MailerYaml.read(PreviewRule.EXAMPLE, System::getenv)).isEmpty();
    }

    @Test
    public void usualPorts_areThoseOfTheWayToTalk() throws Exception {
        assertThat(port("")).isEqualTo("25");
        assertThat(port(", useSsl: true")).isEqualTo("465");
        assertThat(port(", useTls: true")).isEqualTo("587");
    }

    private String port(String more) throws Exception {
        Properties properties =
                read("mailer: {smtpHost: mail" + more + "}, " + ADMIN).orElseThrow().session().getProperties();
        return properties.getProperty("mail.smtp.port");
    }

    @Test
    public void whatDoesNotFit_isTold_withoutASecret() {
        refused("mailer: {smtpHost: mail}", "unclassified.location.adminAddress: is missing");
        refused("mailer: {smtpHost: mail}, location: {adminAddress: \"a@x, b@x\"}", "expected one mail address");
        refused("mailer: {smtpHost: mail, smtpPort: 99999}, " + ADMIN, "mailer.smtpPort: expected a number from 1 to 65535");
        refused("mailer: {smtpHost: mail, smtpPort: smtp}, " + ADMIN, "mailer.smtpPort: expected a number");
        refused("mailer: {smtpHost: mail, useSsl: maybe}, " + ADMIN, "mailer.useSsl: expected true or false");
        refused("mailer: {smtpHost: mail, authentication: {username: a}}, " + ADMIN, "authentication.password: is missing");
        refused(
                "mailer: {smtpHost: mail, authentication: {username: a, password: 4711}}, " + ADMIN,
                "authentication.password: expected a text");
        refused(
                "mailer: {smtpHost: mail, authentication: {username: a, password: \"${NOT_SET}\"}}, " + ADMIN,
                "the environment variable NOT_SET is not set");
    }

    private void refused(String unclassified, String message) {
        assertThatThrownBy(() -> read(unclassified))
                .isInstanceOf(StartFailure.class)
                .message()
                .contains(message)
                .doesNotContain("4711", "hush", "\n");
    }
}
