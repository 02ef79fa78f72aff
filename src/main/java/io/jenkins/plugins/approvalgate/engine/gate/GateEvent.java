package io.jenkins.plugins.approvalgate.engine.gate;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Something that happened to a gate, as the journal keeps it. The gate is nothing but the fold of its events. */
public sealed interface GateEvent {

    /** When it was decided, to the millisecond. */
    Instant at();

    /** Who did it; empty where nobody did (the clock, a check, the host). */
    Optional<String> actor();

    /** What the person said; empty where they said nothing or where nobody acted. */
    default String comment() {
        return "";
    }

    /**
     * The build asked, and this is all that the gate will ever know of the environment.
     *
     * @param deadline when the gate times out, to the millisecond, as time is asked for
     * @param slaDue when somebody should have decided
     */
    record Requested(
            Instant at,
            GateRequest request,
            ApprovalPolicy policy,
            Instant deadline,
            Optional<Instant> slaDue,
            String instructions,
            List<String> checklist,
            List<CheckSpec> checks,
            Optional<LockMode> lock)
            implements GateEvent {
        public Requested {
            checklist = List.copyOf(checklist);
            checks = List.copyOf(checks);
        }

        /** The opening event of a gate of {@code environment} for {@code request}. */
        public static Requested of(GateRequest request, Environment environment, Instant now) {
            Optional<Duration> sla = environment.sla();
            return new Requested(
                    now,
                    request,
                    environment.policy(),
                    now.plus(environment.timeout()).truncatedTo(ChronoUnit.MILLIS),
                    sla.map(now::plus),
                    environment.instructions(),
                    environment.checklist(),
                    environment.checks(),
                    environment.lock());
        }

        @Override
        public Optional<String> actor() {
            return Optional.of(request.requestedBy());
        }
    }

    /** An approval, be it in effect at once or later. */
    sealed interface Approving extends GateEvent {
        /** The id of who gave it. */
        String approver();

        /**
         * The indices of the policy's entries that this person may fill, as the directory answered then; with
         * {@link Order#SEQUENTIAL} the one whose turn it was.
         */
        Set<Integer> entries();

        List<String> checklist();

        Map<String, String> inputs();

        /** What stands from now on. */
        Approval approval();
    }

    /** Somebody approved. */
    record Approved(
            Instant at,
            String approver,
            String comment,
            Set<Integer> entries,
            List<String> checklist,
            Map<String, String> inputs)
            implements Approving {
        public Approved {
            entries = Set.copyOf(entries);
            checklist = List.copyOf(checklist);
            inputs = Ordered.copy(inputs);
        }

        @Override
        public Approval approval() {
            return new Approval(approver, entries);
        }

        @Override
        public Optional<String> actor() {
            return Optional.of(approver);
        }
    }

    /**
     * Somebody approved with effect from a later time.
     *
     * @param until that time
     */
    record Deferred(
            Instant at,
            String approver,
            String comment,
            Instant until,
            Set<Integer> entries,
            List<String> checklist,
            Map<String, String> inputs)
            implements Approving {
        public Deferred {
            entries = Set.copyOf(entries);
            checklist = List.copyOf(checklist);
            inputs = Ordered.copy(inputs);
        }

        @Override
        public Approval approval() {
            return new Approval(approver, entries, Optional.of(until));
        }

        @Override
        public Optional<String> actor() {
            return Optional.of(approver);
        }
    }

    /**
     * Somebody gave their place in an entry to another person.
     *
     * @param entry its index
     * @param from the id of who gave it
     * @param to the id of who has it now
     */
    record Reassigned(Instant at, String from, String to, int entry, String comment) implements GateEvent {
        @Override
        public Optional<String> actor() {
            return Optional.of(from);
        }
    }

    /** Somebody who may do so waived people and checks; a {@link Closed} follows, at once or when the lock is free. */
    record Bypassed(Instant at, String by, String reason) implements GateEvent {
        @Override
        public Optional<String> actor() {
            return Optional.of(by);
        }

        @Override
        public String comment() {
            return reason;
        }
    }

    /**
     * Those who have not decided are reminded.
     *
     * @param due when they were to be, by the environment's settings
     */
    record Reminded(Instant at, Instant due) implements GateEvent {
        @Override
        public Optional<String> actor() {
            return Optional.empty();
        }
    }

    /**
     * Others are told that nobody has decided.
     *
     * @param to their mail addresses
     */
    record Escalated(Instant at, List<String> to) implements GateEvent {
        public Escalated {
            to = List.copyOf(to);
        }

        @Override
        public Optional<String> actor() {
            return Optional.empty();
        }
    }

    /**
     * Somebody took their approval back.
     *
     * @param approver whose approval ceased, by the id it was recorded under
     * @param lapsed whose approvals ceased with it, because with {@link Order#SEQUENTIAL} they were given on the
     *     strength of the one withdrawn
     */
    record Withdrawn(Instant at, String approver, String comment, List<String> lapsed) implements GateEvent {
        public Withdrawn {
            lapsed = List.copyOf(lapsed);
        }

        @Override
        public Optional<String> actor() {
            return Optional.of(approver);
        }
    }

    /** An approver said no; a {@link Closed} follows in the same write. */
    record Rejected(Instant at, String approver, String comment) implements GateEvent {
        @Override
        public Optional<String> actor() {
            return Optional.of(approver);
        }
    }

    /**
     * A check says something else than before.
     *
     * @param check its index among the checks of the gate
     * @param kind the same as there, so that the line can be read alone
     */
    record CheckEvaluated(Instant at, int check, String kind, CheckResult result) implements GateEvent {
        @Override
        public Optional<String> actor() {
            return Optional.empty();
        }
    }

    /**
     * A check asked somebody outside who answers later, on an address that nobody can guess.
     *
     * @param token lower-case hex SHA-256 of the secret in that address, which itself is kept nowhere
     * @param expires from when on the answer comes too late
     */
    record CallbackIssued(Instant at, int check, String token, Instant expires) implements GateEvent {
        @Override
        public Optional<String> actor() {
            return Optional.empty();
        }
    }

    /** Somebody answered on the address that was issued last for a check, which works no more. */
    record CallbackAnswered(Instant at, int check) implements GateEvent {
        @Override
        public Optional<String> actor() {
            return Optional.empty();
        }
    }

    /** The gate got its environment's exclusive lock; a {@link Closed} that opens it follows in the same write. */
    record Locked(Instant at) implements GateEvent {
        @Override
        public Optional<String> actor() {
            return Optional.empty();
        }
    }

    /** The gate gave its environment's lock back, after it had opened. */
    record Released(Instant at, Optional<String> actor, String reason) implements GateEvent {}

    /**
     * The gate ended.
     *
     * @param actor whose act ended it, where a person's did
     * @param reason the sentence that the build's log and the pages show
     */
    record Closed(Instant at, Optional<String> actor, Outcome outcome, String reason) implements GateEvent {}

    /**
     * The journal had lost the gate, and the build still knew it.
     *
     * @param events everything that the build had kept, first to last, with the places they once had in the journal
     */
    record Restored(Instant at, List<Recorded> events) implements GateEvent {
        public Restored {
            events = List.copyOf(events);
        }

        @Override
        public Optional<String> actor() {
            return Optional.empty();
        }
    }
}
