package io.jenkins.plugins.approvalgate.engine;

import io.jenkins.plugins.approvalgate.engine.audit.AnchorFile;
import io.jenkins.plugins.approvalgate.engine.audit.AuditQuery;
import io.jenkins.plugins.approvalgate.engine.audit.Journal;
import io.jenkins.plugins.approvalgate.engine.audit.JournalUnavailableException;
import io.jenkins.plugins.approvalgate.engine.audit.Retention;
import io.jenkins.plugins.approvalgate.engine.audit.Verifier;
import io.jenkins.plugins.approvalgate.engine.audit.VerifyRuns;
import io.jenkins.plugins.approvalgate.engine.audit.export.AuditExport;
import io.jenkins.plugins.approvalgate.engine.audit.export.SignedZip;
import io.jenkins.plugins.approvalgate.engine.gate.AuditSettings;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What makes the journal evidence: it is verified, exported, told to somebody outside, and its oldest months are removed when
 * that is configured. Thread-safe.
 */
public final class Custody implements Closeable {

    private static final Logger LOGGER = Logger.getLogger(Custody.class.getName());
    private static final Duration DAY = Duration.ofDays(1);
    private static final long SECONDS_TO_FINISH = 10;

    private final Journal journal;
    private final Host host;
    private final Timers timers;
    private final Supplier<Instant> now;
    private final LongSupplier firstNeeded;
    private final Retention retention;
    private final Anchoring anchoring;
    private final VerifyRuns verification;
    /** For what may take long and nobody waits for. */
    private final ExecutorService worker = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "approval-gate custody");
        thread.setDaemon(true);
        return thread;
    });

    /** @param firstNeeded the number of the first line of all gates that are open or hold a lock */
    Custody(Journal journal, Host host, Timers timers, Supplier<Instant> now, LongSupplier firstNeeded) {
        this.journal = journal;
        this.host = host;
        this.timers = timers;
        this.now = now;
        this.firstNeeded = firstNeeded;
        retention = new Retention(journal, host.controller());
        anchoring = new Anchoring(journal, host, now);
        verification = new VerifyRuns(journal, this::witness, now);
    }

    /** Begins to do daily what is to be done daily; what was broken off is finished first. */
    void start() {
        timers.at(now.get(), () -> later(this::prune));
        timers.at(anchoring.due(), () -> later(this::anchor));
    }

    private void later(Runnable task) {
        try {
            worker.execute(task);
        } catch (RejectedExecutionException goingDown) {
            LOGGER.log(Level.FINE, "Left for the next start", goingDown);
        }
    }

    private void prune() {
        Instant time = now.get();
        try {
            Optional<Duration> kept = host.audit().retention();
            if (kept.isPresent()) {
                retention.prune(time.minus(kept.get()), firstNeeded.getAsLong(), time);
            }
        } catch (IOException | JournalUnavailableException | RuntimeException failed) {
            LOGGER.log(Level.WARNING, "The journal's old months cannot be removed now; it is tried again tomorrow", failed);
        } finally {
            timers.at(time.plus(DAY), () -> later(this::prune));
        }
    }

    private void anchor() {
        Instant next = now.get().plus(DAY);
        try {
            next = anchoring.anchor();
        } catch (RuntimeException bug) {
            LOGGER.log(Level.SEVERE, "The journal's head was not told; it is tried again tomorrow", bug);
        } finally {
            timers.at(next, () -> later(this::anchor));
        }
    }

    private Verifier.Witness witness() throws IOException {
        Optional<String> file = host.audit().anchor().flatMap(AuditSettings.Anchor::file);
        return file.isPresent()
                ? AnchorFile.read(Path.of(file.get()), host.controller(), host.signer())
                : Verifier.NOBODY;
    }

    /** The walks through the journal that see whether it holds, also against the file of anchors. */
    public VerifyRuns verification() {
        return verification;
    }

    /** How it stands with telling the journal's head to somebody outside. */
    public Anchoring.State anchorState() {
        return anchoring.state();
    }

    /**
     * Finds what is to be exported, and counts it.
     *
     * @throws IOException if the journal cannot be read
     */
    public AuditExport export(AuditQuery query, AuditExport.Format format) throws IOException {
        return new AuditExport(journal, host.controller(), query, format);
    }

    /** An export with a signed manifest. */
    public SignedZip sign(AuditExport export, Optional<String> actor) {
        return new SignedZip(export, actor, host.signer(), now.get());
    }

    @Override
    public void close() {
        worker.shutdownNow();
        try {
            if (!worker.awaitTermination(SECONDS_TO_FINISH, TimeUnit.SECONDS)) {
                LOGGER.warning("Something that is done with the journal daily did not finish in time; it is finished later");
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
