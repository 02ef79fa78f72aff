package io.jenkins.plugins.approvalgate.engine.notice.mail;

import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.jenkins.plugins.approvalgate.engine.Given;
import io.jenkins.plugins.approvalgate.engine.KeeperOnDisk;
import io.jenkins.plugins.approvalgate.engine.MovableClock;
import io.jenkins.plugins.approvalgate.engine.Town;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.rules.ExternalResource;
import org.junit.rules.TemporaryFolder;
import org.junit.rules.TestRule;
import org.junit.runner.Description;
import org.junit.runners.model.Statement;

/** Gates on a disk, a real mail server, and the mail between them; the clock of mail stands still until a test moves it. */
final class MailRig implements TestRule {

    final KeeperOnDisk disk;
    final FakePeople people = new FakePeople();
    final MovableClock clock = new MovableClock(Given.START);
    private final TemporaryFolder folder = new TemporaryFolder();
    private final int port = freePort();
    GreenMail server = newServer();
    AwkwardServer awkward;
    Mailing mailing;

    MailRig(Town town) {
        disk = new KeeperOnDisk(town);
    }

    /** With a server that says what a test wants, in place of one that does as it should. */
    MailRig with(AwkwardServer instead) {
        awkward = instead;
        return this;
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new IllegalStateException(none);
        }
    }

    private GreenMail newServer() {
        return new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    }

    @Override
    public Statement apply(Statement test, Description description) {
        return folder.apply(disk.apply(new ExternalResource() {
            @Override
            protected void before() throws Throwable {
                disk.keeper.start();
                server.start();
                openMail();
            }

            @Override
            protected void after() {
                try {
                    mailing.close();
                } catch (IOException failed) {
                    throw new AssertionError(failed);
                } finally {
                    server.stop();
                }
            }
        }.apply(test, description), description), description);
    }

    Path mailFolder() {
        return folder.getRoot().toPath().resolve("mail");
    }

    void openMail() throws IOException {
        mailing = Mailing.open(
                mailFolder(),
                disk.keeper,
                disk.host,
                people,
                new TestSmtp("127.0.0.1", awkward == null ? port : awkward.port()),
                new Mailing.Manner(Locale.ENGLISH, ZoneId.of("UTC"), clock, Mailing.GATHER));
        mailing.start();
        mailing.poke();
    }

    void restartServer() {
        server = newServer();
        server.start();
    }

    /** Time passes for the mail, not for the gates. */
    void passes(Duration time) {
        clock.advance(time);
        mailing.poke();
    }

    /** Waits until the server has that many mails, and gives them, in their order. */
    List<MimeMessage> awaitMails(int number) {
        await(number + " mails").atMost(Duration.ofSeconds(20)).until(() -> {
            // The engine writes some lines by itself.
            mailing.poke();
            return mails().size() >= number;
        });
        return mails();
    }

    List<MimeMessage> mails() {
        return new ArrayList<>(Arrays.asList(server.getReceivedMessages()));
    }

    /** To whom what was mailed, {@code alice: Approval required: …}, in no order. */
    List<String> awaitTold(int number) throws MessagingException {
        List<String> told = new ArrayList<>();
        for (MimeMessage mail : awaitMails(number)) {
            told.add(mail.getAllRecipients()[0].toString().replace("@example.com", "") + ": " + mail.getSubject());
        }
        return told;
    }

    /** Waits until all lines are read, and what could be sent is. */
    void awaitRead() {
        mailing.poke();
        await().atMost(Duration.ofSeconds(20)).until(() -> mailing.isResting());
    }

    /** Waits until nothing waits in the outbox, and all lines are read. */
    void awaitQuiet() {
        mailing.poke();
        await().atMost(Duration.ofSeconds(20)).until(() -> mailing.isIdle());
    }
}
