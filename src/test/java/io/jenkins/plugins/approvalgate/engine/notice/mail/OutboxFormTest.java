package io.jenkins.plugins.approvalgate.engine.notice.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.approvalgate.engine.Given;
import io.jenkins.plugins.approvalgate.engine.Pinned;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Who has still to be told what, as 1.0 keeps it: see {@link Pinned}. */
public class OutboxFormTest {

    private static final String LINE = "e".repeat(64);
    private static final String GATE = "01kjpinned0000000000000001";
    private static final Notice ALICE =
            new Notice(4, LINE, GATE, MailKind.APPROVAL, new Recipient.Person("alice"));
    private static final Notice OPS =
            new Notice(4, LINE, GATE, MailKind.ESCALATION, new Recipient.Address("ops@example.com"));

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void outbox_isReadAndWrittenAsItWas() throws Exception {
        List<ObjectNode> lines = List.of(
                OutboxLines.read(List.of("f".repeat(64))),
                OutboxLines.queued(4, LINE, Given.START, List.of(ALICE, OPS)),
                OutboxLines.handing("mail-1@example.com", "alice@example.com", List.of(ALICE.id())),
                OutboxLines.of(OutboxLines.BACK, List.of(ALICE.id())),
                OutboxLines.handing("mail-2@example.com", "ops@example.com", List.of(OPS.id())),
                OutboxLines.told("mail-2@example.com", "ops@example.com", Given.START, List.of(GATE), List.of(OPS.id())),
                OutboxLines.dropped("nobody knows the address", List.of("9.unknown")));
        Path file = folder.getRoot().toPath().resolve("outbox.jsonl");
        try (OutboxFile outbox = new OutboxFile(file)) {
            outbox.read();
            for (ObjectNode line : lines) {
                outbox.add(line);
            }
        }
        Pinned.holds("outbox.jsonl", Files.readAllBytes(file));

        Path kept = Files.write(folder.getRoot().toPath().resolve("kept.jsonl"), Pinned.bytes("outbox.jsonl"));
        try (Outbox outbox = Outbox.open(kept)) {
            assertThat(outbox.waiting()).containsExactly(new Outbox.Waiting(ALICE, Given.START));
            assertThat(outbox.hasRead(LINE)).isTrue();
            assertThat(outbox.hasRead("f".repeat(64))).isTrue();
            assertThat(outbox.lastMail("ops@example.com")).contains(Given.START);
            assertThat(outbox.firstMail(GATE, "ops@example.com")).contains("mail-2@example.com");
        }
    }
}
