package io.jenkins.plugins.approvalgate.engine.gate;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What somebody, or the host, wants of an open gate. {@link GateRules} says whether it may be. */
public sealed interface Command {

    /** A command given by a person, under the id that the host authenticated. */
    sealed interface ByPerson extends Command {
        String actor();

        /** What the person said; empty where they said nothing. */
        String comment();
    }

    /**
     * Let the build pass, as far as it depends on me.
     *
     * @param checklist the lines of the gate's checklist that were ticked
     * @param inputs answers to the gate's input fields by name; a field left out keeps its default
     */
    record Approve(String actor, String comment, List<String> checklist, Map<String, String> inputs)
            implements ByPerson {
        public Approve {
            checklist = List.copyOf(checklist);
            inputs = Map.copyOf(inputs);
        }
    }

    /** Close the gate, saying why. */
    record Reject(String actor, String comment) implements ByPerson {}

    /** Take back my approval. */
    record Withdraw(String actor, String comment) implements ByPerson {}

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
