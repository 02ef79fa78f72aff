package io.jenkins.plugins.approvalgate.host;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.init.TermMilestone;
import hudson.init.Terminator;
import hudson.model.User;
import hudson.remoting.SingleLaneExecutorService;
import hudson.security.ACL;
import hudson.util.ClassLoaderSanityThreadFactory;
import hudson.util.DaemonThreadFactory;
import hudson.util.NamingThreadFactory;
import io.jenkins.plugins.approvalgate.engine.GateKeeper;
import io.jenkins.plugins.approvalgate.engine.Host;
import io.jenkins.plugins.approvalgate.engine.Refusal;
import io.jenkins.plugins.approvalgate.engine.SearchIndex;
import io.jenkins.plugins.approvalgate.engine.audit.history.SettingsHistory;
import io.jenkins.plugins.approvalgate.engine.audit.history.Source;
import io.jenkins.plugins.approvalgate.engine.audit.index.AuditIndex;
import io.jenkins.plugins.approvalgate.engine.findings.Findings;
import io.jenkins.plugins.approvalgate.engine.gate.Command;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.Settings;
import io.jenkins.plugins.approvalgate.engine.notice.Webhooks;
import io.jenkins.plugins.approvalgate.engine.notice.mail.Mailing;
import io.jenkins.plugins.approvalgate.engine.rest.RestApi;
import io.jenkins.plugins.approvalgate.host.mail.MailByMailer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import jenkins.security.ImpersonatingExecutorService;

/**
 * The engine within Jenkins' life: opened before the first build resumes, let go after the last has stopped.
 *
 * <p>A journal that cannot be opened leaves no engine: every gate stays shut, and {@link JournalMonitor} says why.
 */
@Extension
public final class ApprovalGates {

    private static final Logger LOGGER = Logger.getLogger(ApprovalGates.class.getName());
    private static final int WORKERS = 8;
    /** What is attained when the engine tells of no gate any more, while Jenkins goes down. */
    public static final String STOPPED = "approval gates stopped";

    private final Host host = new JenkinsHost();
    private final ExecutorService workers = new ImpersonatingExecutorService(pool(), ACL.SYSTEM2);
    private volatile GateKeeper keeper;
    private volatile SettingsHistory history;
    private volatile Exception whyShut;
    private volatile Mailing mail;
    private volatile Webhooks webhooks;
    private volatile AuditIndex index;
    private volatile Findings findings;

    private static ExecutorService pool() {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                WORKERS,
                WORKERS,
                1,
                TimeUnit.MINUTES,
                new LinkedBlockingQueue<>(),
                new NamingThreadFactory(
                        new ClassLoaderSanityThreadFactory(new DaemonThreadFactory()), "approval-gate host"));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    public static ApprovalGates get() {
        return ExtensionList.lookupSingleton(ApprovalGates.class);
    }

    /** Finds the gates as they were, before any build asks for its own, and before code configures what is to be recorded. */
    @Initializer(after = InitMilestone.EXTENSIONS_AUGMENTED, before = InitMilestone.SYSTEM_CONFIG_LOADED)
    public static void open() {
        ApprovalGates gates = get();
        gates.openJournal(Clock.systemUTC());
        gates.keeper().ifPresent(keeper -> gates.openHistory(keeper, Clock.systemUTC()));
    }

    private void openHistory(GateKeeper keeper, Clock clock) {
        try {
            history = SettingsHistory.open(home(), keeper.journal(), clock);
            ExtensionList.lookup(SettingsSource.class).forEach(SettingsSource::recordFound);
        } catch (IOException unreadable) {
            LOGGER.log(Level.SEVERE, "What was recorded last of the settings cannot be read: they cannot be changed", unreadable);
        }
    }

    private synchronized void openJournal(Clock clock) {
        try {
            keeper = GateKeeper.open(home(), host, clock);
        } catch (IOException | RuntimeException shut) {
            whyShut = shut;
            LOGGER.log(Level.SEVERE, "The journal cannot be opened: every gate stays shut", shut);
        }
    }

    private static Path home() {
        return new File(Jenkins.get().getRootDir(), "approval-gate").toPath();
    }

    /** Lets time act, now that there are jobs and builds that can be told. */
    @Initializer(after = InitMilestone.JOB_CONFIG_ADAPTED)
    public static void start() {
        ApprovalGates gates = get();
        gates.keeper().ifPresent(keeper -> {
            Jobs.get().look();
            gates.webhooks = Webhooks.start(
                    home(),
                    keeper,
                    () -> SettingsSource.current().webhooks(),
                    gates.host.surroundings(),
                    Clock.systemUTC());
            QuietLibraries.hush();
            AuditIndex index = SearchIndex.start(home(), keeper, gates.host);
            gates.index = index;
            gates.findings = Findings.start(
                    home(), keeper, gates.host, index, () -> gates.webhooks().ifPresent(Webhooks::changed));
            gates.mail = MailByMailer.start(keeper, gates.host).orElse(null);
            keeper.start();
            gates.later(() -> gates.cancelAll(
                    gate -> Builds.isGone(gate.request()), Optional.empty(), "Its build is gone."));
        });
    }

    /** Writes what is under way, and lets the journal go. */
    @Terminator(after = TermMilestone.STARTED, attains = STOPPED)
    public static void stop() throws IOException {
        ApprovalGates gates = get();
        gates.workers.shutdown();
        Optional.ofNullable(gates.findings).ifPresent(Findings::close);
        gates.webhooks().ifPresent(Webhooks::close);
        gates.index().ifPresent(AuditIndex::close);
        gates.mail().ifPresent(MailByMailer::stop);
        GateKeeper open = gates.keeper;
        if (open != null) {
            open.close();
        }
    }

    /** Those who send mail; empty where they cannot, or have not started. */
    public Optional<Mailing> mail() {
        return Optional.ofNullable(mail);
    }

    /** The engine; empty where its journal could not be opened. */
    public Optional<GateKeeper> keeper() {
        return Optional.ofNullable(keeper);
    }

    /**
     * The engine.
     *
     * @throws IOException if its journal could not be opened, with the reason
     */
    public GateKeeper keeperOrExplain() throws IOException {
        GateKeeper open = keeper;
        if (open == null) {
            throw new IOException("The approval gates are shut, because their journal cannot be opened: "
                    + (whyShut == null ? "Jenkins is still starting" : whyShut.getMessage()), whyShut);
        }
        return open;
    }

    /** Those who call others; empty where there is no engine, or it has not started. */
    Optional<Webhooks> webhooks() {
        return Optional.ofNullable(webhooks);
    }

    /**
     * Records what is about to be configured, before it counts. Waits for the disk.
     *
     * @throws IOException if it cannot be recorded, and so must not count; the message says why
     */
    public void record(Settings next, Source source) throws IOException {
        keeperOrExplain();
        SettingsHistory known = history;
        if (known == null) {
            throw new IOException("What was recorded last of the settings cannot be read: see the log of Jenkins.");
        }
        known.record(next, actor(), source);
    }

    /** Jenkins itself is nobody, although it has a user's name. */
    private static Optional<String> actor() {
        return ACL.SYSTEM2.equals(Jenkins.getAuthentication2())
                ? Optional.empty()
                : Optional.ofNullable(User.current()).map(User::getId);
    }

    /** What the audit is searched in; empty where there is no engine, or it has not started. */
    Optional<AuditIndex> index() {
        return Optional.ofNullable(index);
    }

    /** What is configured has changed: takes it, soon. */
    public void settingsChanged() {
        index().ifPresent(AuditIndex::settingsChanged);
        webhooks().ifPresent(open -> later(open::settingsChanged));
    }

    /** A gate that is open or has ended lately; empty for any other, and where there is no engine. */
    public Optional<Gate> inMemory(String gateId) {
        return keeper().flatMap(open -> open.inMemory(gateId));
    }

    /** The JSON API; empty where there is no engine. */
    public Optional<RestApi> api() {
        return keeper().map(open -> new RestApi(open, host, index()));
    }

    /** Why there is no engine; empty where there is one, or is about to be. */
    Optional<Exception> whyShut() {
        return Optional.ofNullable(whyShut);
    }

    /** Does {@code task} soon, as Jenkins itself, on a thread that may wait for disks and directories. */
    public void later(Runnable task) {
        try {
            workers.execute(task);
        } catch (RejectedExecutionException goingDown) {
            LOGGER.log(Level.FINE, "Left for the next start", goingDown);
        }
    }

    /** For tasks that {@link #later} would do, but that have to follow each other in the order in which they come. */
    public Executor lane() {
        return new SingleLaneExecutorService(workers);
    }

    /** Calls off all open gates that {@code which} names. Waits for the disk. */
    public void cancelAll(Predicate<Gate> which, Optional<String> actor, String reason) {
        keeper().ifPresent(open -> open.open().stream()
                .filter(which)
                .forEach(gate -> cancel(open, gate, new Command.Cancel(actor, reason))));
    }

    /**
     * Calls off, soon, those gates that {@code which} names now, and gives back the locks that they hold: one that a job of
     * the same name asks for afterwards is not among them. Returns at once.
     */
    public void endLater(Predicate<Gate> which, Optional<String> actor, String reason) {
        Set<String> ids = keeper().stream()
                .flatMap(open -> Stream.concat(open.open().stream(), open.lockHolders().stream()))
                .filter(which)
                .map(Gate::id)
                .collect(Collectors.toSet());
        if (!ids.isEmpty()) {
            later(() -> {
                cancelAll(gate -> ids.contains(gate.id()), actor, reason);
                // Afterwards: one that opened just before it could be called off has the lock now.
                ids.forEach(id -> release(id, new Command.Release(actor, reason)));
            });
        }
    }

    private void release(String gateId, Command.Release command) {
        keeper().ifPresent(open -> {
            try {
                open.release(gateId, command);
            } catch (Refusal notNow) {
                LOGGER.log(Level.WARNING, notNow, () -> "Gate " + gateId + ": its lock will be tried again to be given back");
            }
        });
    }

    /** Gives back, soon, the locks of those holders of which {@code isLost} says so. Returns at once; costs nothing without a holder. */
    public void releaseLost(Predicate<Gate> isLost, String reason) {
        if (keeper().map(GateKeeper::lockHolders).filter(holders -> !holders.isEmpty()).isPresent()) {
            later(() -> keeper().stream()
                    .flatMap(open -> open.lockHolders().stream())
                    .filter(isLost)
                    .forEach(gate -> release(gate.id(), new Command.Release(Optional.empty(), reason))));
        }
    }

    private static void cancel(GateKeeper keeper, Gate gate, Command.Cancel command) {
        try {
            keeper.cancel(gate.id(), command);
        } catch (Refusal refusal) {
            if (refusal.kind() != Refusal.Kind.CLOSED) {
                LOGGER.log(Level.WARNING, refusal, () -> "Gate " + gate.id() + " could not be called off");
            }
        }
    }
}
