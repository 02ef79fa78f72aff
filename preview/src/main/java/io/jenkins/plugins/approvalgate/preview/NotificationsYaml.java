package io.jenkins.plugins.approvalgate.preview;

import io.jenkins.plugins.approvalgate.engine.gate.Approver;
import io.jenkins.plugins.approvalgate.engine.gate.Notifications;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads who else is told of an environment's gates, and when: fields of the environment and of its approvers. */
final class NotificationsYaml {

    private NotificationsYaml() {}

    /**
     * @param environment which was found to have no other fields than it may
     * @param approvers what was read of its field of that name
     */
    static Notifications read(Place environment, List<Approver> approvers) throws Place.Misfit {
        Place before = environment.get("remindBefore");
        Place after = environment.get("escalateAfter");
        Optional<List<Duration>> remindBefore = before.isGiven() ? Optional.of(spans(before)) : Optional.empty();
        Duration escalateAfter = after.isGiven() ? EnvironmentYaml.span(after, after.text()) : Duration.ZERO;
        List<String> escalateTo = SettingsYaml.textsIfGiven(environment.get("escalateTo"));
        Map<Approver, List<String>> addresses = addresses(environment, approvers);
        try {
            return new Notifications(remindBefore, escalateTo, escalateAfter, addresses);
        } catch (IllegalArgumentException cannotBeMeant) {
            throw environment.misfit(cannotBeMeant.getMessage());
        }
    }

    private static List<Duration> spans(Place place) throws Place.Misfit {
        List<Duration> spans = new ArrayList<>();
        List<String> texts = place.texts();
        // How Jenkins exports an empty list.
        if (!texts.equals(List.of("none"))) {
            for (String text : texts) {
                spans.add(EnvironmentYaml.span(place, text));
            }
        }
        return spans;
    }

    private static Map<Approver, List<String>> addresses(Place environment, List<Approver> approvers)
            throws Place.Misfit {
        Map<Approver, List<String>> addresses = new HashMap<>();
        int entry = 0;
        for (Place approver : environment.get("approvers").items()) {
            if (approver.get("notify").isGiven()) {
                addresses.put(approvers.get(entry), approver.get("notify").texts());
            }
            entry++;
        }
        return addresses;
    }
}
