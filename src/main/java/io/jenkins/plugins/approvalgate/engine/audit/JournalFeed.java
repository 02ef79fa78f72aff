package io.jenkins.plugins.approvalgate.engine.audit;

import io.jenkins.plugins.approvalgate.engine.audit.PlaceFile.Place;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Reads a journal's lines in their order, for a follower that keeps its place on disk: one that mails, or calls others.
 * Only lines are given that were acknowledged, so what a follower tells has happened, even if the power goes.
 *
 * <p>Each line is given until it is {@link #done}: after a crash, the one that was under way comes again. So every line
 * comes at least once. Lines that do not hold are passed over, with a warning.
 *
 * <p>For one thread at a time. Has no file open between two calls.
 */
public final class JournalFeed {

    private record Held(JournalLine line, Place place) {}

    private static final Logger LOGGER = Logger.getLogger(JournalFeed.class.getName());
    /** So that a follower who wants few lines does not read a year's after a start. */
    private static final int MOST_PASSED_UNFORCED = 1_000;

    private final Journal journal;
    private final PlaceFile places;
    private final LinesFrom lines;
    private final Chain chain;
    private Optional<Held> held = Optional.empty();
    private long seq;
    private int passed;

    private JournalFeed(Journal journal, PlaceFile places, Place place, Chain chain) {
        this.journal = journal;
        this.places = places;
        this.chain = chain;
        lines = new LinesFrom(journal.directory(), place.file(), place.offset());
        seq = place.seq();
    }

    /**
     * Goes on from the place that {@code placeFile} has. Where there is no such file, the follower is new: it begins at the
     * journal's end, and that is on disk when this returns. A damaged file is told in the log; then the last place counts
     * that can be read, else the journal's end.
     *
     * @param placeFile of this follower alone; its folder is made if need be
     */
    public static JournalFeed open(Journal journal, Path placeFile) throws IOException {
        PlaceFile places = new PlaceFile(placeFile);
        JournalWriter.End end = journal.end();
        Optional<Place> kept = places.read();
        if (kept.isPresent() && kept.get().seq() > end.seq()) {
            LOGGER.warning(() -> placeFile + " says line " + kept.get().seq() + ", but the journal ends with line "
                    + end.seq() + ": was it put back from a backup? Its follower goes on at the journal's end.");
        }
        if (kept.isEmpty() || kept.get().seq() > end.seq()) {
            Place atEnd = new Place(end.seq(), end.head(), end.file(), end.offset());
            places.write(atEnd);
            return new JournalFeed(journal, places, atEnd, Chain.after(end.seq(), end.head()));
        }
        Place place = kept.get();
        if (isBehindItsLine(journal, place)) {
            return new JournalFeed(journal, places, place, Chain.after(place.seq(), place.hash()));
        }
        LOGGER.fine(() -> placeFile + ": line " + place.seq() + " is not where it was; looking for what comes after it.");
        return find(journal, places, place);
    }

    private static boolean isBehindItsLine(Journal journal, Place place) throws IOException {
        Optional<byte[]> text = LinesFrom.lineBefore(journal.directory(), place.file(), place.offset());
        try {
            Envelope line = Envelope.read(text.orElse(new byte[0]));
            return line.seq() == place.seq() && line.hash().equals(place.hash());
        } catch (IOException | ClassCastException unreadable) {
            return false;
        }
    }

    /** Stands before the first line that comes after the place. */
    private static JournalFeed find(Journal journal, PlaceFile places, Place place) throws IOException {
        JournalWriter.End end = journal.end();
        JournalFile first = JournalFile.list(journal.directory()).get(0);
        LinesFrom lines = new LinesFrom(journal.directory(), first, 0);
        Place before = new Place(place.seq(), place.hash(), first, 0);
        for (Optional<LinesFrom.Raw> raw = lines.next(end); raw.isPresent(); raw = lines.next(end)) {
            Optional<Envelope> line = envelope(raw.get()).filter(Envelope::hashHolds);
            if (line.isPresent() && line.get().seq() > place.seq()) {
                break;
            }
            before = new Place(place.seq(), place.hash(), raw.get().file(), raw.get().end());
        }
        return new JournalFeed(journal, places, before, Chain.somewhereAfter(place.seq()));
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
            return Optional.of(new Held(line, new Place(line.seq(), line.hash(), raw.file(), raw.end())));
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
        places.write(moveOn(line));
        passed = 0;
    }

    /**
     * As {@link #done}, for a line that was of no interest: so it does no harm if it comes again, and the disk is not
     * waited for each time.
     */
    public void passed(JournalLine line) throws IOException {
        Place place = moveOn(line);
        if (++passed >= MOST_PASSED_UNFORCED) {
            passed = 0;
            places.write(place);
        }
    }

    private Place moveOn(JournalLine line) {
        Held now = held.filter(last -> last.line().seq() == line.seq())
                .orElseThrow(() -> new IllegalArgumentException("line " + line.seq() + " is not the one under way"));
        held = Optional.empty();
        seq = line.seq();
        return now.place();
    }

    /** The number of the last line that is done or passed; of the line that it began behind, if none is. */
    public long seq() {
        return seq;
    }
}
