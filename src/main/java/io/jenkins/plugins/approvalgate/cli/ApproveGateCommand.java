package io.jenkins.plugins.approvalgate.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.Extension;
import io.jenkins.plugins.approvalgate.engine.audit.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.kohsuke.args4j.CmdLineException;
import org.kohsuke.args4j.Option;

/** {@code approve-gate}: what the review page's button does. */
@Extension
public final class ApproveGateCommand extends DecidingCommand {

    @Option(name = "--comment", metaVar = "TEXT", usage = "ApproveGateCommand.comment")
    private String comment = "";

    @Option(name = "--tick", metaVar = "LINE", usage = "ApproveGateCommand.tick")
    private List<String> ticks = new ArrayList<>();

    @Option(name = "--input", metaVar = "NAME=VALUE", usage = "ApproveGateCommand.input")
    private List<String> inputs = new ArrayList<>();

    @Override
    public String getShortDescription() {
        return Messages.ApproveGateCommand_ShortDescription();
    }

    @Override
    String action() {
        return "approve";
    }

    @Override
    ObjectNode body() throws CmdLineException {
        ObjectNode body = Json.object().put("comment", comment);
        ArrayNode checklist = body.putArray("checklist");
        ticks.forEach(checklist::add);
        ObjectNode answers = body.putObject("inputs");
        for (String input : inputs) {
            int equals = input.indexOf('=');
            if (equals < 1) {
                throw new CmdLineException(null, Messages.ApproveGateCommand_noInput(Plain.text(input)), null);
            }
            answers.put(input.substring(0, equals), input.substring(equals + 1));
        }
        return body;
    }

    @Override
    String advice(String id) throws IOException {
        JsonNode gate = answers().get(List.of("gates", id), Map.of());
        List<String> lines = new ArrayList<>();
        gate.path("checklist").forEach(line -> lines.add(Messages.ApproveGateCommand_asksTick(Plain.text(line.asText()))));
        gate.path("inputs").forEach(input -> lines.add(Messages.ApproveGateCommand_asksInput(
                Plain.text(input.path("name").asText()), kind(input), Plain.text(input.path("default").asText()))));
        return lines.isEmpty() ? "" : "\n" + String.join("\n", lines);
    }

    private static String kind(JsonNode input) {
        List<String> choices = new ArrayList<>();
        input.path("choices").forEach(choice -> choices.add(Plain.text(choice.asText())));
        return choices.isEmpty() ? input.path("kind").asText() : String.join("|", choices);
    }
}
