package io.jenkins.plugins.approvalgate.engine;

import io.jenkins.plugins.approvalgate.engine.gate.ApprovalPolicy;
import io.jenkins.plugins.approvalgate.engine.gate.Approval;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.GateRequest;
import io.jenkins.plugins.approvalgate.engine.gate.StandIn;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The open gates by their ids, so oldest first; in groups of those that ask the same of the same people, so that whoever
 * looks for theirs asks once for each group; and counted by environment and job. It holds what the journal's lines came to
 * and nothing that a directory, a check or a clock said: those are asked when somebody looks.
 *
 * <p>Only a copy, told each new state of a gate before anybody else sees it. Thread-safe; waits for nothing, and never
 * calls out while it holds its lock.
 */
public final class OpenGates {

    private static final int FIRST_PORTION = 64;
    private static final int LARGEST_PORTION = 4_096;

    /** All that decides whom a gate asks, apart from who started its build, and time. */
    private record Form(
            String environment,
            ApprovalPolicy policy,
            List<StandIn> standIns,
            List<Approval> approvals,
            boolean bypassed) {

        static Form of(Gate gate) {
            return new Form(
                    gate.request().environment(), gate.policy(), gate.standIns(), gate.approvals(), gate.isBypassed());
        }
    }

    /** The gates of one form, by their ids. */
    private static final class Group {
        private final Form form;
        /** Groups are numbered as they come, so that those are known that came since. */
        private final long number;
        private final TreeMap<String, Gate> gates = new TreeMap<>();

        private Group(Form form, long number) {
            this.form = form;
            this.number = number;
        }
    }

    /** How many open gates of a job there are. */
    private static final class Crowd {
        private GateRequest last;
        private int size;
    }

    private final Map<Form, Group> groups = new HashMap<>();
    private final TreeMap<String, Group> groupById = new TreeMap<>();
    /** By environment, then by the identity of the job. */
    private final Map<String, Map<String, Crowd>> crowds = new HashMap<>();
    private long numbers;
    private long changes;

    /** Takes in what became of a gate. */
    synchronized void follow(Gate gate) {
        Group before = groupById.get(gate.id());
        if (before != null) {
            remove(gate.id(), before);
        }
        if (gate.isOpen()) {
            Group group = groups.computeIfAbsent(Form.of(gate), form -> new Group(form, ++numbers));
            group.gates.put(gate.id(), gate);
            groupById.put(gate.id(), group);
        }
        changes++;
        count(gate, (gate.isOpen() ? 1 : 0) - (before != null ? 1 : 0));
    }

    private void remove(String id, Group group) {
        group.gates.remove(id);
        groupById.remove(id);
        if (group.gates.isEmpty()) {
            groups.remove(group.form);
        }
    }

    private void count(Gate gate, int more) {
        GateRequest request = gate.request();
        Map<String, Crowd> ofEnvironment = crowds.computeIfAbsent(request.environment(), name -> new HashMap<>());
        Crowd crowd = ofEnvironment.computeIfAbsent(request.jobIdentity(), job -> new Crowd());
        crowd.last = request;
        crowd.size += more;
        if (crowd.size == 0) {
            ofEnvironment.remove(request.jobIdentity());
        }
        if (ofEnvironment.isEmpty()) {
            crowds.remove(request.environment());
        }
    }

    /** How many there are. */
    public synchronized int size() {
        return groupById.size();
    }

    /** Grows with each change of a gate: as long as it is the same, so are all open gates. */
    public synchronized long changes() {
        return changes;
    }

    /**
     * How many there are of each environment.
     *
     * @param counts whether the gates of the request's job count; asked once for each job of an environment
     */
    public Map<String, Long> byEnvironment(Predicate<GateRequest> counts) {
        Map<GateRequest, Integer> sizes = new IdentityHashMap<>();
        synchronized (this) {
            crowds.values().forEach(jobs -> jobs.values().forEach(crowd -> sizes.put(crowd.last, crowd.size)));
        }
        Map<String, Long> byEnvironment = new HashMap<>();
        sizes.forEach((request, size) -> {
            if (counts.test(request)) {
                byEnvironment.merge(request.environment(), (long) size, Long::sum);
            }
        });
        return byEnvironment;
    }

    /** All whose ids come after {@code id}, oldest first, as they are when the stream comes to them. */
    public Stream<Gate> after(String id) {
        return stream(new Walk(id) {
            @Override
            List<Gate> next(String last, int most) {
                return portion(last, most);
            }
        });
    }

    private synchronized List<Gate> portion(String last, int most) {
        return groupById.tailMap(last, false).entrySet().stream()
                .limit(most)
                .map(entry -> entry.getValue().gates.get(entry.getKey()))
                .toList();
    }

    /**
     * Of the gates whose ids come after {@code id} those that are of a form that {@code wanted} accepts, oldest first.
     *
     * @param wanted asked for one gate of each group, which stands for all of them: it may look at the gate's environment,
     *     policy, stand-ins and approvals, whether it was bypassed, and at nothing else of it
     */
    public Stream<Gate> after(String id, Predicate<Gate> wanted) {
        Judged judged = new Judged(wanted);
        return stream(new Walk(id) {
            @Override
            List<Gate> next(String last, int most) {
                while (true) {
                    Optional<List<Gate>> portion = portion(last, most, judged);
                    if (portion.isPresent()) {
                        return portion.get();
                    }
                    judged.judge();
                }
            }
        });
    }

    /** What somebody wants to see of the groups that there are so far. */
    private static final class Judged {
        private final Predicate<Gate> wanted;
        private final List<Group> accepted = new ArrayList<>();
        /** Of the groups that are not judged yet, a gate each. */
        private final Map<Group, Gate> open = new IdentityHashMap<>();
        private long lastNumber;

        Judged(Predicate<Gate> wanted) {
            this.wanted = wanted;
        }

        /** Not while the lock is held: who is in a group has to be asked. */
        void judge() {
            open.forEach((group, gate) -> {
                if (wanted.test(gate)) {
                    accepted.add(group);
                }
            });
            open.clear();
        }
    }

    /** The next ones of the accepted groups; empty if there are groups that have to be judged first. */
    private synchronized Optional<List<Gate>> portion(String last, int most, Judged judged) {
        if (judged.lastNumber < numbers) {
            groups.values().stream()
                    .filter(group -> group.number > judged.lastNumber)
                    .forEach(group -> judged.open.put(group, group.gates.firstEntry().getValue()));
            judged.lastNumber = numbers;
        }
        return judged.open.isEmpty() ? Optional.of(merge(judged.accepted, last, most)) : Optional.empty();
    }

    private static List<Gate> merge(List<Group> groups, String last, int most) {
        PriorityQueue<Head> heads = new PriorityQueue<>(Comparator.comparing((Head head) -> head.gate.id()));
        for (Group group : groups) {
            Head.of(group.gates.tailMap(last, false)).ifPresent(heads::add);
        }
        List<Gate> gates = new ArrayList<>();
        while (!heads.isEmpty() && gates.size() < most) {
            Head head = heads.remove();
            gates.add(head.gate);
            head.next().ifPresent(heads::add);
        }
        return gates;
    }

    /** The first of the gates that are left of a group. */
    private record Head(Gate gate, Iterator<Gate> rest) {
        static Optional<Head> of(NavigableMap<String, Gate> gates) {
            return of(gates.values().iterator());
        }

        private static Optional<Head> of(Iterator<Gate> rest) {
            return rest.hasNext() ? Optional.of(new Head(rest.next(), rest)) : Optional.empty();
        }

        Optional<Head> next() {
            return of(rest);
        }
    }

    /** In portions that grow: a page takes a small one, and who counts takes few. */
    private abstract static class Walk implements Iterator<Gate> {
        private String last;
        private int most = FIRST_PORTION;
        private Iterator<Gate> portion = List.<Gate>of().iterator();
        private boolean ended;

        Walk(String after) {
            last = after;
        }

        /** At most {@code most} gates, those that come next after {@code last}; none only at the end. */
        abstract List<Gate> next(String last, int most);

        @Override
        public boolean hasNext() {
            if (!portion.hasNext() && !ended) {
                List<Gate> gates = next(last, most);
                most = Math.min(LARGEST_PORTION, most * 2);
                portion = gates.iterator();
                ended = gates.isEmpty();
            }
            return portion.hasNext();
        }

        @Override
        public Gate next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            Gate gate = portion.next();
            last = gate.id();
            return gate;
        }
    }

    private static Stream<Gate> stream(Walk walk) {
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(walk, Spliterator.ORDERED | Spliterator.DISTINCT | Spliterator.NONNULL),
                false);
    }
}
