package io.jenkins.plugins.approvalgate.engine.notice.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.approvalgate.engine.Given;
import io.jenkins.plugins.approvalgate.engine.QuietLog;
import io.jenkins.plugins.approvalgate.engine.Town;
import java.time.Duration;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

/** A mail server that takes some mails and not others, or hangs up. */
public class AwkwardServerTest {

    @Rule
    public final MailRig rig = new MailRig(Town.of("")).with(new AwkwardServer());

    @Rule
    public final QuietLog quiet = new QuietLog(Postman.class);

    @Rule
    public final QuietLog quietToo = new QuietLog(Outbox.class);

    private AwkwardServer server;

    @Before
    public void environment() {
        server = rig.awkward;
        rig.disk.host.environments.add(Given.environment("prod", "any: alice, bob, carol"));
    }

    private void request(int build) throws Exception {
        rig.disk.request("prod", build);
        rig.awaitRead();
    }

    @Test
    public void badRecipient_doesNotHoldBackTheOthers_andIsNotTriedAgain() throws Exception {
        server.answer("RCPT TO:<alice@example.com>", "550 no such user");
        request(1);
        assertThat(server.taken()).containsExactly("bob@example.com", "carol@example.com");
        rig.passes(Duration.ofMinutes(10));
        rig.awaitQuiet();
        assertThat(server.tried("alice@example.com")).isEqualTo(1);
    }

    @Test
    public void recipientWhoCannotBeServedNow_isTriedAgain_longerAndLonger() throws Exception {
        server.answer("RCPT TO:<alice@example.com>", "450 mailbox busy");
        request(1);
        assertThat(server.taken()).containsExactly("bob@example.com", "carol@example.com");
        for (int seconds : new int[] {5, 10, 20}) {
            rig.passes(Duration.ofSeconds(seconds - 1));
            rig.awaitRead();
            int before = server.tried("alice@example.com");
            rig.passes(Duration.ofSeconds(1));
            rig.awaitRead();
            assertThat(server.tried("alice@example.com")).isEqualTo(before + 1);
        }
        server.answer("RCPT TO:<alice@example.com>", "250 ok");
        rig.passes(Duration.ofMinutes(5));
        rig.awaitQuiet();
        assertThat(server.taken()).containsExactly("bob@example.com", "carol@example.com", "alice@example.com");
    }

    @Test
    public void serverThatRefusesAllOfIt_isTriedAgain() throws Exception {
        server.answer("MAIL FROM", "451 not now");
        request(1);
        assertThat(server.taken()).isEmpty();
        server.answer("MAIL FROM", "250 ok");
        rig.passes(Duration.ofMinutes(5));
        rig.awaitQuiet();
        assertThat(server.taken()).containsExactly("alice@example.com", "bob@example.com", "carol@example.com");
    }

    @Test
    public void mailRefusedAtItsEnd_isTriedAgain_orNot_asTheServerSays() throws Exception {
        server.answer(".", "452 disk full");
        request(1);
        assertThat(server.taken()).isEmpty();
        server.answer(".", "250 ok");
        rig.passes(Duration.ofMinutes(5));
        rig.awaitQuiet();
        assertThat(server.taken()).hasSize(3);

        server.answer(".", "554 looks like spam");
        rig.passes(Duration.ofMinutes(5));
        request(2);
        rig.awaitQuiet();
        assertThat(server.taken()).as("given up").hasSize(3);
    }

    @Test
    public void serverThatHangsUpBeforeTheEnd_isTriedAgain_afterIt_isNot() throws Exception {
        server.answer("DATA", AwkwardServer.HANG_UP);
        request(1);
        server.answer("DATA", "354 go on");
        server.answer(".", AwkwardServer.HANG_UP);
        rig.passes(Duration.ofMinutes(5));
        rig.awaitRead();
        assertThat(server.taken()).isEmpty();
        server.answer(".", "250 ok");
        rig.passes(Duration.ofMinutes(5));
        rig.awaitQuiet();
        assertThat(server.taken())
                .as("nobody knows whether alice was told, so she is not told again")
                .containsExactly("bob@example.com", "carol@example.com");
    }
}
