package io.jenkins.plugins.approvalgate.engine;

import io.jenkins.plugins.approvalgate.engine.check.Callbacks;
import io.jenkins.plugins.approvalgate.engine.check.Check;
import io.jenkins.plugins.approvalgate.engine.check.CheckType;
import io.jenkins.plugins.approvalgate.engine.check.Options;
import io.jenkins.plugins.approvalgate.engine.check.Subject;
import io.jenkins.plugins.approvalgate.engine.gate.CheckResult;
import io.jenkins.plugins.approvalgate.engine.gate.CheckSpec;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Kinds of checks that say what a test lets them say, one of each sort: {@code fixed} looks at the request, {@code timed} at
 * the time, {@code asking} and {@code watching} ask others. Which of them a check is, its setting {@code name} says.
 * Thread-safe.
 */
public final class Puppets {

    static final Duration LIMIT = Duration.ofSeconds(30);
    static final Duration INTERVAL = Duration.ofMinutes(5);

    /** What a puppet says. */
    @FunctionalInterface
    public interface Voice {
        CheckResult say(Subject subject, Instant now, Callbacks callbacks) throws IOException, InterruptedException;
    }

    private final Map<String, Voice> voices = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();
    private volatile Duration limit = LIMIT;

    public static CheckSpec fixed(String name) {
        return spec("fixed", name);
    }

    public static CheckSpec timed(String name) {
        return spec("timed", name);
    }

    public static CheckSpec asking(String name) {
        return spec("asking", name);
    }

    public static CheckSpec watching(String name) {
        return spec("watching", name);
    }

    private static CheckSpec spec(String kind, String name) {
        return new CheckSpec(kind, Map.of("name", name));
    }

    /** From now on {@code name} says this; before it was told what, it says that it passes. */
    public void says(String name, Voice voice) {
        voices.put(name, voice);
    }

    public void says(String name, CheckResult always) {
        says(name, (subject, now, callbacks) -> always);
    }

    /** How often {@code name} was asked, or looked at. */
    public int asked(String name) {
        return asked.computeIfAbsent(name, n -> new AtomicInteger()).get();
    }

    /** Of the checks that are made from now on. */
    void limit(Duration each) {
        limit = each;
    }

    private CheckResult hear(String name, Subject subject, Instant now, Callbacks callbacks)
            throws IOException, InterruptedException {
        asked.computeIfAbsent(name, n -> new AtomicInteger()).incrementAndGet();
        Voice voice = voices.get(name);
        return voice == null ? CheckResult.pass("Nothing against it.") : voice.say(subject, now, callbacks);
    }

    private CheckResult hearAtOnce(String name, Subject subject, Instant now) {
        try {
            return hear(name, subject, now, null);
        } catch (IOException | InterruptedException notForThisSort) {
            throw new IllegalStateException(notForThisSort);
        }
    }

    /** The four kinds. */
    public List<CheckType> types() {
        return List.of(
                type("fixed", Fixed::new),
                type("timed", Timed::new),
                type("asking", name -> new Asking(name, false, limit)),
                type("watching", name -> new Asking(name, true, limit)));
    }

    private static CheckType type(String kind, Function<String, Check> maker) {
        return new CheckType() {
            @Override
            public String kind() {
                return kind;
            }

            @Override
            public Check create(Options options) {
                return maker.apply(options.text("name"));
            }
        };
    }

    private final class Fixed implements Check.OfRequest {
        private final String name;

        private Fixed(String name) {
            this.name = name;
        }

        @Override
        public String summary() {
            return "what " + name + " says";
        }

        @Override
        public CheckResult evaluate(Subject subject) {
            return hearAtOnce(name, subject, subject.requestedAt());
        }
    }

    private final class Timed implements Check.OfTime {
        private final String name;

        private Timed(String name) {
            this.name = name;
        }

        @Override
        public String summary() {
            return "when " + name + " says";
        }

        @Override
        public CheckResult evaluate(Subject subject, Instant now) {
            return hearAtOnce(name, subject, now);
        }
    }

    private final class Asking implements Check.Asking {
        private final String name;
        private final boolean watches;
        private final Duration limit;

        private Asking(String name, boolean watches, Duration limit) {
            this.name = name;
            this.watches = watches;
            this.limit = limit;
        }

        @Override
        public String summary() {
            return "what " + name + " answers";
        }

        @Override
        public CheckResult ask(Subject subject, Instant now, Callbacks callbacks) throws IOException, InterruptedException {
            return hear(name, subject, now, callbacks);
        }

        @Override
        public Duration timeLimit() {
            return limit;
        }

        @Override
        public Duration interval() {
            return INTERVAL;
        }

        @Override
        public boolean watches() {
            return watches;
        }
    }
}
