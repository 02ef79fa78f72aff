package io.jenkins.plugins.approvalgate.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.AbortException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.kohsuke.args4j.Argument;
import org.kohsuke.args4j.CmdLineException;
import org.springframework.security.access.AccessDeniedException;

/** A command that decides gates, each for itself: one that is refused keeps no other from being decided. */
abstract class DecidingCommand extends GatesCommand {

    @Argument(metaVar = "ID", required = true, multiValued = true, usage = "DecidingCommand.ids")
    private List<String> ids = new ArrayList<>();

    /** The last part of the address in the JSON API. */
    abstract String action();

    /** What to send there. */
    abstract ObjectNode body() throws CmdLineException;

    /** What a gate accepts that did not accept this; empty where the refusal says it all. */
    String advice(String id) throws IOException {
        return "";
    }

    @Override
    final String exitCodes() {
        return Messages.DecidingCommand_exitCodes();
    }

    @Override
    protected final int run() throws IOException, CmdLineException {
        ObjectNode body = body();
        Set<String> each = new LinkedHashSet<>(ids);
        int refused = 0;
        for (String id : each) {
            try {
                decide(id, body);
            } catch (IllegalArgumentException | IllegalStateException | AccessDeniedException refusal) {
                if (each.size() == 1) {
                    throw refusal;
                }
                stderr.println(Plain.text(id) + ": " + refusal.getMessage());
                refused++;
            }
        }
        if (refused > 0) {
            throw new AbortException(Messages.DecidingCommand_notAll(refused, each.size()));
        }
        return 0;
    }

    private void decide(String id, ObjectNode body) throws IOException {
        try {
            String state = GateTable.state(answers().post(List.of("gates", id, action()), body));
            stdout.println(Messages.DecidingCommand_recorded(Plain.text(id), state));
        } catch (Answers.NotAccepted refusal) {
            throw new IllegalArgumentException(refusal.getMessage() + advice(id), refusal);
        }
    }
}
