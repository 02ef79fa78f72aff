package io.jenkins.plugins.approvalgate.build;

import io.jenkins.plugins.approvalgate.engine.Directory;
import io.jenkins.plugins.approvalgate.engine.gate.Conditions;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.GateEvent;
import io.jenkins.plugins.approvalgate.engine.gate.Outcome;
import io.jenkins.plugins.approvalgate.engine.gate.Recorded;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A gate as the build page's summary shows it at one moment: who has to do what by when, or how it ended. */
public final class GateSummary {

    private final Gate gate;
    private final Conditions conditions;
    private final Directory directory;
    private final Instant now;

    /** @param conditions what stands around the gate now; nothing for one that has ended */
    GateSummary(Gate gate, Conditions conditions, Directory directory, Instant now) {
        this.gate = gate;
        this.conditions = conditions;
        this.directory = directory;
        this.now = now;
    }

    public String getId() {
        return gate.id();
    }

    public String getEnvironment() {
        return gate.request().environment();
    }

    public boolean isOpen() {
        return gate.isOpen();
    }

    /** How it stands, in a word or three. */
    public String getStatus() {
        return gate.closed().map(GateEvent.Closed::outcome).map(GateSummary::words).orElseGet(() -> isOverdue()
                ? Messages.GateSummary_overdue()
                : Messages.GateSummary_waiting());
    }

    private static String words(Outcome outcome) {
        return switch (outcome) {
            case APPROVED -> Messages.GateSummary_approved();
            case AUTO_APPROVED -> Messages.GateSummary_autoApproved();
            case BYPASSED -> Messages.GateSummary_bypassed();
            case REJECTED -> Messages.GateSummary_rejected();
            case CHECK_FAILED -> Messages.GateSummary_checkFailed();
            case TIMED_OUT -> Messages.GateSummary_timedOut();
            case CANCELLED -> Messages.GateSummary_cancelled();
            case SUPERSEDED -> Messages.GateSummary_superseded();
        };
    }

    /** {@code waiting}, {@code late}, {@code opened} or {@code shut}: a part of the name of a style. */
    public String getTone() {
        return gate.closed()
                .map(closed -> closed.outcome().opens() ? "opened" : "shut")
                .orElse(isOverdue() ? "late" : "waiting");
    }

    /** Whose approval it asks for now, a sentence each; none where no approval is missing. */
    public List<String> getAsked() {
        return new Asked(gate, directory).sentences();
    }

    /** {@code 1 of 2}: how many approvals were given, and how many it needs. */
    public String getApprovals() {
        return Messages.GateSummary_approvals(gate.tally().counted(), gate.tally().required());
    }

    /** Something besides approvals that it waits for. */
    public record Obstacle(String reason, Moment until) {
        public String getReason() {
            return reason;
        }

        /** {@code null} where nobody can say. */
        public Moment getUntil() {
            return until;
        }
    }

    /** Checks, the lock, and approvals that take effect later. */
    public List<Obstacle> getObstacles() {
        List<Obstacle> obstacles = new ArrayList<>();
        if (gate.isOpen()) {
            gate.approvals().stream()
                    .filter(approval -> !approval.isInEffect(now))
                    .map(approval -> new Obstacle(
                            Messages.GateSummary_deferred(approval.approver()),
                            approval.from().map(Moment::new).orElse(null)))
                    .forEach(obstacles::add);
            conditions.obstacles(gate).stream()
                    .map(obstacle -> new Obstacle(
                            obstacle.reason(), obstacle.until().map(Moment::new).orElse(null)))
                    .forEach(obstacles::add);
        }
        return obstacles;
    }

    /** What a person did that still counts, and what they said with it. */
    public record Decision(String sentence, Moment at, String comment) {
        public String getSentence() {
            return sentence;
        }

        public Moment getAt() {
            return at;
        }

        /** Empty where they said nothing. */
        public String getComment() {
            return comment;
        }
    }

    /** In the order in which they were taken. */
    public List<Decision> getDecisions() {
        List<GateEvent.Approving> standing = gate.standing();
        return gate.history().stream()
                .map(Recorded::event)
                .filter(event -> !(event instanceof GateEvent.Approving approving) || standing.contains(approving))
                .flatMap(event -> decision(event).stream())
                .toList();
    }

    private static Optional<Decision> decision(GateEvent event) {
        return sentence(event).map(sentence -> new Decision(sentence, new Moment(event.at()), event.comment()));
    }

    private static Optional<String> sentence(GateEvent event) {
        if (event instanceof GateEvent.Approving approving) {
            return Optional.of(Messages.GateSummary_approvedBy(approving.approver()));
        }
        if (event instanceof GateEvent.Rejected rejected) {
            return Optional.of(Messages.GateSummary_rejectedBy(rejected.approver()));
        }
        if (event instanceof GateEvent.Bypassed bypassed) {
            return Optional.of(Messages.GateSummary_bypassedBy(bypassed.by()));
        }
        return Optional.empty();
    }

    /** How it ended, in a sentence, where that is not what the decisions say; {@code null} otherwise. */
    public String getReason() {
        return gate.closed()
                .filter(closed -> switch (closed.outcome()) {
                    case APPROVED, BYPASSED, REJECTED -> false;
                    case AUTO_APPROVED, CHECK_FAILED, TIMED_OUT, CANCELLED, SUPERSEDED -> true;
                })
                .map(GateEvent.Closed::reason)
                .orElse(null);
    }

    /** When it ended; {@code null} while it has not. */
    public Moment getEnded() {
        return gate.closed().map(GateEvent.Closed::at).map(Moment::new).orElse(null);
    }

    /** By when somebody should have decided; {@code null} where nobody said so. */
    public Moment getDue() {
        return gate.requested().slaDue().map(Moment::new).orElse(null);
    }

    /** Whether it is open after that. */
    public boolean isOverdue() {
        return gate.isOpen() && gate.requested().slaDue().filter(now::isAfter).isPresent();
    }

    /** When it times out. */
    public Moment getDeadline() {
        return new Moment(gate.requested().deadline());
    }
}
