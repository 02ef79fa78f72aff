package io.jenkins.plugins.approvalgate.preview;

import io.jenkins.plugins.approvalgate.engine.gate.Administrator;
import io.jenkins.plugins.approvalgate.engine.gate.ApprovalPolicy;
import io.jenkins.plugins.approvalgate.engine.gate.Approver;
import io.jenkins.plugins.approvalgate.engine.gate.CheckSpec;
import io.jenkins.plugins.approvalgate.engine.gate.Environment;
import io.jenkins.plugins.approvalgate.engine.gate.LockMode;
import io.jenkins.plugins.approvalgate.engine.gate.Order;
import io.jenkins.plugins.approvalgate.engine.gate.ReassignTo;
import io.jenkins.plugins.approvalgate.engine.gate.TimeSpan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads environments from YAML. What a field may be is the engine's to say; this adds where it stands. */
final class EnvironmentYaml {

    private EnvironmentYaml() {}

    static List<Environment> readAll(Place place) throws Place.Misfit {
        List<Environment> environments = new ArrayList<>();
        if (place.isGiven()) {
            for (Place item : place.items()) {
                environments.add(read(item));
            }
        }
        return environments;
    }

    private static Environment read(Place place) throws Place.Misfit {
        place.requireKeys(
                "name", "description", "order", "minimumApprovals", "approvers", "requesterMayApprove", "timeout", "sla",
                "instructions", "checklist", "checks", "lock", "commentRequired", "reassignTo", "remindBefore", "escalateTo",
                "escalateAfter", "administrators");
        String name = name(place.get("name"));
        ApprovalPolicy policy = policy(place);
        Duration timeout = span(place.get("timeout")).orElse(Environment.DEFAULT_TIMEOUT);
        Optional<Duration> sla = span(place.get("sla"));
        String description = textIfGiven(place.get("description"));
        String instructions = textIfGiven(place.get("instructions"));
        List<String> checklist = SettingsYaml.textsIfGiven(place.get("checklist"));
        List<CheckSpec> checks = ChecksYaml.readAll(place.get("checks"));
        Optional<LockMode> lock = lock(place.get("lock"));
        List<Administrator> administrators = administrators(place.get("administrators"));
        try {
            return new Environment(
                    name, description, policy, timeout, sla, instructions, checklist, checks, lock,
                    NotificationsYaml.read(place, policy.approvers()), administrators);
        } catch (IllegalArgumentException cannotBeMeant) {
            throw place.misfit(cannotBeMeant.getMessage());
        }
    }

    static String name(Place place) throws Place.Misfit {
        String name = place.text();
        try {
            Environment.requireUsable(name);
            return name;
        } catch (IllegalArgumentException unusable) {
            throw place.misfit(unusable.getMessage());
        }
    }

    private static String textIfGiven(Place place) throws Place.Misfit {
        return place.isGiven() ? place.text() : "";
    }

    private static ApprovalPolicy policy(Place place) throws Place.Misfit {
        Order order = order(place.get("order"));
        Place minimum = place.get("minimumApprovals");
        int needed = minimum.isGiven() ? minimum.wholeNumber() : 1;
        List<Approver> approvers = new ArrayList<>();
        for (Place approver : place.get("approvers").items()) {
            approvers.add(approver(approver));
        }
        boolean requesterMayApprove = flag(place.get("requesterMayApprove"));
        boolean commentRequired = flag(place.get("commentRequired"));
        ReassignTo reassignTo = reassignTo(place.get("reassignTo"));
        try {
            return new ApprovalPolicy(order, needed, approvers, requesterMayApprove, commentRequired, reassignTo);
        } catch (IllegalArgumentException cannotBeMeant) {
            throw place.misfit(cannotBeMeant.getMessage());
        }
    }

    private static boolean flag(Place place) throws Place.Misfit {
        return place.isGiven() && place.yesOrNo();
    }

    private static ReassignTo reassignTo(Place place) throws Place.Misfit {
        if (!place.isGiven()) {
            return ReassignTo.ANYONE;
        }
        try {
            return ReassignTo.of(place.text());
        } catch (IllegalArgumentException unknown) {
            throw place.misfit(unknown.getMessage());
        }
    }

    private static Order order(Place place) throws Place.Misfit {
        if (!place.isGiven()) {
            return Order.ANY;
        }
        try {
            return Order.of(place.text());
        } catch (IllegalArgumentException noSuchOrder) {
            throw place.misfit(noSuchOrder.getMessage());
        }
    }

    private static Optional<LockMode> lock(Place place) throws Place.Misfit {
        if (!place.isGiven()) {
            return Optional.empty();
        }
        try {
            return Optional.of(LockMode.of(place.text()));
        } catch (IllegalArgumentException noSuchMode) {
            throw place.misfit(noSuchMode.getMessage());
        }
    }

    private static Approver approver(Place place) throws Place.Misfit {
        place.requireKeys("user", "group", "required", "notify");
        Place user = place.get("user");
        Place group = place.get("group");
        Place required = place.get("required");
        if (user.isGiven() == group.isGiven()) {
            throw place.misfit("expected either user or group");
        }
        if (user.isGiven() && required.isGiven()) {
            throw required.misfit("stands with a group only; a user is one person");
        }
        int members = required.isGiven() ? required.wholeNumber() : 1;
        String name = user.isGiven() ? user.text() : group.text();
        try {
            return user.isGiven() ? Approver.user(name) : Approver.group(name, members);
        } catch (IllegalArgumentException cannotBeMeant) {
            throw place.misfit(cannotBeMeant.getMessage());
        }
    }

    private static List<Administrator> administrators(Place place) throws Place.Misfit {
        List<Administrator> administrators = new ArrayList<>();
        if (place.isGiven()) {
            for (Place item : place.items()) {
                administrators.add(administrator(item));
            }
        }
        return administrators;
    }

    private static Administrator administrator(Place place) throws Place.Misfit {
        place.requireKeys("user", "group");
        Place user = place.get("user");
        Place group = place.get("group");
        if (user.isGiven() == group.isGiven()) {
            throw place.misfit("expected either user or group");
        }
        String name = user.isGiven() ? user.text() : group.text();
        try {
            return user.isGiven() ? Administrator.user(name) : Administrator.group(name);
        } catch (IllegalArgumentException cannotBeMeant) {
            throw place.misfit(cannotBeMeant.getMessage());
        }
    }

    static Optional<Duration> span(Place place) throws Place.Misfit {
        if (!place.isGiven()) {
            return Optional.empty();
        }
        return Optional.of(span(place, place.text()));
    }

    /** @param text the span, of {@code place} or a part of it */
    static Duration span(Place place, String text) throws Place.Misfit {
        try {
            return TimeSpan.parse(text);
        } catch (IllegalArgumentException notASpan) {
            String value = "\"" + text + "\"";
            String why = notASpan.getMessage();
            throw place.misfit(why.contains(value) ? why : value + ": " + why);
        }
    }
}
