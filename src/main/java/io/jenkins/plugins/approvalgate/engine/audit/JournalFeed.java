package io.jenkins.plugins.approvalgate.engine.audit;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Reads a journal's lines in their order, for a follower that keeps its place: one that mails, calls others, or copies. Only
 * lines are given that were acknowledged, so what a follower tells has happened, even if the power goes.
 *
 * <p>Each line is given until it is {@link #done}: after a crash, the one that was under way comes again. So every line
 * comes at least once. Lines that do not hold are passed over, with a warning.
 *
 * <p>For one thread at a time. Has no file open between two calls.
 */
public final class JournalFeed implements Closeable {

    /** What keeps a place when a line is done. */
    @FunctionalInterface
    private interface Keeper {
        void keep(JournalPlace place) throws IOException;
    }

    private record Held(JournalLine line, JournalPlace place) {}

    private static final Logger LOGGER = Logger.getLogger(JournalFeed.class.getName());
    /** So that a follower who wants few lines does not read a year's after a start. */
    private static final int MOST_PASSED_UNFORCED = 1_000;

    private final Journal journal;
    private final Keeper keeper;
    private final LinesFrom lines;
    private final Chain chain;
    private Optional<Held> held = Optional.empty();
    private volatile JournalPlace place;
    private int passed;
    /** As the journal knows it; empty for one that has to see to it itself that nothing is removed which it needs. */
    private volatile Optional<Path> follower = Optional.empty();

    private JournalFeed(Journal journal, Keeper keeper, JournalPlace place, Chain chain) {
        this.journal = journal;
        this.keeper = keeper;
        this.place = place;
        this.chain = chain;
        lines = new LinesFrom(journal.directory(), place.file(), place.offset());
    }

    /**
     * Goes on from the place that {@code placeFile} has. Where there is no such file, the follower is new: it begins at the
     * journal's end, and that is on disk when this returns. A damaged file is told in the log; then the last place counts
     * that can be read, else the journal's end. From now on nothing that this follower has not passed is removed from the
     * journal, until it is closed.
     *
     * @param placeFile of this follower alone; its folder is made if need be
     */
    public static JournalFeed open(Journal journal, Path placeFile) throws IOException {
        // Until it is known where it stands, it needs all.
        journal.needed(placeFile, () -> 0);
        JournalFeed feed = openPlace(journal, placeFile);
        feed.follower = Optional.of(placeFile);
        journal.needed(placeFile, feed::seq);
        return feed;
    }

    private static JournalFeed openPlace(Journal journal, Path placeFile) throws IOException {
        PlaceFile places = new PlaceFile(placeFile);
        JournalWriter.End end = journal.end();
        Optional<JournalPlace> kept = places.read();
        if (kept.isPresent() && kept.get().seq() > end.seq()) {
            LOGGER.warning(() -> placeFile + " says line " + kept.get().seq() + ", but the journal ends with line "
                    + end.seq() + ": was it put back from a backup? Its follower goes on at the journal's end.");
        }
        if (kept.isEmpty() || kept.get().seq() > end.seq()) {
            JournalPlace atEnd = new JournalPlace(end.seq(), end.head(), end.file(), end.offset());
            places.write(atEnd);
            return new JournalFeed(journal, places::write, atEnd, Chain.after(end.seq(), end.head()));
        }
        JournalPlace place = kept.get();
        if (isBehindItsLine(journal, place)) {
            return new JournalFeed(journal, places::write, place, Chain.after(place.seq(), place.hash()));
        }
        LOGGER.fine(() -> placeFile + ": line " + place.seq() + " is not where it was; looking for what comes after it.");
        return find(journal, place).feed(places::write);
    }

    /**
     * Reads from the first line that there is, for a follower that keeps its {@link #place} itself.
     *
     * @throws IOException if the journal cannot be read now
     */
    public static JournalFeed fromTheStart(Journal journal) throws IOException {
        JournalFile first = journal.beginning().files(journal.directory()).get(0);
        JournalPlace start = new JournalPlace(0, JournalLine.NO_HASH, first, 0);
        return new JournalFeed(journal, place -> {}, start, Chain.somewhereAfter(0));
    }

    /**
     * Goes on from a place that the follower keeps itself.
     *
     * @return empty if the place is not of this journal: it never had that line, or has another in its stead
     * @throws IOException if the journal cannot be read now
     */
    public static Optional<JournalFeed> from(Journal journal, JournalPlace place) throws IOException {
        if (isBehindItsLine(journal, place)) {
            return Optional.of(new JournalFeed(journal, kept -> {}, place, Chain.after(place.seq(), place.hash())));
        }
        if (place.seq() > journal.end().seq()) {
            return Optional.empty();
        }
        Finding finding = find(journal, place);
        return finding.known() ? Optional.of(finding.feed(kept -> {})) : Optional.empty();
    }

    private static boolean isBehindItsLine(Journal journal, JournalPlace place) throws IOException {
        Optional<byte[]> text = LinesFrom.lineBefore(journal.directory(), place.file(), place.offset());
        try {
            Envelope line = Envelope.read(text.orElse(new byte[0]));
            return line.seq() == place.seq() && line.hash().equals(place.hash());
        } catch (IOException | ClassCastException unreadable) {
            return false;
        }
    }

    /**
     * What a search for a place came to.
     *
     * @param before in front of the first line that comes after the place
     * @param known whether the line is there, or is from before all that are
     */
    private record Finding(Journal journal, JournalPlace before, boolean known) {
        JournalFeed feed(Keeper keeper) {
            return new JournalFeed(journal, keeper, before, Chain.somewhereAfter(before.seq()));
        }
    }

    private static Finding find(Journal journal, JournalPlace place) throws IOException {
        JournalWriter.End end = journal.end();
        JournalFile first = journal.beginning().files(journal.directory()).get(0);
        LinesFrom lines = new LinesFrom(journal.directory(), first, 0);
        JournalPlace before = new JournalPlace(place.seq(), place.hash(), first, 0);
        boolean earlier = false;
        boolean found = false;
        for (Optional<LinesFrom.Raw> raw = lines.next(end); raw.isPresent(); raw = lines.next(end)) {
            Optional<Envelope> line = envelope(raw.get()).filter(Envelope::hashHolds);
            if (line.isPresent() && line.get().seq() > place.seq()) {
                break;
            }
            earlier = true;
            found |= line.isPresent() && line.get().seq() == place.seq() && line.get().hash().equals(place.hash());
            before = new JournalPlace(place.seq(), place.hash(), raw.get().file(), raw.get().end());
        }
        return new Finding(journal, before, found || !earlier);
    }

    /**
     * The line after the last that is done; the same one until it is. Waits for nothing.
     *
     * @return empty if there is none now
     * @throws IOException if the journal cannot be read now; the next call tries again
     */
    public Optional<JournalLine> next() throws IOException {
        JournalWriter.End end = journal.end();
        while (held.isEmpty()) {
            Optional<LinesFrom.Raw> raw = lines.next(end);
            if (raw.isEmpty()) {
                return Optional.empty();
            }
            held = judge(raw.get());
        }
        return held.map(Held::line);
    }

    private Optional<Held> judge(LinesFrom.Raw raw) {
        long number = chain.seq() + 1;
        Optional<Envelope> envelope = envelope(raw);
        if (envelope.isEmpty()) {
            chain.takeUnreadable();
            passOver(raw, number, "it cannot be read");
            return Optional.empty();
        }
        Optional<String> wrong = chain.take(envelope.get());
        if (wrong.isPresent()) {
            passOver(raw, number, wrong.get());
            return Optional.empty();
        }
        try {
            JournalLine line = JournalLine.parse(raw.text());
            return Optional.of(new Held(line, new JournalPlace(line.seq(), line.hash(), raw.file(), raw.end())));
        } catch (IOException | RuntimeException unreadable) {
            LOGGER.log(Level.FINE, "Not a line of this form", unreadable);
            passOver(raw, number, "it cannot be understood");
            return Optional.empty();
        }
    }

    private static Optional<Envelope> envelope(LinesFrom.Raw raw) {
        try {
            return Optional.of(Envelope.read(raw.text()));
        } catch (IOException | ClassCastException unreadable) {
            return Optional.empty();
        }
    }

    private static void passOver(LinesFrom.Raw raw, long number, String why) {
        LOGGER.warning(() -> "Nobody is told of line " + number + " of the journal, which ends at byte " + raw.end()
                + " of " + raw.file().name() + ": " + why + ".");
    }

    /**
     * The line needs not come again. On disk when this returns.
     *
     * @param line as {@link #next} gave it last
     * @throws IOException if it is not on disk: after a crash the line may come again; now the next one comes all the same
     */
    public void done(JournalLine line) throws IOException {
        keeper.keep(moveOn(line));
        passed = 0;
    }

    /**
     * As {@link #done}, for a line that was of no interest: so it does no harm if it comes again, and the disk is not
     * waited for each time.
     */
    public void passed(JournalLine line) throws IOException {
        JournalPlace now = moveOn(line);
        if (++passed >= MOST_PASSED_UNFORCED) {
            passed = 0;
            keeper.keep(now);
        }
    }

    private JournalPlace moveOn(JournalLine line) {
        Held now = held.filter(last -> last.line().seq() == line.seq())
                .orElseThrow(() -> new IllegalArgumentException("line " + line.seq() + " is not the one under way"));
        held = Optional.empty();
        place = now.place();
        return place;
    }

    /** The number of the last line that is done or passed; of the line that it began behind, if none is. For any thread. */
    public long seq() {
        return place.seq();
    }

    /** Behind the last line that is done or passed; where it began, if none is. */
    public JournalPlace place() {
        return place;
    }

    /** The follower follows no more. May be called by any thread, and again. */
    @Override
    public void close() {
        follower.ifPresent(journal::needless);
    }
}
