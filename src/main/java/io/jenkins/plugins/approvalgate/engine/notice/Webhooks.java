package io.jenkins.plugins.approvalgate.engine.notice;

import io.jenkins.plugins.approvalgate.engine.GateKeeper;
import io.jenkins.plugins.approvalgate.engine.audit.Json;
import io.jenkins.plugins.approvalgate.engine.check.Surroundings;
import io.jenkins.plugins.approvalgate.engine.gate.Webhook;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Tells those who want to know what happens to gates: every event at least once, in the journal's order, for as long as it
 * takes. One that does not answer delays neither the others nor any decision.
 *
 * <p>A webhook is the same as long as its address is: with other filters or another key it goes on where it was. One that is
 * new begins with what happens from then on. One that was taken out is forgotten. Thread-safe.
 */
public final class Webhooks implements Closeable {

    private static final Logger LOGGER = Logger.getLogger(Webhooks.class.getName());
    private static final Duration LONGEST_END = Duration.ofSeconds(5);
    private static final int KEY_LENGTH = 24;

    private final Path folder;
    private final Follower.Office office;
    private final Supplier<List<Webhook>> settings;
    /** By what makes them the same; replaced as a whole, by one at a time. */
    private volatile Map<String, Follower> followers = Map.of();
    private boolean closed;

    private Webhooks(Path folder, Follower.Office office, Supplier<List<Webhook>> settings) {
        this.folder = folder;
        this.office = office;
        this.settings = settings;
    }

    /**
     * Begins to tell, each webhook from where it was.
     *
     * @param home of the host: the places in the journal are kept in a folder there
     * @param settings what is configured now; read again with {@link #settingsChanged}
     * @param clock the real time
     */
    public static Webhooks start(
            Path home, GateKeeper keeper, Supplier<List<Webhook>> settings, Surroundings surroundings, Clock clock) {
        Caller caller = new Caller(surroundings, clock, Caller.LIMITS);
        return start(home, settings, new Follower.Office(keeper, caller, new BackOff(new Random()), pause -> pause, clock));
    }

    static Webhooks start(Path home, Supplier<List<Webhook>> settings, Follower.Office office) {
        Webhooks webhooks = new Webhooks(home.resolve("webhooks"), office, settings);
        webhooks.follow(false);
        return webhooks;
    }

    /**
     * Whether this can be called.
     *
     * @throws IllegalArgumentException if not; the message names the setting first
     */
    public static void require(Webhook webhook) {
        Outlet.of(webhook);
    }

    /** Something happened. Returns at once. */
    public void changed() {
        followers.values().forEach(Follower::poke);
    }

    /** Takes the settings as they are now. May wait a few seconds for a call to be broken off. */
    public void settingsChanged() {
        follow(true);
    }

    /** @param anew one that was not there before begins now, whatever is known of it from earlier */
    private synchronized void follow(boolean anew) {
        if (closed) {
            return;
        }
        Map<String, Follower> next = new LinkedHashMap<>();
        Map<String, Follower> gone = new LinkedHashMap<>(followers);
        for (Map.Entry<String, Outlet> wanted : outlets().entrySet()) {
            Follower known = gone.remove(wanted.getKey());
            if (known != null) {
                known.change(wanted.getValue());
            } else {
                known = begin(wanted.getKey(), wanted.getValue(), anew);
            }
            next.put(wanted.getKey(), known);
        }
        followers = next;
        end(gone.values());
        gone.values().stream().map(Follower::place).forEach(Webhooks::forget);
    }

    private Map<String, Outlet> outlets() {
        Map<String, Outlet> outlets = new LinkedHashMap<>();
        for (Webhook webhook : settings.get()) {
            try {
                Outlet outlet = Outlet.of(webhook);
                String hash = Json.hash(outlet.identity().getBytes(StandardCharsets.UTF_8)).substring(0, KEY_LENGTH);
                int number = 1;
                while (outlets.putIfAbsent(hash + "-" + number, outlet) != null) {
                    number++;
                }
            } catch (IllegalArgumentException unusable) {
                LOGGER.warning(() -> "A webhook cannot be called: " + unusable.getMessage());
            }
        }
        return outlets;
    }

    private Follower begin(String key, Outlet outlet, boolean anew) {
        Path place = folder.resolve(key + ".place");
        if (anew) {
            forget(place);
        }
        Follower follower = new Follower(office, place, outlet);
        follower.start();
        return follower;
    }

    private static void forget(Path place) {
        try {
            Files.deleteIfExists(place);
        } catch (IOException left) {
            LOGGER.log(Level.WARNING, left, () -> "Cannot be deleted: " + place);
        }
    }

    private static void end(Collection<Follower> ending) {
        ending.forEach(Follower::stop);
        try {
            for (Follower follower : ending) {
                follower.join(LONGEST_END);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /** How each does, in the order of the settings. */
    public List<WebhookState> state() {
        return followers.values().stream().map(Follower::state).toList();
    }

    /** Breaks off what is under way; it comes again at the next start. */
    @Override
    public void close() {
        Collection<Follower> ending;
        synchronized (this) {
            closed = true;
            ending = followers.values();
            followers = Map.of();
        }
        end(ending);
    }
}
