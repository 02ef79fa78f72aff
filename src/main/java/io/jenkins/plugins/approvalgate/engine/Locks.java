package io.jenkins.plugins.approvalgate.engine;

import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.GateRequest;
import io.jenkins.plugins.approvalgate.engine.gate.LockMode;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who holds the lock of each environment, and who waits for nothing else. First come, first served, by the time of the
 * request. Only a copy: that a gate holds a lock is in the journal, and from there this is made again at each start.
 *
 * <p>Thread-safe; waits for nothing.
 */
final class Locks {

    private record Place(Instant requestedAt, String gate) {
        static final Comparator<Place> FIRST_COME =
                Comparator.comparing(Place::requestedAt).thenComparing(Place::gate);

        static Place of(Gate gate) {
            return new Place(gate.requested().at(), gate.id());
        }
    }

    private static final class Lock {
        /**
         * The gates that have it, and their builds. All of one build, which never waits for itself; but for gates that were
         * restored because the journal had lost them while others went on.
         */
        private final Map<String, String> holders = new LinkedHashMap<>();
        /** All open gates that want it. */
        private final TreeSet<Place> open = new TreeSet<>(Place.FIRST_COME);
        /** Those of them that are known to wait for nothing else. */
        private final TreeSet<Place> waiting = new TreeSet<>(Place.FIRST_COME);

        private boolean isHeldByAnotherBuild(Gate gate) {
            String build = gate.request().buildIdentity();
            return holders.values().stream().anyMatch(holder -> !holder.equals(build));
        }

        private boolean isIdle() {
            return holders.isEmpty() && open.isEmpty() && waiting.isEmpty();
        }
    }

    /** By environment. */
    private final Map<String, Lock> locks = new HashMap<>();
    /** The gates that are open or hold a lock where only the newest build counts: by environment and job, then by build. */
    private final Map<String, NavigableMap<Integer, Set<String>>> newest = new HashMap<>();
    /** Gates whose newer build ended before it was written that it superseded them: they stay superseded, by that build. */
    private final Map<String, Integer> superseded = new HashMap<>();

    /** Takes in what became of a gate: a new one, one that changed or that was found at the start. */
    synchronized void follow(Gate gate) {
        if (!gate.wantsLock()) {
            return;
        }
        Lock lock = lock(gate);
        if (gate.isOpen()) {
            lock.open.add(Place.of(gate));
        } else {
            lock.open.remove(Place.of(gate));
        }
        if (gate.holdsLock()) {
            lock.waiting.remove(Place.of(gate));
            lock.holders.put(gate.id(), gate.request().buildIdentity());
        } else if (!gate.isOpen()) {
            leave(gate);
            free(gate);
        }
        count(gate);
    }

    private void count(Gate gate) {
        if (gate.requested().lock().filter(LockMode.NEWEST_ONLY::equals).isEmpty()) {
            return;
        }
        String key = environmentAndJob(gate);
        int build = gate.request().build();
        if (gate.isOpen() || gate.holdsLock()) {
            newest.computeIfAbsent(key, k -> new TreeMap<>())
                    .computeIfAbsent(build, b -> new HashSet<>())
                    .add(gate.id());
            return;
        }
        NavigableMap<Integer, Set<String>> builds = newest.getOrDefault(key, new TreeMap<>());
        Set<String> ofBuild = builds.getOrDefault(build, new HashSet<>());
        superseded.remove(gate.id());
        if (ofBuild.remove(gate.id())) {
            builds.headMap(build, false).values().forEach(older -> older.forEach(id -> superseded.merge(id, build, Math::max)));
        }
        if (ofBuild.isEmpty()) {
            builds.remove(build);
        }
        if (builds.isEmpty()) {
            newest.remove(key);
        }
    }

    private static String environmentAndJob(Gate gate) {
        GateRequest request = gate.request();
        return request.environment() + "/" + request.jobIdentity();
    }

    /**
     * The number of the newest build of the same job that supersedes {@code gate}; empty if none does. One that asked while
     * the gate was open does so for good, however soon it ends.
     */
    synchronized Optional<Integer> newer(Gate gate) {
        if (gate.holdsLock() || gate.requested().lock().filter(LockMode.NEWEST_ONLY::equals).isEmpty()) {
            return Optional.empty();
        }
        return Optional.ofNullable(newest.get(environmentAndJob(gate)))
                .map(NavigableMap::lastKey)
                .filter(build -> build > gate.request().build())
                .or(() -> Optional.ofNullable(superseded.get(gate.id())));
    }

    /** The open gates of older builds that {@code gate} supersedes. */
    synchronized List<String> older(Gate gate) {
        if (gate.requested().lock().filter(LockMode.NEWEST_ONLY::equals).isEmpty()) {
            return List.of();
        }
        return newest.getOrDefault(environmentAndJob(gate), new TreeMap<>())
                .headMap(gate.request().build(), false)
                .values()
                .stream()
                .flatMap(Set::stream)
                .toList();
    }

    /**
     * The open gates that would come before {@code gate}, as far as they are not known to wait for nothing else: none if the
     * lock is not free, since nobody gets it now.
     */
    synchronized List<String> before(Gate gate) {
        Lock lock = lock(gate);
        return !lock.holders.isEmpty()
                ? List.of()
                : lock.open.headSet(Place.of(gate)).stream()
                        .filter(place -> !lock.waiting.contains(place))
                        .map(Place::gate)
                        .toList();
    }

    /** Takes a place among those that wait for nothing but the lock, unless the gate has ended meanwhile. */
    synchronized void enter(Gate gate) {
        Lock lock = lock(gate);
        if (lock.open.contains(Place.of(gate))) {
            lock.waiting.add(Place.of(gate));
        }
        tidy(gate, lock);
    }

    /**
     * Takes the lock for a gate that waits for nothing else, or a place in the queue. A build that has it gets it again.
     *
     * @return whether the gate has it; then it is either recorded, or given back by {@link #unclaim}
     */
    synchronized boolean claim(Gate gate) {
        Lock lock = lock(gate);
        if (lock.holders.containsKey(gate.id())) {
            return true;
        }
        lock.waiting.add(Place.of(gate));
        boolean first = lock.holders.isEmpty() && lock.waiting.first().equals(Place.of(gate));
        boolean again = !lock.holders.isEmpty() && !lock.isHeldByAnotherBuild(gate);
        if (first || again) {
            lock.waiting.remove(Place.of(gate));
            lock.holders.put(gate.id(), gate.request().buildIdentity());
        }
        return first || again;
    }

    /** Gives up the place in the queue. */
    synchronized void leave(Gate gate) {
        Lock lock = lock(gate);
        lock.waiting.remove(Place.of(gate));
        tidy(gate, lock);
    }

    /** That {@code gate} has the lock could not be recorded: it is the next again. */
    synchronized void unclaim(Gate gate) {
        Lock lock = lock(gate);
        if (!gate.holdsLock() && lock.holders.remove(gate.id()) != null) {
            lock.waiting.add(Place.of(gate));
        }
        tidy(gate, lock);
    }

    /** Gives the lock back, if {@code gate} has it. */
    private void free(Gate gate) {
        Lock lock = lock(gate);
        lock.holders.remove(gate.id());
        tidy(gate, lock);
    }

    /** The gate that may have the lock next; empty while somebody holds it, or nobody waits. */
    synchronized Optional<String> next(String environment) {
        return Optional.ofNullable(locks.get(environment))
                .filter(lock -> lock.holders.isEmpty() && !lock.waiting.isEmpty())
                .map(lock -> lock.waiting.first().gate());
    }

    /** The gate that holds the environment's lock; empty if none does. */
    synchronized Optional<String> holder(String environment) {
        return Optional.ofNullable(locks.get(environment)).flatMap(lock -> lock.holders.keySet().stream().findFirst());
    }

    /** Whether a gate of another build holds the lock that {@code gate} wants. */
    synchronized boolean isHeldByAnotherBuild(Gate gate) {
        return Optional.ofNullable(locks.get(gate.request().environment()))
                .filter(lock -> lock.isHeldByAnotherBuild(gate))
                .isPresent();
    }

    /** The gates that wait for nothing but the environment's lock, the next one first. */
    synchronized List<String> waiting(String environment) {
        return Optional.ofNullable(locks.get(environment))
                .map(lock -> lock.waiting.stream().map(Place::gate).toList())
                .orElse(List.of());
    }

    private Lock lock(Gate gate) {
        return locks.computeIfAbsent(gate.request().environment(), name -> new Lock());
    }

    private void tidy(Gate gate, Lock lock) {
        if (lock.isIdle()) {
            locks.remove(gate.request().environment(), lock);
        }
    }
}
