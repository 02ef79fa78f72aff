package io.jenkins.plugins.approvalgate.engine.audit.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.approvalgate.engine.Given;
import io.jenkins.plugins.approvalgate.engine.Pinned;
import io.jenkins.plugins.approvalgate.engine.audit.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What was recorded of the settings, as 1.0 keeps it beside the journal: see {@link Pinned}. */
public class RecordedFormTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private static ObjectNode json(String text) throws Exception {
        return (ObjectNode) Json.read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    @Test
    public void recordedSettings_areReadAndWrittenAsTheyWere() throws Exception {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) 0xab);
        ObjectNode recorded = json("{'environments':{'production':{'timeout':'30d'}},'environmentOrder':['production']}");
        RecordedFile.Intended intended = new RecordedFile.Intended(
                "7f1c9d4e-0000-4000-8000-000000000001", "environmentChanged", json("{'environments':{'production':{'timeout':'7d'}}}"));
        Path file = folder.getRoot().toPath().resolve("recorded-settings.json");
        new RecordedFile(file).write(new RecordedFile.Content(key, recorded, Optional.of(intended)));
        Pinned.holds("recorded-settings.json", Files.readAllBytes(file));

        RecordedFile.Content content = new RecordedFile(Pinned.file("recorded-settings.json")).read();
        assertThat(content.key()).isEqualTo(key);
        assertThat(content.recorded()).isEqualTo(recorded);
        assertThat(content.intended()).contains(intended);
    }

    @Test
    public void linesOfAChange_haveTheFormThatIsPinnedInTheJournal() throws Exception {
        ObjectNode before = json("{'environments':{'production':{'timeout':'30d'}},'webhooks':[]}");
        ObjectNode after = json("{'environments':{'production':{'timeout':'7d'}},'webhooks':['https://example.org']}");
        List<String> pinned = Arrays.stream(Pinned.text("journal/2026-04.jsonl").split("\n")).toList();
        new HistoryLines(before, after)
                .drafts(new HistoryLines.Occasion(Given.START, Optional.of("gate-admin"), Source.PAGE, "id"))
                .forEach(draft -> {
                    ObjectNode data = pinned.stream()
                            .map(line -> {
                                try {
                                    return (ObjectNode) Json.read(line.getBytes(StandardCharsets.UTF_8));
                                } catch (java.io.IOException e) {
                                    throw new java.io.UncheckedIOException(e);
                                }
                            })
                            .filter(line -> line.get("type").textValue().equals(draft.type()))
                            .map(line -> (ObjectNode) line.get("data"))
                            .findFirst()
                            .orElseThrow();
                    assertThat(draft.data().properties().stream().map(java.util.Map.Entry::getKey))
                            .containsExactlyInAnyOrderElementsOf(data.properties().stream().map(java.util.Map.Entry::getKey).toList());
                    assertThat(draft.data().at("/differences/0").properties().stream().map(java.util.Map.Entry::getKey))
                            .containsExactlyInAnyOrder("path", "before", "after");
                });
    }
}
