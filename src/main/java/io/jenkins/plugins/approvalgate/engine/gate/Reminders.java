package io.jenkins.plugins.approvalgate.engine.gate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When the approvers of a gate are reminded, and when others are told that nobody decides. Pure. What is due is recorded,
 * and what is recorded is never due again: so a restart reminds nobody twice, and what fell into a time without a controller
 * is made up for once.
 */
public final class Reminders {

    private Reminders() {}

    /** What has to be recorded by now; nothing while no approval is missing. */
    public static List<GateEvent> due(Gate gate, Notifications notifications, Instant now) {
        if (waitsForNobody(gate)) {
            return List.of();
        }
        List<GateEvent> due = new ArrayList<>();
        reminders(gate, notifications)
                .filter(time -> !time.isAfter(now))
                .max(Instant::compareTo)
                .filter(time -> !wasReminded(gate, time))
                .ifPresent(time -> due.add(new GateEvent.Reminded(now, time)));
        escalation(gate, notifications)
                .filter(time -> !time.isAfter(now))
                .ifPresent(time -> due.add(new GateEvent.Escalated(now, notifications.escalateTo())));
        return due;
    }

    /** When something may be due next; empty if nothing will be. */
    public static Optional<Instant> next(Gate gate, Notifications notifications, Instant now) {
        if (waitsForNobody(gate)) {
            return Optional.empty();
        }
        return Stream.concat(reminders(gate, notifications), escalation(gate, notifications).stream())
                .filter(now::isBefore)
                .min(Instant::compareTo);
    }

    private static boolean waitsForNobody(Gate gate) {
        return !gate.isOpen() || gate.isBypassed() || gate.tally().complete();
    }

    private static Stream<Instant> reminders(Gate gate, Notifications notifications) {
        Instant asked = gate.requested().at();
        return gate.requested().slaDue().stream().flatMap(due -> {
            List<Duration> before = notifications
                    .remindBefore()
                    .orElseGet(() -> List.of(Duration.between(asked, due).dividedBy(4)));
            return Stream.concat(before.stream().map(due::minus).filter(asked::isBefore), Stream.of(due));
        });
    }

    private static boolean wasReminded(Gate gate, Instant time) {
        return gate.history().stream()
                .anyMatch(recorded -> recorded.event() instanceof GateEvent.Reminded reminded
                        && !reminded.due().isBefore(time));
    }

    /** Once a gate. */
    private static Optional<Instant> escalation(Gate gate, Notifications notifications) {
        boolean told = gate.history().stream().anyMatch(recorded -> recorded.event() instanceof GateEvent.Escalated);
        return told || notifications.escalateTo().isEmpty()
                ? Optional.empty()
                : gate.requested().slaDue().map(due -> due.plus(notifications.escalateAfter()));
    }
}
