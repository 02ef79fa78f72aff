package io.jenkins.plugins.approvalgate.engine;

import io.jenkins.plugins.approvalgate.engine.audit.Journal;
import io.jenkins.plugins.approvalgate.engine.audit.JournalLine;
import io.jenkins.plugins.approvalgate.engine.audit.Notes;
import io.jenkins.plugins.approvalgate.engine.check.Check;
import io.jenkins.plugins.approvalgate.engine.check.CheckTypes;
import io.jenkins.plugins.approvalgate.engine.check.Subject;
import io.jenkins.plugins.approvalgate.engine.gate.CheckResult;
import io.jenkins.plugins.approvalgate.engine.gate.CheckSpec;
import io.jenkins.plugins.approvalgate.engine.gate.Command;
import io.jenkins.plugins.approvalgate.engine.gate.Conditions;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.GateRequest;
import io.jenkins.plugins.approvalgate.engine.gate.GateRules;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The one door for commands. Whatever it answers is on disk before it answers, and what it could not write has not
 * happened.
 *
 * <p>Thread-safe. Decisions on one gate take turns; those on different gates share the disk's force. The directory is
 * asked before a lock is taken, never while one is held. All commands wait for the disk: call them from a web or worker
 * thread, never from a pipeline's.
 */
public final class GateKeeper implements Closeable {

    private final Host host;
    private final Clock clock;
    private final GateBook book;
    private final Journal journal;
    private final GateArchive archive;
    private final Workers workers = new Workers();
    private final Timers timers;
    private final Locks locks = new Locks();
    private final OpenGates openGates = new OpenGates();
    private final Checks checks;
    private final CheckRuns runs;
    private final Situation situation;
    private final Ledger ledger;
    private final Changes changes;
    private final Admissions admissions;
    private final Rulings rulings;
    private final CallbackDesk callbacks;
    private final Attempts attempts;
    private final Custody custody;
    private final Reviews reviews;
    /** So that a lock is given back once. */
    private final ReentrantLock releasing = new ReentrantLock();

    private GateKeeper(Host host, Clock clock, GateBook book, Reviews reviews, Journal journal) {
        this.host = host;
        this.clock = clock;
        this.book = book;
        this.reviews = reviews;
        this.journal = journal;
        archive = new GateArchive(journal);
        timers = new Timers(clock, workers.commands());
        checks = new Checks(() -> CheckTypes.of(host.surroundings(), host.checkTypes()));
        situation = new Situation(checks, locks, book::find);
        ledger = new Ledger(journal, book, this::index, workers, host::changed);
        rulings = new Rulings(this, host);
        attempts = new Attempts(this, host.realm(), timers, this::note);
        custody = new Custody(journal, host, timers, this::now, book::firstSeq);
        callbacks = new CallbackDesk(this, ledger, checks, () -> host.surroundings().rootUrl());
        runs = new CheckRuns(checks, timers, workers, this::now, new Gates());
        changes = new Changes(book, ledger, situation, host::notifications, locks, runs, timers, workers, this::now);
        admissions = new Admissions(this, host, book, changes, locks, this::index);
    }

    /** What the checks that ask others see of the gates. */
    private final class Gates implements CheckRuns.Keeper {
        @Override
        public Optional<Gate> stillOpen(String gateId) {
            return book.find(gateId).filter(Gate::isOpen);
        }

        @Override
        public void answered(String gateId) {
            changes.settle(gateId);
        }

        @Override
        public URI issue(Subject subject, Instant expires) throws IOException {
            return callbacks.issue(subject, expires);
        }
    }

    /**
     * Opens the journal under {@code home} and finds the gates as they were. Nothing happens by itself before
     * {@link #start()}.
     *
     * @throws IOException if the journal cannot be read, or is in use by another process
     */
    public static GateKeeper open(Path home, Host host, Clock clock) throws IOException {
        Reviews reviews = new Reviews(host.realm()::same);
        GateBook book = new GateBook(reviews::forget);
        Journal journal = Journal.open(
                home.resolve("journal"), host.signer(), clock, GateBook.REMEMBERED, new Memory(book, reviews)::read);
        GateKeeper keeper = new GateKeeper(host, clock, book, reviews, journal);
        // Before any build is back that could want a lock which another has.
        book.holders().forEach(keeper::index);
        book.open().forEach(keeper::index);
        return keeper;
    }

    /** Begins to let time act: what timed out while nobody was here closes now. */
    public void start() {
        List<Gate> open = List.copyOf(book.open());
        // All that only wait for a lock take their places before the first of them gets it.
        open.stream()
                .filter(gate -> gate.wantsLock() && situation.waitsForLockOnly(gate, now()))
                .forEach(locks::enter);
        timers.start();
        custody.start();
        for (Gate gate : open) {
            runs.begin(gate);
            changes.settleLater(gate.id());
        }
    }

    private void index(Gate gate) {
        openGates.follow(gate);
        locks.follow(gate);
        callbacks.follow(gate);
    }

    /**
     * Opens a gate for a build, or finds the one that the same request opened before, be it open or ended.
     *
     * @throws UnknownEnvironmentException if no environment has that name
     * @throws Refusal if it could not be written
     */
    public Gate request(GateRequest request) throws UnknownEnvironmentException, Refusal {
        return admissions.request(request);
    }

    /**
     * Takes back a gate that the build still knows and the journal does not. The journal says that it was restored.
     *
     * @param lost as the build kept it
     * @return the gate, restored or as it was found to be known
     */
    public Gate restore(Gate lost) throws Refusal {
        return admissions.restore(lost);
    }

    /**
     * Carries out a person's command. That it is refused because it is not theirs to decide is on record, as with
     * {@link #reassign} and {@link #bypass}.
     *
     * @param gateId of a gate that the person is known to be allowed to see
     * @return the gate after it, on disk
     * @throws Refusal if it may not be, with the reason for the person; nothing changed then
     */
    public Gate submit(String gateId, Command.ByPerson command) throws Refusal {
        String word = command.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        return attempts.watch(gateId, command.actor(), word, () -> rulings.submit(gateId, command));
    }

    /**
     * Gives a person's place in an entry to another.
     *
     * @return the gate after it, on disk
     * @throws Refusal if it may not be, with the reason for the person; nothing changed then
     */
    public Gate reassign(String gateId, Command.Reassign command) throws Refusal {
        return attempts.watch(gateId, command.actor(), "reassign", () -> rulings.reassign(gateId, command));
    }

    /**
     * Opens a gate past its people and checks.
     *
     * @param permitted whether the host lets the actor do so
     * @throws Refusal if it may not be, with the reason for the person; nothing changed then
     */
    public Gate bypass(String gateId, Command.Bypass command, boolean permitted) throws Refusal {
        return attempts.watch(gateId, command.actor(), "bypass", () -> change(
                gateId, (gate, conditions) -> GateRules.bypass(gate, command, permitted, conditions, now())));
    }

    /**
     * Somebody has a gate's review before them whom it asks; the first time, that goes on record. Returns at once: neither a
     * slow nor a full disk is felt.
     */
    public void reviewed(Gate gate, String user) {
        if (gate.isOpen()) {
            reviews.look(gate, user, now(), this::note, workers.commands());
        }
    }

    /**
     * When this person first had the gate's review before them; empty if they never had. Of old gates it is read from disk.
     *
     * @throws IOException if the journal cannot be read now
     */
    public Optional<Instant> reviewedAt(String gateId, String user) throws IOException {
        if (book.find(gateId).isPresent()) {
            return reviews.firstLook(gateId, user);
        }
        return journal.linesAndNotesOf(gateId).stream()
                .filter(line -> line.type().equals(Notes.REVIEWED))
                .filter(line -> line.actor().filter(other -> host.realm().same(other, user)).isPresent())
                .map(JournalLine::at)
                .findFirst();
    }

    /**
     * Has all checks of a gate that ask others do so again, soon.
     *
     * @return the gate as it is
     * @throws Refusal if it has ended, or this was wanted a moment ago
     */
    public Gate recheck(String gateId) throws Refusal {
        Gate gate = change(gateId, (open, conditions) -> GateRules.recheck(open, now()));
        if (!runs.again(gate)) {
            throw new Refusal(Refusal.Kind.TOO_SOON, "Its checks were asked again just now. Wait a few seconds.", null);
        }
        return gate;
    }

    /** Calls a gate off; a gate that has ended stays as it ended. */
    public Gate cancel(String gateId, Command.Cancel command) throws Refusal {
        return change(gateId, (gate, conditions) -> GateRules.cancel(gate, command, now()));
    }

    /** Gives back the lock that a gate holds, on disk; nothing happens if it holds none. */
    public void release(String gateId, Command.Release command) throws Refusal {
        releasing.lock();
        try {
            Optional<Gate> gate = find(gateId);
            if (gate.isPresent()) {
                ledger.add(gate.get(), GateRules.release(gate.get(), command, now()));
                changes.hurryNext(gate.get().request().environment());
            }
        } finally {
            releasing.unlock();
        }
    }

    /** The gates that hold a lock, in no order. Their builds should be under way. */
    public List<Gate> lockHolders() {
        return book.holders();
    }

    /** The gate that holds the environment's lock; empty if none does. */
    public Optional<Gate> lockHolder(String environment) {
        return locks.holder(environment).flatMap(book::find);
    }

    /** The gates that wait for nothing but the environment's lock, the next one first. */
    public List<Gate> lockQueue(String environment) {
        return locks.waiting(environment).stream()
                .flatMap(id -> book.find(id).stream())
                .toList();
    }

    /** Under the gate's lock, if it is open. */
    Gate change(String gateId, Changes.Rule rule) throws Refusal {
        Optional<GateBook.Slot> slot = book.openSlot(gateId);
        if (slot.isPresent()) {
            return changes.change(slot.get(), rule);
        }
        Gate gate = find(gateId).orElseThrow(() -> unknown(gateId));
        if (gate.isOpen()) {
            admissions.adopt(gateId);
            return change(gateId, rule);
        }
        return changes.refuse(gate, rule);
    }

    /**
     * Whether an answer on the address with this token would count now; if not, that somebody tried is on record.
     *
     * @throws Refusal if that cannot be written now
     */
    public boolean expects(String token) throws Refusal {
        return callbacks.expects(token, now());
    }

    /**
     * Takes an answer that came on an address that a check had given out.
     *
     * @return whether the address was one, and not used or expired; if not, that is on record
     * @throws Refusal if it cannot be written now; then the address still works
     */
    public boolean answer(String token, CheckResult result) throws Refusal {
        Optional<CallbackDesk.Slip> slip = callbacks.redeem(token, result, now());
        if (slip.isPresent()) {
            book.find(slip.get().gate()).ifPresent(gate -> runs.answered(gate, slip.get().check(), result));
        }
        return slip.isPresent();
    }

    /**
     * Asks a check once for a gate that somebody imagines; leaves no trace. The answer comes within the check's time limit,
     * and the time that others need that were before it.
     */
    public Future<CheckResult> askOnce(CheckSpec spec, Check.Asking check, Subject subject) {
        return runs.askOnce(spec, check, subject, now());
    }

    /** The check that {@code spec} means; empty if it cannot be used now, with the reason in the log. */
    public Optional<Check> check(CheckSpec spec) {
        return checks.check(spec);
    }

    /** What stands around a gate now, for those who look at it. */
    public Conditions conditions(Gate gate) {
        return situation.seen(gate, now());
    }

    /** The last answer of a check that asks others, and when it came; empty if this process has none. */
    public Optional<Instant> answeredAt(Gate gate, int check) {
        return checks.lastAnswer(gate, check).map(Checks.Answer::at);
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

    /** All open gates, in no order. To look for some of them, ask {@link #openGates()}. */
    public Collection<Gate> open() {
        return book.open();
    }

    /** The open gates, for those who look for some of them. */
    public OpenGates openGates() {
        return openGates;
    }

    /** The last thousand gates that ended, in the order in which they did. */
    public List<Gate> ended() {
        return book.ended();
    }

    /** The journal, for those who verify and export it. */
    public Journal journal() {
        return journal;
    }

    /** What makes the journal evidence: verifying and exporting it. */
    public Custody custody() {
        return custody;
    }

    /**
     * Puts a line into the journal that changes no gate; on disk when this returns.
     *
     * @throws Refusal if it cannot be written now
     */
    public void note(JournalLine.Draft line) throws Refusal {
        note(List.of(line));
    }

    /** The same with several, in one write. */
    public void note(List<JournalLine.Draft> lines) throws Refusal {
        ledger.note(lines);
    }

    /** To be told when the clock was moved other than by the passing of time. */
    public void clockMoved() {
        timers.clockMoved();
    }

    /** The time that decisions are made at, to the millisecond, as the journal keeps it. */
    public Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    static Refusal unknown(String gateId) {
        return new Refusal(Refusal.Kind.UNKNOWN_GATE, "There is no gate " + gateId + ".", null);
    }

    /** Finishes what was begun. */
    @Override
    public void close() throws IOException {
        timers.close();
        runs.close();
        workers.close();
        attempts.close();
        journal.close();
    }
}
