package io.jenkins.plugins.approvalgate.engine.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.approvalgate.engine.Given;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** One gate played through the pure rules, as a keeper would, but without a disk. */
final class Play {

    Gate gate;
    Instant now = Given.START;
    /** What stands around it now. */
    Conditions conditions = Conditions.NONE;
    private final People people;
    private long seq;

    Play(String policy, People people, Set<String> requesters) {
        this(Given.environment("production", policy), people, requesters);
    }

    Play(Environment environment, People people, Set<String> requesters) {
        this.people = people;
        GateEvent.Requested requested =
                GateEvent.Requested.of(Given.request("production", 1, requesters), environment, now);
        gate = Gate.open("gate-1", new Recorded(++seq, requested));
    }

    Play(String policy, People people) {
        this(policy, people, Set.of("starter"));
    }

    Standing standing(String who) {
        return Standing.of(gate, who, people);
    }

    /** What the rules say; an acceptance is folded into the gate, a refusal has to leave it as it is. */
    Decision submit(Command.ByPerson command) {
        return take(GateRules.decide(gate, command, standing(command.actor()), conditions, now));
    }

    Decision settle() {
        return take(GateRules.settle(gate, conditions, now));
    }

    Decision take(Decision decision) {
        if (decision instanceof Decision.Accepted accepted) {
            accepted.events().forEach(this::add);
        }
        return decision;
    }

    void add(GateEvent event) {
        gate = gate.apply(new Recorded(++seq, event));
    }

    Play accepts(Command.ByPerson command) {
        assertThat(submit(command)).as("%s by %s", command, gate).isInstanceOf(Decision.Accepted.class);
        return this;
    }

    Decision.Refused refuses(Command.ByPerson command, Decision.Why why) {
        Decision decision = submit(command);
        assertThat(decision).as("%s by %s", command, gate).isInstanceOf(Decision.Refused.class);
        assertThat(((Decision.Refused) decision).why()).as("%s", decision).isEqualTo(why);
        return (Decision.Refused) decision;
    }

    Play after(Duration time) {
        now = now.plus(time);
        return this;
    }

    Instant deadline() {
        return gate.requested().deadline();
    }

    /** {@code OPEN 1/2}, or the outcome. */
    String state() {
        return gate.closed()
                .map(closed -> closed.outcome().name())
                .orElseGet(() ->
                        "OPEN " + gate.tally().given() + "/" + gate.tally().required());
    }

    List<String> approvers() {
        return gate.approvals().stream().map(Approval::approver).toList();
    }
}
