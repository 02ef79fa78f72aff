package io.jenkins.plugins.approvalgate.preview;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.approvalgate.engine.Fuzz;
import io.jenkins.plugins.approvalgate.engine.JsonDice;
import java.io.IOException;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Answers that are almost those of Azure DevOps: what comes of them can be read, or they are refused. */
public class MigrationFuzzTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder(Fuzz.memory());

    @Test
    public void anyAnswer_becomesYamlThatCanBeRead_orIsRefusedInOneLine() throws IOException {
        List<JsonNode> sound = AzureAnswers.fixtures();
        Fuzz.Tally tally = Fuzz.<JsonNode>of("Azure's answer", dice -> new JsonDice(dice).mutated(dice.of(sound)))
                .oneIn(4)
                .declared(StartFailure.class)
                .run(answer -> {
                    try {
                        assertThat(AzureAnswers.migrated(answer, folder.getRoot().toPath()).environments()).isNotEmpty();
                    } catch (StartFailure refused) {
                        assertThat(refused).hasMessageNotContaining("What came of it");
                        throw refused;
                    }
                });
        assertThat(tally.taken()).isGreaterThan(tally.refused() / 4);
        assertThat(tally.refused()).isPositive();
    }
}
