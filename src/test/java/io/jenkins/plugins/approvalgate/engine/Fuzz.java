package io.jenkins.plugins.approvalgate.engine;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/**
 * Gives something that reads what others wrote many inputs, made by a generator with a seed, and holds it to what every
 * reader promises: it takes the input, or throws what it declares; and it does so soon. A failure names the target, the
 * seed, the input's number and the input itself; with {@code -Dfuzz.seed} and {@code -Dfuzz.only} that one comes again
 * alone.
 *
 * <p>How many inputs: {@code -Dfuzz.inputs}, 20,000 where nothing is said; targets that need a disk or a whole engine take
 * a part of it. What soon means: 100 ms of the processor, of the thread that reads, so that a busy machine, a collector or
 * a compiler in another thread do not count. An input that took longer is given four times more, and the shortest time
 * counts: what the first paid for (classes, tables, memory) the next do not. An input that does not end at all is found by
 * the thread that waits: after 20 s of processor, or after two minutes in which it was stuck.
 */
public final class Fuzz<T> {

    /** Reads one input; what it throws beside what is declared, an {@link AssertionError} too, is a failure. */
    @FunctionalInterface
    public interface Target<T> {
        void take(T input) throws Exception;
    }

    /** How it went: a generator all of whose inputs are refused, or none, proves little. */
    public record Tally(int taken, int refused) {}

    private static final Logger LOGGER = Logger.getLogger(Fuzz.class.getName());
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int USUAL = 20_000;
    private static final long SEED = Long.getLong("fuzz.seed", 20_261_126L);
    private static final Duration SOON = Duration.ofMillis(100);
    private static final int TRIES = 5;
    private static final Duration NEVER = Duration.ofSeconds(20);
    private static final Duration STUCK = Duration.ofMinutes(2);
    private static final int LONGEST_SHOWN = 4_000;

    private final String name;
    private final Function<Dice, T> generator;
    private final Set<Class<? extends Exception>> declared = new HashSet<>();
    private Function<T, String> shown = Objects::toString;
    private int share = 1;

    private Fuzz(String name, Function<Dice, T> generator) {
        this.name = name;
        this.generator = generator;
    }

    public static <T> Fuzz<T> of(String name, Function<Dice, T> generator) {
        return new Fuzz<>(name, generator);
    }

    /** How many inputs a target gets that takes all. */
    public static int inputs() {
        return Integer.getInteger("fuzz.inputs", USUAL);
    }

    /**
     * For files, where a target needs some: in memory where the system has such a folder, since how fast a disk forces is
     * not what is tried. {@code null}, as {@link org.junit.rules.TemporaryFolder} wants it, for the usual one.
     */
    public static File memory() {
        Path memory = Path.of("/dev/shm");
        return Files.isWritable(memory) ? memory.toFile() : null;
    }

    /**
     * What the target may throw, too. Of unchecked ones this very class counts: its subclasses come from where nobody
     * thought of them, with a message that nobody wrote.
     */
    public Fuzz<T> declared(Class<? extends Exception> kind) {
        declared.add(kind);
        return this;
    }

    public Fuzz<T> shown(Function<T, String> text) {
        shown = text;
        return this;
    }

    /** For what is dear: one in so many of the inputs. */
    public Fuzz<T> oneIn(int part) {
        share = part;
        return this;
    }

    /** Tries them all, on a thread of its own; the first that fails ends it. */
    public Tally run(Target<T> target) {
        Run run = new Run(target);
        Thread thread = new Thread(run, "fuzz " + name);
        thread.setDaemon(true);
        thread.start();
        try {
            while (thread.isAlive()) {
                thread.join(1_000);
                run.requireMoving(thread);
            }
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
        if (run.failure != null) {
            throw new AssertionError(run.failure.getMessage(), run.failure);
        }
        LOGGER.info(() -> "fuzz " + name + ": " + run.taken + " taken, " + run.refused + " refused, slowest "
                + Duration.ofNanos(run.slowest).toMillis() + " ms of processor, seed " + SEED);
        return new Tally(run.taken, run.refused);
    }

    private final class Run implements Runnable {
        private final Target<T> target;
        private int taken;
        private int refused;
        private long slowest;
        private volatile AssertionError failure;
        private volatile int number;
        private volatile T input;
        /** What the thread had used of the processor when the input's turn began. */
        private volatile long began;
        /** Of the thread that waits. */
        private int lastSeen = -1;
        private long lastMoved;

        private Run(Target<T> target) {
            this.target = target;
        }

        @Override
        public void run() {
            int only = Integer.getInteger("fuzz.only", -1);
            int count = Math.max(1, inputs() / share);
            for (number = Math.max(0, only); number < (only < 0 ? count : only + 1); number++) {
                began = THREADS.getCurrentThreadCpuTime();
                try {
                    input = generator.apply(new Dice(SEED * 1_000_003 + number));
                    long took = take();
                    for (int i = 1; i < TRIES && took > SOON.toNanos(); i++) {
                        took = Math.min(took, take());
                    }
                    slowest = Math.max(slowest, took);
                    if (took > SOON.toNanos()) {
                        throw new AssertionError("took " + Duration.ofNanos(took).toMillis() + " ms of processor at best");
                    }
                } catch (Throwable broken) {
                    failure = new AssertionError(described(broken.toString()), broken);
                    return;
                }
            }
        }

        /** How long it took, in nanoseconds of this thread on a processor. */
        private long take() throws Exception {
            long start = THREADS.getCurrentThreadCpuTime();
            try {
                target.take(input);
                taken++;
            } catch (Exception thrown) {
                if (declared.stream().noneMatch(kind -> isKind(thrown, kind))) {
                    throw thrown;
                }
                refused++;
            }
            return THREADS.getCurrentThreadCpuTime() - start;
        }

        private boolean isKind(Exception thrown, Class<? extends Exception> kind) {
            return RuntimeException.class.isAssignableFrom(kind) ? thrown.getClass() == kind : kind.isInstance(thrown);
        }

        /** Called by the thread that waits. */
        private void requireMoving(Thread thread) {
            long now = System.nanoTime();
            if (number != lastSeen) {
                lastSeen = number;
                lastMoved = now;
            }
            long used = THREADS.getThreadCpuTime(thread.getId()) - began;
            if (used > NEVER.toNanos() || now - lastMoved > STUCK.toNanos()) {
                String stack = Arrays.stream(thread.getStackTrace())
                        .map(frame -> "\n\tat " + frame)
                        .collect(Collectors.joining());
                throw new AssertionError(described("does not end" + stack));
            }
        }

        private String described(String what) {
            return name + ", -Dfuzz.seed=" + SEED + " -Dfuzz.only=" + number + ": " + what + "\ninput: "
                    + literal(input == null ? "" : shown.apply(input));
        }
    }

    /** As it can be put into a regression test. */
    public static String literal(String text) {
        StringBuilder literal = new StringBuilder("\"");
        text.chars().limit(LONGEST_SHOWN).forEach(c -> {
            switch (c) {
                case '"', '\\' -> literal.append('\\').append((char) c);
                case '\n' -> literal.append("\\n");
                default -> literal.append(c >= ' ' && c <= '~' ? String.valueOf((char) c) : String.format("\\u%04X", c));
            }
        });
        return literal.append(text.length() > LONGEST_SHOWN ? "\" and " + (text.length() - LONGEST_SHOWN) + " more" : "\"").toString();
    }
}
