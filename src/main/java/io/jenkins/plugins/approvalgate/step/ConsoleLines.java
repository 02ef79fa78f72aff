package io.jenkins.plugins.approvalgate.step;

import hudson.console.HyperlinkNote;
import hudson.model.TaskListener;
import io.jenkins.plugins.approvalgate.engine.gate.CheckSpec;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.GateEvent;
import io.jenkins.plugins.approvalgate.engine.gate.Recorded;
import io.jenkins.plugins.approvalgate.engine.gate.TimeSpan;
import io.jenkins.plugins.approvalgate.host.ApprovalGates;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a gate says in its build's log. */
final class ConsoleLines {

    /** Keeps what somebody typed on the lines that are theirs, so that no comment can pass for a line of ours. */
    private static final String INDENT = "    | ";

    private ConsoleLines() {}

    static void requested(TaskListener listener, Gate gate) {
        Duration timeout =
                Duration.between(gate.requested().at(), gate.requested().deadline());
        List<String> needs = new ArrayList<>();
        if (!gate.tally().missing().isEmpty()) {
            needs.add("it needs " + missing(gate));
        }
        if (!gate.requested().checks().isEmpty()) {
            needs.add("its checks have to pass (" + kinds(gate) + ")");
        }
        if (gate.wantsLock()) {
            needs.add("builds pass one at a time");
        }
        line(listener, "Waiting at the gate of " + gate.request().environment() + " for up to "
                + TimeSpan.format(timeout) + (needs.isEmpty() ? "" : ": " + String.join("; ", needs)) + ". "
                + expected(gate) + review(gate));
    }

    private static String expected(Gate gate) {
        return gate.requested()
                .slaDue()
                .map(due -> "An answer is expected within "
                        + TimeSpan.format(Duration.between(gate.requested().at(), due)) + ". ")
                .orElse("");
    }

    private static String kinds(Gate gate) {
        return gate.requested().checks().stream()
                .map(CheckSpec::kind)
                .distinct()
                .map(CheckWords::of)
                .collect(Collectors.joining(", "));
    }

    static void executorHeld(TaskListener listener) {
        line(listener, "WARNING: this gate waits inside a node block and so holds an executor all the while."
                + " Call approvalGate outside of node, or with agent none.");
    }

    /**
     * Tells what happened.
     *
     * @param index of what happened in the gate's history
     */
    static void happened(TaskListener listener, Gate gate, int index) {
        GateEvent event = gate.history().get(index).event();
        String environment = gate.request().environment();
        if (event instanceof GateEvent.Approved approved) {
            line(listener, "Approved by " + approved.approver() + next(gate));
        } else if (event instanceof GateEvent.Deferred deferred) {
            line(listener, "Approved by " + deferred.approver() + " with effect from " + deferred.until() + next(gate));
        } else if (event instanceof GateEvent.Reassigned reassigned) {
            line(listener, reassigned.from() + " asks " + oneLine(reassigned.to()) + " to decide in their place. " + review(gate));
        } else if (event instanceof GateEvent.Bypassed bypassed) {
            line(listener, bypassed.by() + " waived its approvals and checks" + next(gate));
        } else if (event instanceof GateEvent.Reminded) {
            line(listener, "Reminded those who have not decided" + next(gate));
        } else if (event instanceof GateEvent.Escalated) {
            line(listener, "It is overdue: told others that nobody has decided" + next(gate));
        } else if (event instanceof GateEvent.Withdrawn withdrawn) {
            line(listener, withdrawn.approver() + " withdrew the approval" + next(gate));
        } else if (event instanceof GateEvent.CheckEvaluated evaluated && isNews(gate, evaluated, index)) {
            line(listener, CheckWords.of(evaluated.kind()) + ": " + oneLine(evaluated.result().reason()));
        } else if (event instanceof GateEvent.Locked) {
            line(listener, "Holds the lock of " + environment + ".");
        } else if (event instanceof GateEvent.Released released) {
            line(listener, "Gave the lock of " + environment + " back: " + oneLine(released.reason()));
        } else if (event instanceof GateEvent.Restored) {
            line(listener, "The gate was restored from this build's own record. " + review(gate));
        }
        said(listener, event.comment());
    }

    /** The end of a sentence: what the gate waits for after what happened; nothing more where it has ended. */
    private static String next(Gate gate) {
        if (!gate.isOpen()) {
            return ".";
        }
        if (!gate.missing().isEmpty()) {
            return "; it still needs " + missing(gate) + ".";
        }
        String obstacles = ApprovalGates.get().keeper().stream()
                .flatMap(keeper -> keeper.conditions(gate).obstacles(gate).stream())
                .map(obstacle -> oneLine(obstacle.reason()))
                .collect(Collectors.joining(" "));
        return obstacles.isEmpty() ? "." : ". It waits: " + obstacles;
    }

    /** That a check passes goes without saying, unless it did not before. */
    private static boolean isNews(Gate gate, GateEvent.CheckEvaluated evaluated, int index) {
        return !evaluated.result().verdict().lets()
                || gate.history().subList(0, index).stream()
                        .map(Recorded::event)
                        .anyMatch(earlier -> earlier instanceof GateEvent.CheckEvaluated before
                                && before.check() == evaluated.check()
                                && !before.result().verdict().lets());
    }

    /** @param goesOn whether the build does: otherwise it fails with the reason, which then need not be said twice */
    static void ended(TaskListener listener, Gate gate, boolean goesOn) {
        GateEvent.Closed closed = gate.closed().orElseThrow();
        String reason = goesOn && closed.actor().isEmpty() ? oneLine(closed.reason()) + " " : "";
        line(listener, "The gate of " + gate.request().environment() + " was "
                + closed.outcome().words() + closed.actor().map(actor -> ", by " + oneLine(actor)).orElse("") + ". "
                + reason + review(gate));
    }

    static void problem(TaskListener listener, Exception problem) {
        line(listener, "The gate cannot be found now: " + problem.getMessage());
    }

    static void keepsLock(TaskListener listener, Exception problem) {
        line(listener, "The lock cannot be given back now, and will be tried again: " + problem.getMessage());
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
