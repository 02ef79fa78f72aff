package io.jenkins.plugins.approvalgate.engine.notice;

import io.jenkins.plugins.approvalgate.engine.audit.JournalLine;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.Tally;

/** An event in a sentence, for chats. */
final class Summary {

    private Summary() {}

    /** {@code production-deployment, team/app #12: alice approved (1 of 2).} */
    static String of(JournalLine line, Gate gate) {
        return gate.request().environment() + ", " + gate.request().buildName() + ": " + what(line, gate);
    }

    private static String what(JournalLine line, Gate gate) {
        String actor = line.actor().orElse("Somebody");
        return switch (line.type()) {
            case "requested" -> actor + " asks for approval.";
            case "approved" -> actor + " approved (" + count(gate) + ").";
            case "deferred" -> actor + " approved with effect from " + said(line, "until") + " (" + count(gate) + ").";
            case "withdrawn" -> actor + " took the approval back (" + count(gate) + ").";
            case "rejected" -> actor + " rejected it.";
            case "reassigned" -> actor + " handed over to " + said(line, "to") + ".";
            case "bypassed" -> actor + " bypassed approvals and checks.";
            case "reminded" -> "It still waits for a decision (" + count(gate) + ").";
            case "escalated" -> "Nobody has decided in time (" + count(gate) + ").";
            case "checkEvaluated" -> said(line, "kind") + ": " + said(line, "reason");
            case "locked" -> "It got the lock.";
            case "released" -> "It gave the lock back. " + said(line, "reason");
            case "closed" -> said(line, "outcome") + ". " + said(line, "reason");
            case "restored" -> "The journal had lost it; it was restored from the build's record.";
            default -> line.type() + ".";
        };
    }

    private static String said(JournalLine line, String field) {
        return line.data().path(field).asText("");
    }

    private static String count(Gate gate) {
        Tally tally = gate.tally();
        return tally.counted() + " of " + tally.required();
    }
}
