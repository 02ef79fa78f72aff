package io.jenkins.plugins.approvalgate.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.ExternalResource;
import org.junit.rules.RuleChain;
import org.junit.rules.TemporaryFolder;

/** Mails of a preview, to the accounts of the example. */
public class MailTest {

    private final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private final TemporaryFolder folder = new TemporaryFolder();
    private final PreviewRule preview = new PreviewRule();

    @Rule
    public final RuleChain rules = RuleChain.outerRule(folder)
            .around(new ExternalResource() {
                @Override
                protected void before() throws IOException {
                    server.start();
                    preview.with(configuration());
                }

                @Override
                protected void after() {
                    server.stop();
                }
            })
            .around(preview);

    private Path configuration() throws IOException {
        Path file = folder.newFile("jenkins.yaml").toPath();
        Files.writeString(
                file,
                Files.readString(PreviewRule.EXAMPLE)
                        + "  mailer: {smtpHost: 127.0.0.1, smtpPort: \"" + server.getSmtp().getPort()
                        + "\", defaultSuffix: \"@example.com\"}\n  location: {adminAddress: \"gates@example.com\"}\n");
        return file;
    }

    private List<String> told(int number) throws MessagingException {
        await().atMost(Duration.ofSeconds(20)).until(() -> server.getReceivedMessages().length >= number);
        List<String> told = new ArrayList<>();
        for (MimeMessage mail : server.getReceivedMessages()) {
            told.add(mail.getAllRecipients()[0] + ": " + mail.getSubject());
        }
        return told;
    }

    @Test
    public void runThatComesToAGate_mailsItsApprovers_andThenWhoStartedIt() throws Exception {
        assertThat(preview.preview().mailServer()).contains("127.0.0.1:" + server.getSmtp().getPort());
        String run = preview.as("developer-1").start("main");
        String asked = ": Approval required: production-deployment — mlops #1";
        assertThat(told(3))
                .containsExactlyInAnyOrder(
                        "engineering-manager@example.com" + asked,
                        "product-owner@example.com" + asked,
                        "security-1@example.com" + asked);
        String gate = preview.as("product-owner").gateOf(run);
        String body = GreenMailUtil.getBody(server.getReceivedMessages()[0]).replace("=\r\n", "");
        assertThat(body).contains(preview.preview().address() + "approvals/gates/" + gate);

        assertThat(preview.as("product-owner").decide(gate, "reject", "{\"comment\":\"not today\"}").status()).isEqualTo(200);
        assertThat(told(4)).last().isEqualTo("developer-1@example.com: Rejected: production-deployment — mlops #1");
    }

    @Test
    public void restart_tellsNobodyTwice() throws Exception {
        preview.as("developer-1").start("develop");
        told(3);
        preview.stop();
        preview.start(PreviewRule.CLOCK);
        preview.as("developer-1").start("release/1");
        assertThat(told(4)).filteredOn(told -> told.contains("registry-promotion")).hasSize(3);
    }
}
