package io.jenkins.plugins.approvalgate.host.metrics;

import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * How many gates are open, and how many of them are overdue, counted as gates come and go: to ask costs the same however many
 * there are. Thread-safe.
 */
final class OpenGates {

    private record Due(Instant at, String gate) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            return at.compareTo(other.at);
        }
    }

    /** When each is due, for those that ever are. */
    private final Map<String, Optional<Instant>> open = new HashMap<>();
    /** Those that were not due when somebody asked last; also some that have ended. */
    private final PriorityQueue<Due> next = new PriorityQueue<>();
    private final Set<String> overdue = new HashSet<>();

    /** Takes a gate as it is now. */
    synchronized void put(Gate gate) {
        if (!gate.isOpen()) {
            open.remove(gate.id());
            overdue.remove(gate.id());
        } else if (open.put(gate.id(), gate.requested().slaDue()) == null) {
            gate.requested().slaDue().ifPresent(due -> next.add(new Due(due, gate.id())));
        }
    }

    synchronized int open() {
        return open.size();
    }

    /** Those of which the time of the SLA has passed. */
    synchronized int overdue(Instant now) {
        while (!next.isEmpty() && next.peek().at().isBefore(now)) {
            String gate = next.remove().gate();
            if (open.containsKey(gate)) {
                overdue.add(gate);
            }
        }
        return overdue.size();
    }
}
