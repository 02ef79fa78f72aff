package io.jenkins.plugins.approvalgate.engine.audit.history;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.approvalgate.engine.audit.Journal;
import io.jenkins.plugins.approvalgate.engine.audit.JournalLine;
import io.jenkins.plugins.approvalgate.engine.audit.JournalUnavailableException;
import io.jenkins.plugins.approvalgate.engine.gate.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Writes into the journal what was changed of the settings, before it counts. Thread-safe; waits for the disk.
 *
 * <p>What was recorded last is kept beside the journal. So what was changed while nobody was here is found at the next start;
 * and a crash in the middle of a change leaves no doubt whether the journal has it.
 */
public final class SettingsHistory {

    private static final Logger LOGGER = Logger.getLogger(SettingsHistory.class.getName());

    private final Journal journal;
    private final Clock clock;
    private final RecordedFile file;
    private RecordedFile.Content content;

    private SettingsHistory(Journal journal, Clock clock, RecordedFile file, RecordedFile.Content content) {
        this.journal = journal;
        this.clock = clock;
        this.file = file;
        this.content = content;
    }

    /**
     * Finds what was recorded last.
     *
     * @param home the folder that the journal's folder is in
     * @throws IOException if that cannot be read
     */
    public static SettingsHistory open(Path home, Journal journal, Clock clock) throws IOException {
        RecordedFile file = new RecordedFile(home.resolve("recorded-settings.json"));
        RecordedFile.Content content = file.read();
        Optional<RecordedFile.Intended> intended = content.intended();
        if (intended.isPresent()) {
            boolean done = journal.has(
                    intended.get().type(), HistoryLines.CHANGE_ID, intended.get().id());
            content = content.having(done ? intended.get().description() : content.recorded());
        }
        return new SettingsHistory(journal, clock, file, content);
    }

    /**
     * Records how {@code next} differs from what was recorded last, if it does: in the journal when this returns.
     *
     * @param actor who changed it; empty for the controller itself
     * @throws IOException if it cannot be recorded, which must refuse the change; the message tells why
     */
    public synchronized void record(Settings next, Optional<String> actor, Source source) throws IOException {
        ObjectNode description = SettingsDescription.of(next, new SecretMask(content.key()));
        String id = UUID.randomUUID().toString();
        List<JournalLine.Draft> drafts = new HistoryLines(before(), description)
                .drafts(new HistoryLines.Occasion(clock.instant().truncatedTo(ChronoUnit.MILLIS), actor, source, id));
        if (drafts.isEmpty()) {
            return;
        }
        file.write(content.intending(new RecordedFile.Intended(id, drafts.get(0).type(), description)));
        try {
            journal.append(drafts);
        } catch (JournalUnavailableException unavailable) {
            throw new IOException(unavailable.getMessage(), unavailable);
        } catch (IllegalArgumentException notUnicode) {
            throw new IOException("Who changed it is not valid Unicode.", notUnicode);
        }
        content = content.having(description);
        try {
            file.write(content);
        } catch (IOException later) {
            // It is recorded, and the next start will find that out.
            LOGGER.log(Level.WARNING, "What was recorded of the settings is only in the journal so far", later);
        }
    }

    /** Before anything was recorded there was nothing but what is usual. */
    private ObjectNode before() throws IOException {
        return content.recorded().isEmpty()
                ? SettingsDescription.of(Settings.EMPTY, new SecretMask(content.key()))
                : content.recorded();
    }
}
