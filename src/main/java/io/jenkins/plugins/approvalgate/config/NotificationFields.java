package io.jenkins.plugins.approvalgate.config;

import hudson.util.FormValidation;
import io.jenkins.plugins.approvalgate.engine.gate.Approver;
import io.jenkins.plugins.approvalgate.engine.gate.Notifications;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who else is told of an environment's gates, and when: as the form has it, and as the engine has it. */
final class NotificationFields {

    private NotificationFields() {}

    /** @throws IllegalArgumentException if it cannot be meant; the message names the field */
    static Notifications toEngine(EnvironmentItem item) {
        Map<Approver, List<String>> addresses = new HashMap<>();
        for (ApproverItem approver : item.getApprovers()) {
            if (!approver.getNotify().isEmpty()) {
                addresses.put(approver.toEngine(), approver.getNotify());
            }
        }
        return new Notifications(
                Optional.ofNullable(item.getRemindBefore()).map(NotificationFields::durations),
                item.getEscalateTo(),
                Optional.ofNullable(item.getEscalateAfter())
                        .map(text -> EnvironmentItem.span("escalateAfter", text))
                        .orElse(Duration.ZERO),
                addresses);
    }

    private static List<Duration> durations(TimeSpans spans) {
        return spans.items().stream().map(text -> EnvironmentItem.span("remindBefore", text)).toList();
    }

    static FormValidation checkReminders(String text, String sla) {
        TimeSpans spans = TimeSpans.parse(text);
        if (spans == null) {
            return FormValidation.ok();
        }
        new Notifications(Optional.of(durations(spans)), List.of(), Duration.ZERO, Map.of());
        return orNothingIsDue(sla);
    }

    static FormValidation checkEscalation(String lines, String sla) {
        List<String> addresses = Lines.of(lines);
        new Notifications(Optional.empty(), addresses, Duration.ZERO, Map.of());
        return addresses.isEmpty() ? FormValidation.ok() : orNothingIsDue(sla);
    }

    private static FormValidation orNothingIsDue(String sla) {
        return sla.isBlank() ? FormValidation.warning(Messages.NotificationFields_noSla()) : FormValidation.ok();
    }

    static FormValidation checkAddresses(String lines) {
        new Notifications(Optional.empty(), List.of(), Duration.ZERO, Map.of(Approver.user("anyone"), Lines.of(lines)));
        return FormValidation.ok();
    }
}
