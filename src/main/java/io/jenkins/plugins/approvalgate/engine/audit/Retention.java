package io.jenkins.plugins.approvalgate.engine.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Removes a journal's oldest months, whole files only and from the oldest on, and leaves a signed {@link Checkpoint} so that
 * the rest still verifies. Nothing is removed but by a call of {@link #prune}. For one thread at a time.
 *
 * <p>First the journal says so in a line, then the checkpoint stands, then the files go; each is on disk before the next.
 * What is broken off between any two leaves a journal that opens and verifies, and is finished by the next call.
 */
public final class Retention {

    /** The type of the line that says what was removed; its data is the checkpoint. */
    public static final String PRUNED = "pruned";

    private static final Logger LOGGER = Logger.getLogger(Retention.class.getName());

    private final Journal journal;
    private final Path directory;
    private final String controller;
    /** A line of an earlier process that may not have been carried out. */
    private Optional<JournalLine> begun;

    /** @param controller the id that the checkpoint gives */
    public Retention(Journal journal, String controller) {
        this.journal = journal;
        this.controller = controller;
        directory = journal.directory();
        begun = journal.lastAtStart(PRUNED);
    }

    /**
     * Removes the files of months that ended before {@code ended}, as far as nobody needs them and every line in them holds.
     * A follower that has not passed them needs them, and so does whoever reads the journal just now.
     *
     * @param needed the number of the first line that has to stay, as one of a gate that is open or holds a lock
     * @return how many files were removed
     * @throws IOException if a disk fails, or there is no key to sign with; what was begun is finished by the next call
     * @throws JournalUnavailableException if the journal cannot be written now; nothing is removed then
     */
    public int prune(Instant ended, long needed, Instant now) throws IOException, JournalUnavailableException {
        finish();
        long free = Math.min(needed - 1, journal.readers().passedByAll());
        Optional<Checkpoint> next = checkpoint(ended, free, now);
        if (next.isPresent()) {
            journal.append(List.of(new JournalLine.Draft(
                    now.truncatedTo(ChronoUnit.MILLIS),
                    Optional.empty(),
                    PRUNED,
                    Optional.empty(),
                    next.get().sealed())));
            next.get().write(directory);
            journal.beginAt(next.get());
        }
        return remove();
    }

    /** Puts the checkpoint in its place that a line has told of before a crash. */
    private void finish() throws IOException {
        if (begun.isEmpty()) {
            return;
        }
        Checkpoint told;
        try {
            told = Checkpoint.read(begun.get().data());
        } catch (IOException noCheckpoint) {
            LOGGER.log(Level.WARNING, noCheckpoint, () ->
                    "Line " + begun.get().seq() + " of the journal says that months were removed, but not which");
            begun = Optional.empty();
            return;
        }
        if (told.seq() > journal.beginning().seq()
                && told.isSignedBy(journal.signer())
                && endsWith(told)) {
            told.write(directory);
            journal.beginAt(told);
        }
        begun = Optional.empty();
    }

    /** Whether the journal still has the lines that the checkpoint stands for, whole. */
    private boolean endsWith(Checkpoint told) throws IOException {
        ChainReader chain = ChainReader.begin(directory, journal.beginning());
        for (JournalFile file : told.removed(journal.beginning().files(directory))) {
            chain.read(file);
        }
        return chain.damages().isEmpty() && chain.seq() == told.seq() && chain.head().equals(told.hash());
    }

    /** For all that may be removed; empty if nothing may. */
    private Optional<Checkpoint> checkpoint(Instant ended, long free, Instant now) throws IOException {
        Beginning beginning = Beginning.find(directory, journal.signer());
        if (beginning.damage().isPresent()) {
            LOGGER.severe(() -> "Nothing is removed from the journal: " + beginning.damage().get());
            return Optional.empty();
        }
        List<JournalFile> removable = new ArrayList<>();
        ChainReader chain = ChainReader.begin(directory, beginning);
        long seq = 0;
        String hash = "";
        long lines = 0;
        for (JournalFile file : beginning.files(directory)) {
            if (!hasEnded(file, ended) || file.compareTo(journal.end().file()) >= 0) {
                break;
            }
            chain.read(file);
            if (!chain.damages().isEmpty()) {
                LOGGER.warning(() -> "The journal's file " + file.name() + " stays although its time is over: "
                        + chain.damages().get(0));
                break;
            }
            if (chain.seq() > free) {
                break;
            }
            removable.add(file);
            seq = chain.seq();
            hash = chain.head();
            lines = chain.lines();
        }
        return removable.isEmpty()
                ? Optional.empty()
                : Optional.of(Checkpoint.of(seq, hash, lines, removable, now, controller, journal.signer()));
    }

    private static boolean hasEnded(JournalFile file, Instant ended) {
        return !file.month().plusMonths(1).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant().isAfter(ended);
    }

    /** Removes the files that the checkpoint stands for. */
    private int remove() throws IOException {
        Optional<Checkpoint> checkpoint = Beginning.find(directory, journal.signer()).checkpoint();
        if (checkpoint.isEmpty()) {
            return 0;
        }
        List<JournalFile> removed = checkpoint.get().removed(JournalFile.list(directory));
        if (removed.isEmpty()) {
            return 0;
        }
        boolean done = journal.readers().<IOException>unlessReading(() -> {
            for (JournalFile file : removed) {
                Files.delete(file.in(directory));
            }
            Disk.forceDirectory(directory);
        });
        if (!done) {
            LOGGER.info("The journal's old months are being read; they are removed next time");
            return 0;
        }
        LOGGER.info(() -> "Removed from the journal: "
                + removed.stream().map(JournalFile::name).toList() + "; " + Checkpoint.FILE + " stands for them");
        return removed.size();
    }
}
