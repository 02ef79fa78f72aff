package io.jenkins.plugins.approvalgate.host;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.listeners.ItemListener;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.approvalgate.engine.gate.GateRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/**
 * Finds the jobs that gates name, whatever they are called today.
 *
 * <p>A job gets an id when it first asks for a gate, in a file in its own folder: that goes along when the job, or a folder
 * around it, is renamed or moved; it is not copied with the job's configuration, and is gone when the job is deleted. So a job
 * that got the name of another has nothing else of it. Thread-safe.
 */
@Extension
public final class Jobs extends ItemListener {

    private static final Logger LOGGER = Logger.getLogger(Jobs.class.getName());
    private static final String FILE = "approval-gate.id";
    private static final String FORM = "[0-9a-f-]{36}";
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(10);

    /** Only those that have one: a file that is not there today may be there tomorrow. */
    private final Map<Job<?, ?>, String> ids = Collections.synchronizedMap(new WeakHashMap<>());
    /** Where the jobs with ids were seen last. */
    private final Map<String, String> names = new ConcurrentHashMap<>();
    /** When all jobs were last looked at, in the JVM's own nanoseconds; {@code null} before the first time. */
    private volatile Long looked;

    static Jobs get() {
        return ExtensionList.lookupSingleton(Jobs.class);
    }

    /**
     * The id of {@code job}, made and kept if it had none. Waits for the disk.
     *
     * @throws IOException if it cannot be kept
     */
    String idFor(Job<?, ?> job) throws IOException {
        synchronized (job) {
            Optional<String> known = id(job);
            if (known.isPresent()) {
                return known.get();
            }
            String id = UUID.randomUUID().toString();
            Path begun = job.getRootDir().toPath().resolve(FILE + ".tmp");
            Files.writeString(begun, id);
            Files.move(begun, file(job), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            remember(job, id);
            return id;
        }
    }

    private static Path file(Job<?, ?> job) {
        return job.getRootDir().toPath().resolve(FILE);
    }

    private void remember(Job<?, ?> job, String id) {
        ids.put(job, id);
        names.put(id, job.getFullName());
    }

    /** The id of {@code job}; empty if it has none. */
    private Optional<String> id(Job<?, ?> job) {
        String known = ids.get(job);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<String> read = read(file(job));
        read.ifPresent(id -> remember(job, id));
        return read;
    }

    private static Optional<String> read(Path file) {
        try {
            return Optional.of(Files.readString(file)).map(String::strip).filter(id -> id.matches(FORM));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException unreadable) {
            // What is not known is not the same: the job's gates are hidden until it can be read.
            LOGGER.log(Level.WARNING, unreadable, () -> "Cannot be read: " + file);
            return Optional.empty();
        }
    }

    /** The job that asked, whoever may see it and whatever it is called today; empty if it is gone. */
    Optional<Job<?, ?>> find(GateRequest request) {
        try (ACLContext asSystem = ACL.as2(ACL.SYSTEM2)) {
            if (request.jobId().isEmpty()) {
                return called(request.job());
            }
            String id = request.jobId().get();
            return seen(id, request.job()).or(() -> lookAgain() ? seen(id, request.job()) : Optional.empty());
        }
    }

    private Optional<Job<?, ?>> seen(String id, String usually) {
        return called(names.getOrDefault(id, usually)).filter(job -> id(job).filter(id::equals).isPresent());
    }

    private static Optional<Job<?, ?>> called(String name) {
        return Optional.ofNullable(Jenkins.get().getItemByFullName(name, Job.class));
    }

    /** Looks where all jobs are: for what happened while nobody was told. */
    void look() {
        looked = System.nanoTime();
        try (ACLContext asSystem = ACL.as2(ACL.SYSTEM2)) {
            for (Job<?, ?> job : Jenkins.get().allItems(Job.class)) {
                id(job).ifPresent(id -> remember(job, id));
            }
        }
    }

    private boolean lookAgain() {
        Long last = looked;
        boolean due = last == null || System.nanoTime() - last >= BETWEEN_LOOKS.toNanos();
        if (due) {
            look();
        }
        return due;
    }

    /** Whether {@code job}, which may just have been deleted, is the one that asked. */
    public boolean isOf(Job<?, ?> job, GateRequest request) {
        if (request.jobId().isEmpty()) {
            return request.job().equals(job.getFullName());
        }
        String id = request.jobId().get();
        return id(job).map(id::equals).orElseGet(() -> job.getFullName().equals(names.get(id)));
    }

    /** Called for everything in a folder that was renamed or moved, too. */
    @Override
    public void onLocationChanged(Item item, String oldFullName, String newFullName) {
        if (item instanceof Job<?, ?> job) {
            id(job).ifPresent(id -> remember(job, id));
        }
    }
}
