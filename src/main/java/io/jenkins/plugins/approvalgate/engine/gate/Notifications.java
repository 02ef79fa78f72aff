package io.jenkins.plugins.approvalgate.engine.gate;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who is told of an environment's gates, beyond the people of its policy, and when they are reminded. These are no rules: a
 * gate does not copy them, so that a wrong address can be mended while it waits.
 *
 * @param remindBefore how long before the expected answer time the approvers are reminded; empty for a quarter of the SLA.
 *     At that time itself they always are
 * @param escalateTo the mail addresses that are told when nobody has decided
 * @param escalateAfter how long after the expected answer time that is
 * @param addresses by entry: the mail addresses that are told where the entry's people cannot be listed
 */
public record Notifications(
        Optional<List<Duration>> remindBefore,
        List<String> escalateTo,
        Duration escalateAfter,
        Map<Approver, List<String>> addresses) {

    /** Reminders as usual and nobody else to tell. */
    public static final Notifications USUAL =
            new Notifications(Optional.empty(), List.of(), Duration.ZERO, Map.of());

    private static final int MOST = 20;

    /** @throws IllegalArgumentException if a value cannot be meant; the message says which */
    public Notifications {
        remindBefore = remindBefore.map(List::copyOf);
        if (remindBefore.filter(spans -> spans.size() > MOST || spans.stream().anyMatch(Notifications::isNotAhead)).isPresent()) {
            throw new IllegalArgumentException("remindBefore has to be up to " + MOST + " spans longer than nothing");
        }
        if (escalateAfter.isNegative()) {
            throw new IllegalArgumentException("escalateAfter cannot be negative");
        }
        escalateTo = requireAddresses("escalateTo", escalateTo);
        Map<Approver, List<String>> byEntry = new HashMap<>();
        addresses.forEach((entry, list) -> byEntry.put(key(entry), requireAddresses("notify", list)));
        addresses = Map.copyOf(byEntry);
    }

    private static boolean isNotAhead(Duration span) {
        return span.isNegative() || span.isZero();
    }

    /** No more is asked than that it cannot be two addresses or a header: whether mail arrives, only a mail can tell. */
    private static List<String> requireAddresses(String field, List<String> addresses) {
        for (String address : addresses) {
            if (address.length() > 254 || !address.matches("[^\\s@,;<>()\"\\\\\\p{Cntrl}]+@[^\\s@,;<>()\"\\\\\\p{Cntrl}]+")) {
                throw new IllegalArgumentException(field + ": \"" + address + "\" is no mail address");
            }
        }
        return List.copyOf(addresses);
    }

    /** The addresses to tell in place of an entry's people; none if none are configured. */
    public List<String> addressesOf(Approver entry) {
        return addresses.getOrDefault(key(entry), List.of());
    }

    /** How many members it needs does not tell one entry from another. */
    private static Approver key(Approver entry) {
        return entry instanceof Approver.Group group ? Approver.group(group.name(), 1) : entry;
    }
}
