package io.jenkins.plugins.approvalgate.engine;

import io.jenkins.plugins.approvalgate.engine.audit.EventCodec;
import io.jenkins.plugins.approvalgate.engine.audit.Journal;
import io.jenkins.plugins.approvalgate.engine.audit.JournalLine;
import io.jenkins.plugins.approvalgate.engine.audit.JournalUnavailableException;
import io.jenkins.plugins.approvalgate.engine.gate.Command;
import io.jenkins.plugins.approvalgate.engine.gate.Conditions;
import io.jenkins.plugins.approvalgate.engine.gate.Decision;
import io.jenkins.plugins.approvalgate.engine.gate.Environment;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.GateEvent;
import io.jenkins.plugins.approvalgate.engine.gate.GateId;
import io.jenkins.plugins.approvalgate.engine.gate.GateRequest;
import io.jenkins.plugins.approvalgate.engine.gate.GateRules;
import io.jenkins.plugins.approvalgate.engine.gate.Recorded;
import io.jenkins.plugins.approvalgate.engine.gate.Standing;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The one door for commands. Whatever it answers is on disk before it answers, and what it could not write has not
 * happened.
 *
 * <p>Thread-safe. Decisions on one gate take turns; those on different gates share the disk's force. The directory is
 * asked before a lock is taken, never while one is held. All commands wait for the disk: call them from a web or worker
 * thread, never from a pipeline's.
 */
public final class GateKeeper implements Closeable {

    private static final Logger LOGGER = Logger.getLogger(GateKeeper.class.getName());

    private final Host host;
    private final Clock clock;
    private final GateBook book;
    private final Journal journal;
    private final GateArchive archive;
    private final Workers workers = new Workers();
    private final Timers timers;
    /** So that a build that asks twice at once gets one gate. */
    private final ReentrantLock opening = new ReentrantLock();

    private GateKeeper(Host host, Clock clock, GateBook book, Journal journal) {
        this.host = host;
        this.clock = clock;
        this.book = book;
        this.journal = journal;
        archive = new GateArchive(journal);
        timers = new Timers(clock, workers.commands());
    }

    /**
     * Opens the journal under {@code home} and finds the gates as they were. Nothing happens by itself before
     * {@link #start()}.
     *
     * @throws IOException if the journal cannot be read, or is in use by another process
     */
    public static GateKeeper open(Path home, Host host, Clock clock) throws IOException {
        GateBook book = new GateBook();
        Journal journal = Journal.open(home.resolve("journal"), clock, GateBook.REMEMBERED, book::replay);
        return new GateKeeper(host, clock, book, journal);
    }

    /** Begins to let time act: what timed out while nobody was here closes now. */
    public void start() {
        timers.start();
        for (Gate gate : book.open()) {
            workers.commands().execute(() -> settle(gate.id()));
        }
    }

    /**
     * Opens a gate for a build, or finds the one that the same request opened before, be it open or ended.
     *
     * @throws UnknownEnvironmentException if no environment has that name
     * @throws Refusal if it could not be written
     */
    public Gate request(GateRequest request) throws UnknownEnvironmentException, Refusal {
        opening.lock();
        try {
            Optional<Gate> before = book.findByRequest(request);
            if (before.isPresent()) {
                return before.get();
            }
            Instant now = now();
            GateEvent.Requested event = GateEvent.Requested.of(request, environment(request.environment()), now);
            return begin(GateId.next(now), event);
        } finally {
            opening.unlock();
        }
    }

    /**
     * Takes back a gate that the build still knows and the journal does not. The journal says that it was restored.
     *
     * @param lost as the build kept it
     * @return the gate, restored or as it was found to be known
     */
    public Gate restore(Gate lost) throws Refusal {
        opening.lock();
        try {
            Optional<Gate> known = find(lost.id());
            if (known.isPresent()) {
                adopt(lost.id());
                return known.get();
            }
            LOGGER.warning(() -> "Gate " + lost.id() + ": the journal does not know it; restored from the record of "
                    + lost.request().buildName());
            return begin(lost.id(), new GateEvent.Restored(now(), lost.history()));
        } finally {
            opening.unlock();
        }
    }

    private Environment environment(String name) throws UnknownEnvironmentException {
        List<Environment> environments = host.environments();
        for (Environment environment : environments) {
            if (environment.name().equals(name)) {
                return environment;
            }
        }
        throw new UnknownEnvironmentException(
                name, environments.stream().map(Environment::name).toList());
    }

    private Gate begin(String id, GateEvent event) throws Refusal {
        Gate gate = record(id, List.of(event), events -> Gate.open(id, events.get(0)));
        if (gate.isOpen()) {
            watchDeadline(gate);
        }
        return gate;
    }

    /**
     * Carries out a person's command.
     *
     * @param gateId of a gate that the person is known to be allowed to see
     * @return the gate after it, on disk
     * @throws Refusal if it may not be, with the reason for the person; nothing changed then
     */
    public Gate submit(String gateId, Command.ByPerson command) throws Refusal {
        Gate seen = find(gateId).orElseThrow(() -> unknown(gateId));
        Standing standing =
                Standing.of(seen, command.actor(), new Directory(host.approverGroups(), host.realm()));
        return change(gateId, gate -> GateRules.decide(gate, command, standing, Conditions.NONE, now()));
    }

    /** Calls a gate off; a gate that has ended stays as it ended. */
    public Gate cancel(String gateId, Command.Cancel command) throws Refusal {
        return change(gateId, gate -> GateRules.cancel(gate, command, now()));
    }

    /** Does what is due; where that is nothing, as when the clock was set back meanwhile, comes again at the deadline. */
    private void settle(String gateId) {
        try {
            Gate settled = change(gateId, gate -> new Decision.Accepted(List.of()));
            if (settled.isOpen()) {
                watchDeadline(settled);
            }
        } catch (Refusal refusal) {
            if (refusal.kind() == Refusal.Kind.UNAVAILABLE) {
                LOGGER.log(Level.WARNING, refusal, () -> "Gate " + gateId + ": will be tried again in a minute");
                timers.at(now().plus(1, ChronoUnit.MINUTES), () -> settle(gateId));
            }
        }
    }

    /** Under the gate's lock: first what is due by itself, then what {@code rule} says of the gate as it is then. */
    private Gate change(String gateId, Function<Gate, Decision> rule) throws Refusal {
        Optional<GateBook.Slot> slot = book.openSlot(gateId);
        if (slot.isEmpty()) {
            Gate gate = find(gateId).orElseThrow(() -> unknown(gateId));
            if (gate.isOpen()) {
                adopt(gateId);
                return change(gateId, rule);
            }
            return carryOut(gate, rule.apply(gate));
        }
        ReentrantLock lock = slot.get().lock;
        lock.lock();
        try {
            Gate gate = slot.get().gate();
            gate = carryOut(gate, GateRules.settle(gate, Conditions.NONE, now()));
            return carryOut(gate, rule.apply(gate));
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes an open gate that only the disk knows into the book, since two may not decide it at once: its own lines hold,
     * but the one before them was tampered with.
     */
    private void adopt(String gateId) throws Refusal {
        opening.lock();
        try {
            Optional<Gate> gate = find(gateId).filter(Gate::isOpen);
            if (gate.isPresent() && book.find(gateId).isEmpty()) {
                book.put(gate.get());
                watchDeadline(gate.get());
            }
        } finally {
            opening.unlock();
        }
    }

    private Gate carryOut(Gate gate, Decision decision) throws Refusal {
        if (decision instanceof Decision.Refused refused) {
            throw new Refusal(refused);
        }
        List<GateEvent> events = ((Decision.Accepted) decision).events();
        return events.isEmpty() ? gate : record(gate.id(), events, recorded -> fold(gate, recorded));
    }

    private static Gate fold(Gate gate, List<Recorded> events) {
        Gate next = gate;
        for (Recorded event : events) {
            next = next.apply(event);
        }
        return next;
    }

    /** First the disk, then the book, then whoever wants to know. */
    private Gate record(String id, List<GateEvent> events, Function<List<Recorded>, Gate> fold) throws Refusal {
        try {
            List<JournalLine> lines =
                    journal.append(events.stream().map(event -> EventCodec.draft(id, event)).toList());
            List<Recorded> recorded = new ArrayList<>(lines.size());
            for (int i = 0; i < lines.size(); i++) {
                recorded.add(new Recorded(lines.get(i).seq(), events.get(i)));
            }
            Gate gate = fold.apply(recorded);
            synchronized (book) {
                // Whoever finds a new gate in the book is told of later than its beginning.
                book.put(gate);
                workers.tell(() -> host.changed(gate, events));
            }
            return gate;
        } catch (JournalUnavailableException unavailable) {
            throw new Refusal(Refusal.Kind.UNAVAILABLE, unavailable.getMessage() + " Nothing was changed.", unavailable);
        } catch (IllegalArgumentException notUnicode) {
            throw new Refusal(Refusal.Kind.INVALID, "It cannot be recorded: " + notUnicode.getMessage() + ".", notUnicode);
        }
    }

    private void watchDeadline(Gate gate) {
        String id = gate.id();
        timers.at(gate.requested().deadline(), () -> settle(id));
    }

    /** The gate with this id, be it open or ended; empty if there never was one. Old ones are read from disk. */
    public Optional<Gate> find(String gateId) throws Refusal {
        Optional<Gate> gate = book.find(gateId);
        if (gate.isPresent()) {
            return gate;
        }
        try {
            return archive.find(gateId);
        } catch (IOException unreadable) {
            throw new Refusal(
                    Refusal.Kind.UNAVAILABLE, "The journal's lines of this gate cannot be read.", unreadable);
        }
    }

    /** The gate with this id, if it is open or among the last that ended; asks no disk. */
    public Optional<Gate> inMemory(String gateId) {
        return book.find(gateId);
    }

    /** All open gates, in no order. */
    public Collection<Gate> open() {
        return book.open();
    }

    /** The last thousand gates that ended, in the order in which they did. */
    public List<Gate> ended() {
        return book.ended();
    }

    /** The journal, for those who verify and export it. */
    public Journal journal() {
        return journal;
    }

    /** To be told when the clock was moved other than by the passing of time. */
    public void clockMoved() {
        timers.clockMoved();
    }

    /** The time that decisions are made at, to the millisecond, as the journal keeps it. */
    public Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static Refusal unknown(String gateId) {
        return new Refusal(Refusal.Kind.UNKNOWN_GATE, "There is no gate " + gateId + ".", null);
    }

    /** Finishes what was begun. */
    @Override
    public void close() throws IOException {
        timers.close();
        workers.close();
        journal.close();
    }
}
