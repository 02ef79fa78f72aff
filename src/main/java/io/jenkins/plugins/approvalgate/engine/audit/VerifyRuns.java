package io.jenkins.plugins.approvalgate.engine.audit;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Walks a journal in the background, once for all who ask while it lasts. Thread-safe. */
public final class VerifyRuns {

    private static final Logger LOGGER = Logger.getLogger(VerifyRuns.class.getName());

    /** Where a witness comes from; asked anew for each walk. */
    @FunctionalInterface
    public interface Witnesses {
        /** @throws IOException if it cannot be heard now; then there is no result */
        Verifier.Witness call() throws IOException;
    }

    /** What a walk came to, and when. */
    public record Result(Instant at, Verification verification) {}

    /**
     * How far the walk is that is under way; how the last one ended if none is.
     *
     * @param done how many bytes have been read
     * @param total of how many
     * @param result of the last walk that came to its end; empty if none has since the start
     * @param problem why the last walk did not; empty if it did
     */
    public record Progress(boolean running, long done, long total, Optional<Result> result, Optional<String> problem) {}

    private final Journal journal;
    private final Witnesses witnesses;
    private final Supplier<Instant> now;
    private Optional<CompletableFuture<Result>> running = Optional.empty();
    private Optional<Verifier> walk = Optional.empty();
    private Optional<Result> last = Optional.empty();
    private Optional<String> problem = Optional.empty();

    public VerifyRuns(Journal journal, Witnesses witnesses, Supplier<Instant> now) {
        this.journal = journal;
        this.witnesses = witnesses;
        this.now = now;
    }

    /** Begins to walk, or joins who does. Returns at once; the result fails with an {@link IOException} if there is none. */
    public synchronized CompletableFuture<Result> begin() {
        if (running.isEmpty()) {
            running = Optional.of(new CompletableFuture<>());
            walk = Optional.empty();
            Thread thread = new Thread(this::run, "approval-gate verification");
            thread.setDaemon(true);
            thread.start();
        }
        return running.get().copy();
    }

    private void run() {
        try {
            Verifier verifier = new Verifier(journal, witnesses.call());
            synchronized (this) {
                walk = Optional.of(verifier);
            }
            Verification verification = verifier.run();
            verification.damages().forEach(damage -> LOGGER.severe(() -> "The journal does not hold: " + damage));
            end(Optional.of(new Result(now.get(), verification)), Optional.empty());
        } catch (IOException | RuntimeException | Error failed) {
            // Whoever waits has to be told, whatever it was.
            LOGGER.log(Level.WARNING, "The journal could not be verified", failed);
            end(Optional.empty(), Optional.of(failed));
        }
    }

    private void end(Optional<Result> result, Optional<Throwable> failure) {
        CompletableFuture<Result> waiting;
        synchronized (this) {
            waiting = running.orElseThrow();
            running = Optional.empty();
            last = result.or(() -> last);
            problem = failure.map(Throwable::getMessage);
        }
        result.ifPresent(waiting::complete);
        failure.ifPresent(waiting::completeExceptionally);
    }

    public synchronized Progress progress() {
        return new Progress(
                running.isPresent(),
                walk.map(Verifier::done).orElse(0L),
                walk.map(Verifier::total).orElse(0L),
                last,
                problem);
    }
}
