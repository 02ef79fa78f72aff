package io.jenkins.plugins.approvalgate.engine.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.approvalgate.engine.Directory;
import io.jenkins.plugins.approvalgate.engine.GateKeeper;
import io.jenkins.plugins.approvalgate.engine.gate.Approver;
import io.jenkins.plugins.approvalgate.engine.gate.Conditions;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.GateRules;
import io.jenkins.plugins.approvalgate.engine.gate.Standing;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What one caller may do about a gate at one moment: the answers that the commands would get. */
final class YouJson {

    private static final int MOST_SUGGESTED = 50;

    private final GateKeeper keeper;
    private final Caller caller;
    private final Directory directory;
    private final Instant now;

    YouJson(GateKeeper keeper, Caller caller, Directory directory, Instant now) {
        this.keeper = keeper;
        this.caller = caller;
        this.directory = directory;
        this.now = now;
    }

    void write(Gate gate, ObjectNode node) {
        Optional<Standing> standing = caller.user().map(id -> Standing.of(gate, id, directory));
        Conditions conditions = keeper.conditions(gate);
        Optional<String> whyNot = standing.isEmpty()
                ? Optional.of("Sign in to decide.")
                : GateRules.whyNotApprove(gate, standing.get(), conditions, now);
        node.put("canDecide", whyNot.isEmpty());
        node.put("canDefer", whyNot.isEmpty());
        node.put(
                "canReject",
                standing.filter(s -> GateRules.whyNotReject(gate, s, now).isEmpty()).isPresent());
        node.put(
                "canWithdraw",
                standing.filter(s -> GateRules.mayWithdraw(gate, s, now)).isPresent());
        List<Integer> places = standing.map(s -> GateRules.mayReassign(gate, s, now)).orElse(List.of());
        node.put("canReassign", !places.isEmpty());
        node.put("canBypass", standing.isPresent() && GateRules.mayBypass(gate, caller.mayBypass(), now));
        node.put("canRecheck", standing.isPresent() && gate.isOpen() && !gate.requested().checks().isEmpty());
        ArrayNode entries = node.putArray("entries");
        places.forEach(place -> entries.add(gate.policy().approvers().get(place).name()));
        ArrayNode suggested = node.putArray("reassignTo");
        if (!places.isEmpty()) {
            others(gate, standing.get()).forEach(suggested::add);
        }
        node.put("reason", whyNot.orElse(null));
    }

    /** People of the policy who are known by name and could take a place in it; anybody else can be typed in. */
    private Stream<String> others(Gate gate, Standing you) {
        return gate.policy().approvers().stream()
                .filter(Approver.Group.class::isInstance)
                .flatMap(group -> directory.members(group.name()).stream().flatMap(List::stream))
                .distinct()
                .filter(id -> !you.self().test(id))
                .filter(id -> !Standing.of(gate, id, directory).barred())
                .limit(MOST_SUGGESTED);
    }
}
