package io.jenkins.plugins.approvalgate.step;

import hudson.console.HyperlinkNote;
import hudson.model.TaskListener;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.GateEvent;
import io.jenkins.plugins.approvalgate.engine.gate.TimeSpan;
import java.time.Duration;
import java.util.List;

/** What a gate says in its build's log. */
final class ConsoleLines {

    /** Keeps what somebody typed on the lines that are theirs, so that no comment can pass for a line of ours. */
    private static final String INDENT = "    | ";

    private ConsoleLines() {}

    static void requested(TaskListener listener, Gate gate) {
        Duration timeout =
                Duration.between(gate.requested().at(), gate.requested().deadline());
        line(listener, "Waiting at the gate of " + gate.request().environment() + " for up to "
                + TimeSpan.format(timeout) + ": it needs " + missing(gate) + ". " + review(gate));
    }

    static void executorHeld(TaskListener listener) {
        line(listener, "WARNING: this gate waits inside a node block and so holds an executor all the while."
                + " Call approvalGate outside of node, or with agent none.");
    }

    static void happened(TaskListener listener, Gate gate, GateEvent event) {
        if (event instanceof GateEvent.Approved approved) {
            List<String> missing = gate.tally().missing();
            line(listener, "Approved by " + approved.approver()
                    + (missing.isEmpty() || !gate.isOpen() ? "." : "; it still needs " + missing(gate) + "."));
        } else if (event instanceof GateEvent.Withdrawn withdrawn) {
            line(listener, withdrawn.approver() + " withdrew the approval; it needs " + missing(gate) + ".");
        } else if (event instanceof GateEvent.Restored) {
            line(listener, "The gate was restored from this build's own record. " + review(gate));
        }
        said(listener, event.comment());
    }

    static void ended(TaskListener listener, Gate gate) {
        GateEvent.Closed closed = gate.closed().orElseThrow();
        line(listener, "The gate of " + gate.request().environment() + " was "
                + closed.outcome().words() + closed.actor().map(actor -> ", by " + oneLine(actor)).orElse("") + ". "
                + review(gate));
    }

    static void problem(TaskListener listener, Exception problem) {
        line(listener, "The gate cannot be found now: " + problem.getMessage());
    }

    private static String missing(Gate gate) {
        return String.join(", and ", gate.tally().missing());
    }

    private static String review(Gate gate) {
        return HyperlinkNote.encodeTo("/approvals/gates/" + gate.id() + "/", Messages.ConsoleLines_Review());
    }

    private static void line(TaskListener listener, String text) {
        listener.getLogger().println("[approval gate] " + text);
    }

    private static void said(TaskListener listener, String comment) {
        comment.lines().filter(line -> !line.isBlank()).forEach(line -> listener.getLogger().println(INDENT + line));
    }

    /** What somebody typed, for a place that takes one line. */
    static String oneLine(String text) {
        return text.replaceAll("\\R", " ");
    }
}
