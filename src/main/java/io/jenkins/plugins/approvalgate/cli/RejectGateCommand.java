package io.jenkins.plugins.approvalgate.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.Extension;
import io.jenkins.plugins.approvalgate.engine.audit.Json;
import org.kohsuke.args4j.Option;

/** {@code reject-gate}: what the review page's button does. */
@Extension
public final class RejectGateCommand extends DecidingCommand {

    @Option(name = "--comment", metaVar = "TEXT", required = true, usage = "RejectGateCommand.comment")
    private String comment = "";

    @Override
    public String getShortDescription() {
        return Messages.RejectGateCommand_ShortDescription();
    }

    @Override
    String action() {
        return "reject";
    }

    @Override
    ObjectNode body() {
        return Json.object().put("comment", comment);
    }
}
