package io.jenkins.plugins.approvalgate.preview.migrate;

import io.jenkins.plugins.approvalgate.engine.gate.Order;
import io.jenkins.plugins.approvalgate.preview.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Approval checks. {@code ApprovalConfigSettings} in {@code pipelinesapproval.json}: {@code minRequiredApprovers}
 * "defaults to all", {@code executionOrder} is {@code anyOrder} or {@code inSequence} (clients write 1 and 2), {@code
 * blockedApprovers} "are not allowed to approve". {@code approvals.md}: of a group one member is enough, and "a group is
 * considered as one approver".
 */
final class Approvals {

    /** What an {@link io.jenkins.plugins.approvalgate.engine.gate.ApprovalPolicy} can ask for. */
    private static final int MOST = 100;

    private final Draft draft;
    private final List<Policy> policies = new ArrayList<>();

    Approvals(Draft draft) {
        this.draft = draft;
    }

    void add(AzureCheck check) throws Place.Misfit {
        Place settings = check.settings();
        List<Identity> all = identities(settings.get("approvers"));
        List<Identity> entries = unblocked(check, all, identities(settings.get("blockedApprovers")));
        int asked = Json.number(settings.get("minRequiredApprovers"), 0);
        int needed = asked == 0 ? all.size() : Math.min(asked, all.size());
        draft.instructions(Json.textIfGiven(settings.get("instructions")));
        entries.forEach(entry -> name(check, entry));
        policies.add(policy(check, entries, needed, mayApprove(check, settings.get("requesterCannotBeApprover"))));
    }

    private static List<Identity> identities(Place list) throws Place.Misfit {
        List<Identity> identities = new ArrayList<>();
        if (list.isGiven() && !list.value().isNull()) {
            for (Place item : list.items()) {
                Identity identity = Identity.read(item);
                if (identities.stream().noneMatch(identity::is)) {
                    identities.add(identity);
                }
            }
        }
        return identities;
    }

    /** We block nobody: who is blocked there is left out here, and whom a group could let in keeps it shut. */
    private List<Identity> unblocked(AzureCheck check, List<Identity> approvers, List<Identity> blocked) {
        List<Identity> left = approvers.stream()
                .filter(approver -> blocked.stream().noneMatch(other -> other.is(approver) || other.clashes(approver)))
                .toList();
        boolean inGroups = !blocked.isEmpty() && left.stream().anyMatch(Identity::group)
                || !left.isEmpty() && blocked.stream().anyMatch(Identity::group);
        if (inGroups) {
            draft.shut(check, "it blocks approvers who may be in a group; name users instead of that group, or take the blocked"
                    + " ones out of it");
        }
        return left;
    }

    private boolean mayApprove(AzureCheck check, Place cannot) throws Place.Misfit {
        if (!cannot.isGiven() || cannot.value().isNull()) {
            draft.remark(check, "it does not say whether the requester may approve; here they may not");
            return false;
        }
        return !Json.flag(cannot, true);
    }

    private void name(AzureCheck check, Identity entry) {
        if (entry.group()) {
            draft.remark("the group " + Words.quoted(entry.name()) + " is to be made under approverGroups, or replaced by the"
                    + " name of a group of the security realm");
        } else if (!entry.named()) {
            draft.remark(check, "the approver " + Words.quoted(entry.name()) + " has no uniqueName; put their Jenkins id here");
        }
    }

    private Policy policy(AzureCheck check, List<Identity> entries, int needed, boolean requesterMay) throws Place.Misfit {
        if (entries.isEmpty() || needed > entries.size()) {
            draft.shut(check, "it leaves nobody who could open it; name its approvers");
        }
        boolean all = needed >= entries.size();
        Place order = check.settings().get("executionOrder");
        switch (order.value().isTextual() ? order.text() : order.value().asText("anyOrder")) {
            case "inSequence", "2":
                if (!all) {
                    draft.remark(check, "it needs " + needed + " approvers in sequence; here it needs all of them");
                }
                return new Policy(entries.size() > 1 ? Order.SEQUENTIAL : Order.ANY, 1, entries, requesterMay);
            case "anyOrder", "1", "":
                break;
            default:
                draft.shut(check, "its order " + Words.quoted(order.value().asText()) + " is not known; choose any, sequential or"
                        + " unanimous");
        }
        boolean groups = entries.stream().anyMatch(Identity::group);
        if (!all && needed > 1 && groups) {
            draft.remark(check, "it needs " + needed + " of " + entries.size() + " approvers, and there a group is one of them;"
                    + " here all of them have to approve");
        }
        return all && entries.size() > 1 || needed > 1 && groups
                ? new Policy(Order.UNANIMOUS, 1, entries, requesterMay)
                : new Policy(Order.ANY, Math.max(1, Math.min(needed, entries.size())), entries, requesterMay);
    }

    /** One policy that is as strict as all of them. */
    Policy combined() {
        Policy policy = policies.isEmpty() ? placeholder() : policies.size() == 1 ? policies.get(0) : joined();
        if (policy.entries().isEmpty()) {
            policy = new Policy(Order.ANY, 1, List.of(nobody()), policy.requesterMayApprove());
        }
        return distinct(limited(policy));
    }

    private Policy placeholder() {
        draft.remark("Azure DevOps asks no person; here somebody has to approve: make the group "
                + Words.quoted(nobody().name()) + " under approverGroups, or name other approvers");
        return new Policy(Order.ANY, 1, List.of(nobody()), false);
    }

    private Identity nobody() {
        return new Identity("", draft.name() + " approvers", true, true);
    }

    private Policy joined() {
        List<Identity> entries = new ArrayList<>();
        int count = 0;
        for (Policy policy : policies) {
            count += policy.entries().size();
            policy.entries().stream().filter(entry -> entries.stream().noneMatch(entry::is)).forEach(entries::add);
        }
        boolean sequence = policies.stream().anyMatch(policy -> policy.order() == Order.SEQUENTIAL);
        if (sequence && count > entries.size()) {
            draft.shut("it has several approvals, one in sequence, with the same approver in two; say in which order they come");
        } else {
            draft.remark("it has several approvals; here everybody in them has to approve"
                    + (sequence ? ", one after the other" : ""));
        }
        Order order = entries.size() < 2 ? Order.ANY : sequence ? Order.SEQUENTIAL : Order.UNANIMOUS;
        return new Policy(order, 1, entries, policies.stream().allMatch(Policy::requesterMayApprove));
    }

    private Policy limited(Policy policy) {
        int needed = policy.order() == Order.ANY ? policy.minimum() : policy.entries().size();
        if (needed <= MOST) {
            return policy;
        }
        draft.shut("it needs " + needed + " approvals, and more than " + MOST + " cannot be asked for");
        return new Policy(Order.ANY, MOST, policy.entries(), false);
    }

    /** Two of them that have one name here would be one. */
    private Policy distinct(Policy policy) {
        List<Identity> entries = new ArrayList<>();
        for (Identity entry : policy.entries()) {
            Optional<Identity> same = entries.stream().filter(entry::clashes).findFirst();
            if (same.isPresent()) {
                draft.shut("two of its approvers are both called " + Words.quoted(entry.name()) + " here; give each the right name");
            } else {
                entries.add(entry);
            }
        }
        int minimum = Math.min(policy.minimum(), entries.size());
        return new Policy(policy.order(), minimum, entries, policy.requesterMayApprove());
    }
}
