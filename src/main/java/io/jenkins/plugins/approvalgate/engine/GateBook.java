package io.jenkins.plugins.approvalgate.engine;

import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.GateRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The gates in memory: all that are open or hold a lock, and the last thousand that ended. Holds only what is on disk. Thread-safe; a
 * gate's slot is changed by whoever holds its lock.
 */
final class GateBook {

    static final int REMEMBERED = 1_000;

    /** An open gate's place: decisions on one gate wait for each other, those on different gates do not. */
    static final class Slot {
        final ReentrantLock lock = new ReentrantLock();
        private volatile Gate gate;
        /** The earliest time at which this gate will be looked at; {@code null} for none. Guarded by the slot. */
        private Instant alarm;

        private Slot(Gate gate) {
            this.gate = gate;
        }

        Gate gate() {
            return gate;
        }

        /** Whether a look at {@code due} has to be arranged, because none is before. */
        synchronized boolean needsAlarm(Instant due) {
            if (alarm != null && !due.isBefore(alarm)) {
                return false;
            }
            alarm = due;
            return true;
        }

        /** The gate is being looked at, as was arranged for {@code due}. */
        synchronized void alarmRang(Instant due) {
            if (due.equals(alarm)) {
                alarm = null;
            }
        }
    }

    private final Map<String, Slot> open = new ConcurrentHashMap<>();
    /** The gate that each request of a build got, for the gates in this book. */
    private final Map<String, String> idByRequest = new ConcurrentHashMap<>();
    /** In the order in which they ended; guarded by itself. */
    private final LinkedHashMap<String, Gate> ended = new LinkedHashMap<>();
    /** Gates that opened and hold their environment's lock, however long ago they opened. */
    private final Map<String, Gate> holders = new ConcurrentHashMap<>();
    private final Consumer<String> onForgotten;

    /** @param onForgotten told the ids of the gates that are kept no more; has to return at once */
    GateBook(Consumer<String> onForgotten) {
        this.onForgotten = onForgotten;
    }

    /** Takes in the state of a gate; whoever changes an open one holds its slot's lock. */
    void put(Gate gate) {
        idByRequest.put(requestOf(gate.request()), gate.id());
        if (gate.isOpen()) {
            Slot slot = open.computeIfAbsent(gate.id(), id -> new Slot(gate));
            slot.gate = gate;
            return;
        }
        if (gate.holdsLock()) {
            holders.put(gate.id(), gate);
        } else {
            holders.remove(gate.id());
        }
        synchronized (ended) {
            ended.put(gate.id(), gate);
            if (ended.size() > REMEMBERED) {
                Gate oldest = ended.remove(ended.keySet().iterator().next());
                onForgotten.accept(oldest.id());
                if (!oldest.holdsLock()) {
                    idByRequest.remove(requestOf(oldest.request()), oldest.id());
                }
            }
        }
        Slot slot = open.remove(gate.id());
        if (slot != null) {
            slot.gate = gate;
        }
    }

    Optional<Slot> openSlot(String id) {
        return Optional.ofNullable(open.get(id));
    }

    /** The gate with this id, if it is in the book. */
    Optional<Gate> find(String id) {
        Slot slot = open.get(id);
        if (slot != null) {
            return Optional.of(slot.gate());
        }
        synchronized (ended) {
            return Optional.ofNullable(ended.get(id)).or(() -> Optional.ofNullable(holders.get(id)));
        }
    }

    /** The gates that have ended and hold a lock, in no order. */
    List<Gate> holders() {
        return List.copyOf(holders.values());
    }

    /** The number of the first line of all gates that are open or hold a lock; the largest there is where none is. */
    long firstSeq() {
        return Stream.concat(open.values().stream().map(Slot::gate), holders.values().stream())
                .mapToLong(gate -> gate.history().get(0).seq())
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** The gate that the same request got before, if it is in the book. */
    Optional<Gate> findByRequest(GateRequest request) {
        return Optional.ofNullable(idByRequest.get(requestOf(request))).flatMap(this::find);
    }

    /** All open gates, in no order. */
    Collection<Gate> open() {
        return open.values().stream().map(Slot::gate).filter(Gate::isOpen).toList();
    }

    /** The gates that ended last, in the order in which they did. */
    List<Gate> ended() {
        synchronized (ended) {
            return new ArrayList<>(ended.values());
        }
    }

    private static String requestOf(GateRequest request) {
        return request.buildIdentity() + " " + request.key();
    }
}
