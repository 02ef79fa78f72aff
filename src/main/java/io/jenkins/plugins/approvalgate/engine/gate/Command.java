package io.jenkins.plugins.approvalgate.engine.gate;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What somebody, or the host, wants of an open gate. {@link GateRules} says whether it may be. */
public sealed interface Command {

    /** What a person wants who decides in their own name, under the id that the host authenticated. */
    sealed interface ByPerson extends Command {
        String actor();

        /** What the person said; empty where they said nothing. */
        String comment();
    }

    /** An approval, with what the gate asked of those who give one. */
    sealed interface Approving extends ByPerson {
        /** The lines of the gate's checklist that were ticked. */
        List<String> checklist();

        /** Answers to the gate's input fields by name; a field left out keeps its default. */
        Map<String, String> inputs();
    }

    /** Let the build pass, as far as it depends on me. */
    record Approve(String actor, String comment, List<String> checklist, Map<String, String> inputs)
            implements Approving {
        public Approve {
            checklist = List.copyOf(checklist);
            inputs = Map.copyOf(inputs);
        }
    }

    /**
     * Let the build pass, as far as it depends on me, but not before {@code until}. What Azure DevOps calls to defer an
     * approval: it is given now and takes effect then.
     */
    record Defer(String actor, String comment, Instant until, List<String> checklist, Map<String, String> inputs)
            implements Approving {
        public Defer {
            checklist = List.copyOf(checklist);
            inputs = Map.copyOf(inputs);
        }
    }

    /** Close the gate, saying why. */
    record Reject(String actor, String comment) implements ByPerson {}

    /** Take back my approval. */
    record Withdraw(String actor, String comment) implements ByPerson {}

    /**
     * Give my place in an entry to another person.
     *
     * @param from the name of the entry, as the policy has it now; empty where I stand in one only
     * @param to the other's id
     */
    record Reassign(String actor, Optional<String> from, String to, String comment) implements Command {}

    /** Open the gate past its people and checks. */
    record Bypass(String actor, String reason) implements Command {}

    /**
     * The build does not wait any more: aborted, deleted, lost.
     *
     * @param actor who aborted it, where that was a person
     */
    record Cancel(Optional<String> actor, String reason) implements Command {}

    /**
     * What held the environment's lock is over: the block or the build ended, or was lost.
     *
     * @param actor who ended it, where that was a person
     */
    record Release(Optional<String> actor, String reason) implements Command {}
}
