package io.jenkins.plugins.approvalgate.engine.audit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Lock;
import java.util.function.LongSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The append-only journal of one controller: monthly files of JSON lines, each bound to the one before by its hash.
 *
 * <p>Thread-safe. {@link #append} returns when the lines are on disk. Commands that come while another is written wait
 * together and share the next force; see {@link SharedForces}.
 */
public final class Journal implements Closeable {

    private static final Logger LOGGER = Logger.getLogger(Journal.class.getName());

    /** Understands, at the start, the gates that the journal has and that are worth keeping in memory. */
    @FunctionalInterface
    public interface GateReader {
        /**
         * Understands one gate. Called by several threads at once, for each gate once.
         *
         * @param lines of its events and of who looked at it, first to last
         * @return what to do with what was understood: done by one thread, for the open gates in the order in which they began,
         *     then for the others in that in which they ended
         */
        Runnable read(String gate, List<JournalLine> lines);
    }

    private final Path directory;
    private final JournalLock lock;
    private final JournalWriter writer;
    private final List<Damage> damages;
    private final Optional<TornTail> tornTail;
    private final Signer signer;
    private final Map<String, JournalLine> own;
    private final Readers readers = new Readers();
    private volatile Beginning beginning;
    private final SharedForces forces = new SharedForces(this::write, this::tell);
    /** Told, by the thread that wrote, that there are more lines on disk. */
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    private Journal(
            Path directory,
            JournalLock lock,
            JournalWriter writer,
            Recall.Found found,
            Beginning beginning,
            Signer signer,
            Optional<TornTail> tornTail) {
        this.directory = directory;
        this.lock = lock;
        this.writer = writer;
        this.damages = found.chain().damages();
        this.own = found.own();
        this.beginning = beginning;
        this.signer = signer;
        this.tornTail = tornTail;
    }

    /**
     * Opens the journal in {@code directory}, begun if there is none: holds every line to the chain, cuts off a torn end,
     * leaves a damaged last file as it is and goes on in a new one.
     *
     * @param signer of the controller, whose checkpoints count
     * @param remembered how many of the gates that ended are worth understanding, the last ones
     * @param reader told the sound lines of each gate that is open or remembered, or that holds a lock
     * @throws IOException if it cannot be read, or if another process has it open
     */
    public static Journal open(Path directory, Signer signer, Clock clock, int remembered, GateReader reader)
            throws IOException {
        Files.createDirectories(directory);
        JournalLock lock = JournalLock.take(directory);
        try {
            return openLocked(directory, lock, signer, clock, remembered, reader);
        } catch (IOException | RuntimeException failed) {
            lock.close();
            throw failed;
        }
    }

    private static Journal openLocked(
            Path directory, JournalLock lock, Signer signer, Clock clock, int remembered, GateReader reader)
            throws IOException {
        List<JournalFile> files = JournalFile.list(directory);
        Optional<JournalFile> last = files.isEmpty() ? Optional.empty() : Optional.of(files.get(files.size() - 1));
        Optional<TornTail> tornTail = last.isEmpty() ? Optional.empty() : TornTail.cut(directory, last.get());
        Beginning beginning = Beginning.find(directory, signer);
        Recall.Found found = Recall.read(directory, beginning, remembered, reader);
        ChainReader chain = found.chain();
        JournalFile goOnIn = last.orElseGet(() -> JournalFile.of(clock.instant()));
        boolean leaveAsIs = chain.damages().stream().anyMatch(d -> d.file().equals(goOnIn.name()));
        JournalWriter writer = new JournalWriter(
                directory, leaveAsIs ? goOnIn.nextPart() : goOnIn, chain.seq(), chain.head());
        Journal journal = new Journal(directory, lock, writer, found, beginning, signer, tornTail);
        journal.report(leaveAsIs, clock);
        return journal;
    }

    /** What was found at the start goes to the log each time, and into the journal once. */
    private void report(boolean newFile, Clock clock) {
        List<JournalLine.Draft> drafts = new ArrayList<>();
        tornTail.ifPresent(torn -> {
            LOGGER.warning(() -> "The journal's end was torn: " + torn.bytes() + " bytes that nobody was told of were cut"
                    + " off " + torn.file() + " and kept as torn/" + torn.keptAs());
            drafts.add(ownLine(
                    clock,
                    "tornTailCut",
                    Json.object()
                            .put("file", torn.file())
                            .put("bytes", torn.bytes())
                            .put("keptAs", torn.keptAs())));
        });
        for (Damage damage : damages) {
            LOGGER.severe(() -> "The journal was changed: " + damage + ". Nothing is deleted; the line does not count.");
        }
        if (newFile) {
            Damage first = damages.get(0);
            drafts.add(ownLine(
                    clock,
                    "damageFound",
                    Json.object()
                            .put("file", first.file())
                            .put("line", first.lineInFile())
                            .put("seq", first.seq())
                            .put("what", first.what())
                            .put("lines", damages.size())));
        }
        if (!drafts.isEmpty()) {
            try {
                append(drafts);
            } catch (JournalUnavailableException notNow) {
                // A full disk, for one. What was found stands in the log; gates can still be seen.
                LOGGER.log(Level.SEVERE, "The journal cannot be written now, so it does not say what was found in it", notNow);
            }
        }
    }

    private static JournalLine.Draft ownLine(Clock clock, String type, ObjectNode data) {
        return new JournalLine.Draft(
                clock.instant().truncatedTo(ChronoUnit.MILLIS), Optional.empty(), type, Optional.empty(), data);
    }

    /**
     * Records {@code drafts} in this order, together or not at all, and returns when they are on disk. Waits for the disk:
     * never call it on a pipeline's thread.
     *
     * @throws JournalUnavailableException if they are not on disk, and never will be
     * @throws IllegalArgumentException if a draft has text that is not Unicode
     */
    public List<JournalLine> append(List<JournalLine.Draft> drafts) throws JournalUnavailableException {
        for (JournalLine.Draft draft : drafts) {
            requireUnicode(draft);
        }
        return forces.put(drafts);
    }

    private static void requireUnicode(JournalLine.Draft draft) {
        if (!Json.isUnicode(draft.data()) || !Json.isUnicode(draft.actor().orElse(""))) {
            throw new IllegalArgumentException("the text is not valid Unicode");
        }
    }

    private List<List<JournalLine>> write(List<List<JournalLine.Draft>> commands) throws IOException {
        try {
            return writer.write(commands);
        } catch (IOException | RuntimeException | Error failed) {
            LOGGER.log(Level.SEVERE, "Cannot write the journal in " + directory, failed);
            throw failed;
        }
    }

    private void tell() {
        listeners.forEach(Runnable::run);
    }

    /** @param listener told after lines were put on disk; has to return at once and not to throw */
    public void follow(Runnable listener) {
        listeners.add(listener);
    }

    public void unfollow(Runnable listener) {
        listeners.remove(listener);
    }

    /** All events of a gate that the journal knows, first to last; reads files, from the one in which the gate began. */
    public List<JournalLine> linesOf(String gate) throws IOException {
        return find(gate, false);
    }

    /** The same, and with them what is noted of the gate and changed nothing, up to its end; see {@link Notes}. */
    public List<JournalLine> linesAndNotesOf(String gate) throws IOException {
        return find(gate, true);
    }

    /**
     * Whether a sound line of this type has {@code value} as {@code field} in its data. Reads the whole journal: for what is in
     * doubt after a crash.
     */
    public boolean has(String type, String field, String value) throws IOException {
        Lock reading = readers.begin();
        try {
            return GateLines.has(directory, type, field, value);
        } finally {
            reading.unlock();
        }
    }

    private List<JournalLine> find(String gate, boolean notesToo) throws IOException {
        Lock reading = readers.begin();
        try {
            return GateLines.find(directory, gate, notesToo);
        } finally {
            reading.unlock();
        }
    }

    /** {@link Verifier#run()}, with nobody to be told how far it is. */
    public Verification verify() throws IOException {
        return new Verifier(this, Verifier.NOBODY).run();
    }

    Path directory() {
        return directory;
    }

    /** Where the last line that was acknowledged ends. Waits for nothing. */
    JournalWriter.End end() {
        return writer.end();
    }

    /** The number of the last line that was acknowledged; 0 where there is none. Waits for nothing. */
    public long seq() {
        return writer.end().seq();
    }

    /**
     * Has {@link Retention} leave what somebody still needs.
     *
     * @param follower who; told anew, it replaces what was told before
     * @param passed the number of the last line that it needs no more; asked by any thread
     */
    public void needed(Object follower, LongSupplier passed) {
        readers.follow(follower, passed);
    }

    /** {@code follower} needs nothing any more. */
    public void needless(Object follower) {
        readers.unfollow(follower);
    }

    /** Where the first line is that the journal has. */
    Beginning beginning() {
        return beginning;
    }

    void beginAt(Checkpoint checkpoint) {
        beginning = new Beginning(Optional.of(checkpoint), Optional.empty());
    }

    Signer signer() {
        return signer;
    }

    /** The last line of this type, about no gate, that there was when the journal was opened. */
    public Optional<JournalLine> lastAtStart(String type) {
        return Optional.ofNullable(own.get(type));
    }

    /** Who reads this journal. */
    Readers readers() {
        return readers;
    }

    /** What did not hold when the journal was opened; none if all did. */
    public List<Damage> damages() {
        return damages;
    }

    /** What was cut off when the journal was opened; empty if nothing was. */
    public Optional<TornTail> tornTail() {
        return tornTail;
    }

    /** Writes what has been handed in, and lets the files go. May be called again. */
    @Override
    public void close() throws IOException {
        if (!forces.close()) {
            return;
        }
        try {
            writer.close();
        } finally {
            lock.close();
        }
    }
}
