package io.jenkins.plugins.approvalgate.engine.findings;

import io.jenkins.plugins.approvalgate.engine.GateKeeper;
import io.jenkins.plugins.approvalgate.engine.Host;
import io.jenkins.plugins.approvalgate.engine.Moment;
import io.jenkins.plugins.approvalgate.engine.audit.index.AuditIndex;
import java.io.Closeable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Looks for suspicious patterns in what is decided, and puts them on record as lines of the journal: what a gate shows by
 * itself soon after it happened, what only the past shows once the index is there. Delays nobody. Thread-safe.
 */
public final class Findings implements Closeable {

    private static final Duration LONGEST_END = Duration.ofSeconds(10);

    private final List<Follower> followers;

    private Findings(List<Follower> followers) {
        this.followers = followers;
    }

    /**
     * Begins, where it was left; the first time, with what happens from now on.
     *
     * @param home of the host: the places in the journal are kept in a folder there
     * @param onFound told when something is on record; has to return at once
     */
    public static Findings start(Path home, GateKeeper keeper, Host host, AuditIndex index, Runnable onFound) {
        return start(home, keeper, host, new IndexEvidence(index, host.controller()), onFound);
    }

    static Findings start(Path home, GateKeeper keeper, Host host, Evidence evidence, Runnable onFound) {
        Path folder = home.resolve("findings");
        Detector patterns =
                new PatternDetector(line -> Moment.of(line, keeper), () -> host.audit().findings(), evidence);
        Findings findings = new Findings(List.of(
                new Follower(keeper, folder.resolve("instances.place"), new InstanceDetector(keeper, host), onFound),
                new Follower(keeper, folder.resolve("patterns.place"), patterns, onFound)));
        findings.followers.forEach(Follower::start);
        keeper.journal().follow(findings::poke);
        return findings;
    }

    private void poke() {
        followers.forEach(Follower::poke);
    }

    /** What is under way is finished, or comes again at the next start. */
    @Override
    public void close() {
        followers.forEach(Follower::stop);
        try {
            for (Follower follower : followers) {
                follower.join(LONGEST_END);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
