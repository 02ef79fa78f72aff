package io.jenkins.plugins.approvalgate.engine;

import io.jenkins.plugins.approvalgate.engine.gate.Command;
import io.jenkins.plugins.approvalgate.engine.gate.Decision;
import io.jenkins.plugins.approvalgate.engine.gate.Feasibility;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.GateRules;
import io.jenkins.plugins.approvalgate.engine.gate.Standing;
import io.jenkins.plugins.approvalgate.engine.gate.Substitute;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * What people want, put to the rules: first the directory is asked how they stand to the gate, while no lock is held, then
 * the rule. Once more if meanwhile somebody handed over their place, as the answer was about another gate then.
 */
final class Rulings {

    private final GateKeeper keeper;
    private final Host host;

    Rulings(GateKeeper keeper, Host host) {
        this.keeper = keeper;
        this.host = host;
    }

    Gate submit(String gateId, Command.ByPerson command) throws Refusal {
        return decide(gateId, seen -> {
            Standing standing = Standing.of(seen, command.actor(), directory());
            return (gate, conditions) -> GateRules.decide(gate, command, standing, conditions, keeper.now());
        });
    }

    Gate reassign(String gateId, Command.Reassign command) throws Refusal {
        return decide(gateId, seen -> {
            Directory directory = directory();
            Standing standing = Standing.of(seen, command.actor(), directory);
            Substitute to = substitute(seen, command, directory);
            return (gate, conditions) -> GateRules.reassign(gate, command, standing, to, keeper.now());
        });
    }

    private Directory directory() {
        return new Directory(host.approverGroups(), host.realm());
    }

    private Substitute substitute(Gate gate, Command.Reassign command, Directory directory) {
        return new Substitute(
                Standing.of(gate, command.to(), directory),
                host.knows(command.to()),
                host.mayRead(command.to(), gate.request()),
                Feasibility.whyNever(gate, command, host.approverGroups(), directory));
    }

    private Gate decide(String gateId, Function<Gate, Changes.Rule> ask) throws Refusal {
        while (true) {
            Gate seen = keeper.find(gateId).orElseThrow(() -> GateKeeper.unknown(gateId));
            Changes.Rule rule = ask.apply(seen);
            AtomicBoolean stale = new AtomicBoolean();
            Gate after = keeper.change(gateId, (gate, conditions) -> {
                stale.set(!gate.asksTheSame(seen));
                return stale.get() ? new Decision.Accepted(List.of()) : rule.decide(gate, conditions);
            });
            if (!stale.get()) {
                return after;
            }
        }
    }
}
