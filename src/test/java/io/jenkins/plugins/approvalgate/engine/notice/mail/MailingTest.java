package io.jenkins.plugins.approvalgate.engine.notice.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMailUtil;
import io.jenkins.plugins.approvalgate.engine.Given;
import io.jenkins.plugins.approvalgate.engine.QuietLog;
import io.jenkins.plugins.approvalgate.engine.Refusal;
import io.jenkins.plugins.approvalgate.engine.Town;
import io.jenkins.plugins.approvalgate.engine.audit.JournalLine;
import io.jenkins.plugins.approvalgate.engine.audit.Json;
import io.jenkins.plugins.approvalgate.engine.gate.Command;
import io.jenkins.plugins.approvalgate.engine.gate.Environment;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.GateRequest;
import io.jenkins.plugins.approvalgate.engine.gate.Notifications;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

/** Mails as a mail server gets them. */
public class MailingTest {

    @Rule
    public final MailRig rig = new MailRig(Town.of("team=carol,dave"));

    @Rule
    public final QuietLog quiet = new QuietLog(Postman.class);

    @Before
    public void environments() {
        rig.disk.host.environments.add(Given.environment("prod", "sequential: alice, bob"));
        rig.disk.host.environments.add(Given.environment("any", "any: alice, bob"));
        rig.disk.host.surroundings.rootUrl("https://jenkins.example/");
    }

    private String request(String environment, int build) throws Exception {
        return rig.disk.request(environment, build).id();
    }

    private void approve(String gate, String who) throws Exception {
        rig.disk.keeper.submit(gate, Given.approve(who));
    }

    @Test
    public void mail_asksWhoseTurnItIs_andTellsTheOutcome() throws Exception {
        String gate = request("prod", 12);
        assertThat(rig.awaitTold(1)).containsExactly("alice: Approval required: prod — team/app #12");
        approve(gate, "alice");
        assertThat(rig.awaitTold(2)).last().isEqualTo("bob: Approval required: prod — team/app #12");
        approve(gate, "bob");
        assertThat(rig.awaitTold(3)).last().isEqualTo("starter: Approved: prod — team/app #12");
        rig.awaitQuiet();
        assertThat(rig.mails()).hasSize(3);
    }

    @Test
    public void notes_areMailedToNobody() throws Exception {
        String gate = request("prod", 12);
        rig.awaitTold(1);
        rig.disk.refuses(gate, Given.approve("mallory"), Refusal.Kind.NOT_YOURS);
        rig.disk.keeper.note(new JournalLine.Draft(
                rig.disk.keeper.now(), Optional.of(gate), "finding", Optional.empty(),
                Json.object().put("kind", "OFF_HOURS").put("sentence", "alice approved at night.")));
        approve(gate, "alice");
        assertThat(rig.awaitTold(2)).last().isEqualTo("bob: Approval required: prod — team/app #12");
        rig.awaitQuiet();
        assertThat(rig.mails()).hasSize(2);
    }

    @Test
    public void headers_letClientsThreadAndKeepAutomatsSilent() throws Exception {
        String gate = request("prod", 12);
        MimeMessage first = rig.awaitMails(1).get(0);
        assertThat(first.getMessageID()).matches("<approval-gate\\.1\\.[0-9a-f]{16}@example\\.com>");
        assertThat(first.getHeader("In-Reply-To")).isNull();
        assertThat(first.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(first.getHeader("X-Auto-Response-Suppress")).containsExactly("All");
        assertThat(first.getFrom()[0]).hasToString("admin@example.com");
        assertThat(first.getReplyTo()[0]).hasToString("admin@example.com");
        assertThat(first.getContentType()).startsWith("multipart/alternative");

        approve(gate, "alice");
        rig.awaitMails(2);
        rig.disk.keeper.submit(gate, Given.withdraw("alice"));
        rig.disk.keeper.submit(gate, Given.reject("alice"));
        rig.awaitMails(3);
        rig.awaitQuiet();
        assertThat(rig.mails()).as("bob need not decide any more, and alice knows").hasSize(3);
    }

    @Test
    public void laterMail_answersTheFirst_evenAfterARestart() throws Exception {
        rig.disk.host.environments.add(slaOf("4h"));
        request("sla", 12);
        MimeMessage first = rig.awaitMails(1).get(0);
        rig.mailing.close();
        rig.openMail();
        rig.passes(Duration.ofMinutes(2));
        rig.disk.passes(Duration.ofHours(3));
        MimeMessage reminder = rig.awaitMails(2).get(1);
        assertThat(reminder.getSubject()).isEqualTo("Reminder, approval required: sla — team/app #12");
        assertThat(reminder.getMessageID()).isNotEqualTo(first.getMessageID());
        assertThat(reminder.getHeader("In-Reply-To")).containsExactly(first.getMessageID());
        assertThat(reminder.getHeader("References")).containsExactly(first.getMessageID());
    }

    private static Environment slaOf(String sla) {
        Environment plain = Given.environment("sla", "any: alice");
        return new Environment(
                plain.name(), plain.description(), plain.policy(), plain.timeout(),
                Optional.of(Duration.parse("PT" + sla.toUpperCase())), plain.instructions(), plain.checklist(), plain.checks(),
                plain.lock(),
                new Notifications(
                        Optional.of(List.of(Duration.ofHours(1))), List.of("ops@example.com"), Duration.ofHours(2), Map.of()));
    }

    @Test
    public void remindedAndEscalated_byTheEnginesLines() throws Exception {
        rig.disk.host.environments.add(slaOf("4h"));
        request("sla", 12);
        rig.awaitMails(1);
        rig.passes(Duration.ofMinutes(2));
        rig.disk.passes(Duration.ofHours(3));
        rig.awaitMails(2);
        rig.passes(Duration.ofMinutes(2));
        rig.disk.passes(Duration.ofHours(1));
        rig.awaitMails(3);
        rig.passes(Duration.ofMinutes(2));
        rig.disk.passes(Duration.ofHours(2));
        assertThat(rig.awaitTold(4))
                .containsExactly(
                        "alice: Approval required: sla — team/app #12",
                        "alice: Reminder, approval required: sla — team/app #12",
                        "alice: Reminder, approval required: sla — team/app #12",
                        "ops: Nobody has decided: sla — team/app #12");
    }

    @Test
    public void withinAMinute_theRestIsOneDigest() throws Exception {
        request("prod", 1);
        rig.awaitMails(1);
        request("prod", 2);
        String third = request("prod", 3);
        request("prod", 4);
        rig.passes(Duration.ofSeconds(59));
        rig.awaitRead();
        assertThat(rig.mails()).hasSize(1);
        approve(third, "alice");
        rig.passes(Duration.ofSeconds(1));
        // bob's, and the digest, without the one that alice has approved meanwhile
        assertThat(rig.awaitTold(3))
                .containsExactlyInAnyOrder(
                        "alice: Approval required: prod — team/app #1",
                        "alice: 2 approvals wait for you",
                        "bob: Approval required: prod — team/app #3");
        rig.passes(Duration.ofMinutes(2));
        rig.awaitQuiet();
        assertThat(rig.mails()).hasSize(3);
        MimeMessage digest = rig.mails().stream().filter(mail -> subject(mail).startsWith("2 ")).findFirst().orElseThrow();
        assertThat(GreenMailUtil.getBody(digest)).contains("team/app #2", "team/app #4").doesNotContain("team/app #3");
    }

    private static String subject(MimeMessage mail) {
        try {
            return mail.getSubject();
        } catch (MessagingException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    @Test
    public void serverThatIsDown_delaysNothingButTheMail() throws Exception {
        rig.server.stop();
        String gate = request("any", 1);
        rig.awaitRead();
        String other = request("any", 2);
        approve(gate, "alice");
        rig.awaitRead();
        rig.restartServer();
        for (int i = 0; i < 8; i++) {
            rig.passes(Duration.ofMinutes(5));
        }
        assertThat(rig.awaitTold(3))
                .as("what is over meanwhile is not told any more")
                .containsExactlyInAnyOrder(
                        "alice: Approval required: any — team/app #2",
                        "bob: Approval required: any — team/app #2",
                        "starter: Approved: any — team/app #1");
        assertThat(rig.disk.gate(other).isOpen()).isTrue();
    }

    @Test
    public void serverThatIsDownForLong_isGivenUp() throws Exception {
        rig.server.stop();
        request("any", 1);
        rig.awaitRead();
        rig.passes(Duration.ofDays(3).plusSeconds(1));
        rig.awaitQuiet();
        rig.restartServer();
        rig.passes(Duration.ofMinutes(5));
        request("any", 2);
        assertThat(rig.awaitTold(2)).allMatch(told -> told.endsWith("#2"));
    }

    @Test
    public void withoutAddress_isNotTold_andTheOthersAre() throws Exception {
        rig.people.withoutAddress.add("alice");
        request("any", 1);
        assertThat(rig.awaitTold(1)).containsExactly("bob: Approval required: any — team/app #1");
        rig.awaitQuiet();
    }

    @Test
    public void restart_tellsNobodyTwice_andFollowsWhereItLeftOff() throws Exception {
        String first = request("prod", 1);
        rig.awaitMails(1);
        rig.mailing.close();
        approve(first, "alice");
        rig.openMail();
        assertThat(rig.awaitTold(2))
                .containsExactly(
                        "alice: Approval required: prod — team/app #1", "bob: Approval required: prod — team/app #1");
        rig.mailing.close();
        rig.openMail();
        rig.passes(Duration.ofHours(1));
        rig.awaitQuiet();
        assertThat(rig.mails()).hasSize(2);
    }

    @Test
    public void newInstallation_doesNotTellThePast() throws Exception {
        rig.mailing.close();
        request("prod", 1);
        for (File file : rig.mailFolder().toFile().listFiles()) {
            Files.delete(file.toPath());
        }
        rig.openMail();
        request("prod", 2);
        assertThat(rig.awaitTold(1)).containsExactly("alice: Approval required: prod — team/app #2");
    }

    @Test
    public void crashInTheWindow_isNotSentAgain_butWhatWasNotHandedOverIs() throws Exception {
        rig.server.stop();
        Gate one = rig.disk.request("any", 1);
        rig.awaitRead();
        rig.mailing.close();
        // As it is on disk when the power goes just before the server says that it has the mail.
        Notice toAlice = new Notice(
                1,
                rig.disk.keeper.journal().linesOf(one.id()).get(0).hash(),
                one.id(),
                MailKind.APPROVAL,
                new Recipient.Person("alice"));
        Files.write(
                rig.mailFolder().resolve("outbox.jsonl"),
                ("{\"op\":\"handing\",\"ids\":[\"" + toAlice.id() + "\"],\"mail\":\"<m>\",\"to\":\"alice@example.com\"}\n"
                                + "{\"op\":\"told\",\"ids\":[\"" + toAlice.id())
                        .getBytes(StandardCharsets.UTF_8),
                StandardOpenOption.APPEND);
        rig.restartServer();
        rig.openMail();
        rig.passes(Duration.ofMinutes(5));
        assertThat(rig.awaitTold(1)).containsExactly("bob: Approval required: any — team/app #1");
        rig.awaitQuiet();
        assertThat(rig.mails()).hasSize(1);
    }

    @Test
    public void texts_cannotInjectHeadersOrHtml() throws Exception {
        String bad = "x\r\nBcc: victim@example.com\r\n\r\n<script>alert(1)</script>\u202Eevil {{heading}}";
        Environment plain = Given.environment("prod", "any: alice");
        rig.disk.host.environments.clear();
        rig.disk.host.environments.add(new Environment(
                "<b>prod\"'", bad, plain.policy(), plain.timeout(), plain.sla(), bad, List.of(bad), List.of(), plain.lock()));
        GateRequest r = Given.request("<b>prod\"'", "team/app\r\nBcc: victim@example.com", 1, Set.of("starter"));
        GateRequest evil = new GateRequest(
                r.key(), r.environment(), r.job(), r.build(), r.buildUrl(), Optional.of(bad), r.origin(), bad, r.requesters(), bad,
                Map.of(bad, bad), r.links(), r.inputs());
        Gate gate = rig.disk.keeper.request(evil);
        MimeMessage mail = rig.awaitMails(1).get(0);
        assertThat(mail.getHeader("Bcc")).isNull();
        assertThat(mail.getAllRecipients()).hasSize(1);
        assertThat(mail.getSubject()).isEqualTo("Approval required: <b>prod\"' — team/app Bcc: victim@example.com #1");
        String html = part(mail, 1);
        assertThat(html)
                .doesNotContain("<script", "<b>prod", "\u202E")
                .contains("&lt;script&gt;", "{{heading}}");
        assertThat(part(mail, 0)).contains("  <script>alert(1)</script>").doesNotContain("\nBcc:").doesNotContain("\u202E");

        rig.passes(Duration.ofMinutes(2));
        rig.disk.keeper.submit(
                gate.id(), new Command.Reject("alice", bad));
        MimeMessage outcome = rig.awaitMails(2).get(1);
        assertThat(part(outcome, 1)).doesNotContain("<script").contains("&lt;script&gt;");
        assertThat(outcome.getSubject()).startsWith("Rejected: ");
    }

    private static String part(MimeMessage mail, int index) throws Exception {
        return ((String) ((Multipart) mail.getContent()).getBodyPart(index).getContent()).replace("\r\n", "\n");
    }

    @Test
    public void content_saysWhatIsWanted_andLinksToPagesThatAskAgain() throws Exception {
        String gate = request("prod", 12);
        MimeMessage mail = rig.awaitMails(1).get(0);
        String page = "https://jenkins.example/approvals/gates/" + gate;
        assertThat(part(mail, 0))
                .contains(
                        "starter asks to pass prod. It is your turn to decide.",
                        "Environment: prod",
                        "Build: team/app #12",
                        "Stage: Deploy",
                        "Branch: main",
                        "Asked by: starter, Mon 2 Mar 2026, 09:00 UTC",
                        "Due: by Mon 2 Mar 2026, 13:00 UTC; it times out Wed 1 Apr 2026, 09:00 UTC",
                        "The pipeline says:\n  May it pass?",
                        "It waits for:\n  - 1 approval by alice",
                        "Instructions:\n  Look first.",
                        "Checklist:\n  - Tests passed\n  - Security looked",
                        "Metrics:\n  - accuracy: 0.94",
                        "View: " + page + "\nApprove: " + page + "?decide=approve\nReject: " + page + "?decide=reject");
        String html = part(mail, 1);
        assertThat(html)
                .contains("href=\"" + page + "\"", "href=\"" + page + "?decide&#x3D;approve\"", "prefers-color-scheme: dark")
                .doesNotContain("<img", "<script", "http-equiv", "url(", "@import");
        assertThat(html.replace(page, "")).doesNotContain("http");
    }

    @Test
    public void hostThatDoesNotKnowItsAddress_saysSo() throws Exception {
        rig.disk.host.surroundings.rootUrl(null);
        request("prod", 1);
        assertThat(part(rig.awaitMails(1).get(0), 0))
                .contains("does not know its own address")
                .doesNotContain("approvals/gates");
    }

    @Test
    public void outbox_isForgottenWhenEverythingIsTold() throws Exception {
        for (int i = 1; i <= 5; i++) {
            request("any", i);
            rig.passes(Duration.ofMinutes(2));
            rig.awaitQuiet();
        }
        rig.mailing.close();
        rig.openMail();
        assertThat(Files.readString(rig.mailFolder().resolve("outbox.jsonl"))).doesNotContain("\"op\":\"queued\"");
        await().until(() -> rig.mailing.isIdle());
        assertThat(rig.mails()).hasSize(10);
    }
}
