package io.jenkins.plugins.approvalgate.bench;

import io.jenkins.plugins.approvalgate.engine.audit.Journal;
import io.jenkins.plugins.approvalgate.engine.audit.index.AuditIndex;
import io.jenkins.plugins.approvalgate.engine.audit.index.IndexState;
import io.jenkins.plugins.approvalgate.engine.audit.index.Logins;
import io.jenkins.plugins.approvalgate.engine.gate.AuditSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A journal, with its search index made from nothing. */
final class Searched implements AutoCloseable {

    static final String CONTROLLER = "5d41402abc4b2a76b9719d911017c592";
    private static final int REMEMBERED = 1_000;
    private static final long LOOK_MILLIS = 20;

    private final AuditIndex index;
    private final double seconds;

    private Searched(AuditIndex index, double seconds) {
        this.index = index;
        this.seconds = seconds;
    }

    static Journal journal(Path home) throws IOException {
        return Journal.open(
                home.resolve("journal"),
                new BenchHost(List.of(), Map.of()).signer(),
                Clock.systemUTC(),
                REMEMBERED,
                (gate, lines) -> () -> {});
    }

    /**
     * Makes the index, and waits until it has every line.
     *
     * @param database where; empty for the embedded one
     */
    static Searched make(Path home, Journal journal, Optional<AuditSettings.Database> database, Logins logins)
            throws InterruptedException {
        AuditSettings settings = new AuditSettings(
                database, Optional.empty(), Optional.empty(), AuditSettings.FindingRules.USUAL);
        long begin = System.nanoTime();
        AuditIndex index = AuditIndex.start(home, journal, CONTROLLER, () -> settings, logins, Instant::now);
        for (IndexState state = index.state(); state.since().isPresent(); state = index.state()) {
            state.problem().ifPresent(problem -> {
                throw new IllegalStateException(problem);
            });
            Thread.sleep(LOOK_MILLIS);
        }
        return new Searched(index, (System.nanoTime() - begin) / 1e9);
    }

    AuditIndex index() {
        return index;
    }

    /** How long it took to make. */
    double seconds() {
        return seconds;
    }

    @Override
    public void close() {
        index.close();
    }
}
