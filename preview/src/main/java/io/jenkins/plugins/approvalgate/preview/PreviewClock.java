package io.jenkins.plugins.approvalgate.preview;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.approvalgate.engine.audit.Disk;
import io.jenkins.plugins.approvalgate.engine.audit.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that runs ahead of another by as much as it was moved, kept over restarts. It never goes back. Thread-safe. */
final class PreviewClock extends Clock {

    /** Far enough for everybody, and far from where dates cease to have four digits. */
    private static final Instant LATEST = Instant.parse("2999-01-01T00:00:00Z");

    private final Clock base;
    private final Path file;
    private final AtomicReference<Duration> ahead;

    private PreviewClock(Clock base, Path file, AtomicReference<Duration> ahead) {
        this.base = base;
        this.file = file;
        this.ahead = ahead;
    }

    /**
     * The clock as it was left in {@code home}.
     *
     * @throws StartFailure if it cannot be read
     */
    static PreviewClock open(Path home, Clock base) throws StartFailure {
        Path file = home.resolve("clock.json");
        return new PreviewClock(base, file, new AtomicReference<>(Files.exists(file) ? read(file) : Duration.ZERO));
    }

    private static Duration read(Path file) throws StartFailure {
        try {
            JsonNode ahead = Json.read(Files.readAllBytes(file)).path("ahead");
            return Duration.parse(ahead.asText());
        } catch (IOException | DateTimeException unreadable) {
            throw new StartFailure(
                    file + ": the clock cannot be read; delete it to go back to the computer's own time", unreadable);
        }
    }

    /**
     * Moves the clock forward; on disk when this returns.
     *
     * @throws IllegalArgumentException if that is backwards or too far
     * @throws IOException if it cannot be kept; nothing changed then
     */
    void advance(Duration by) throws IOException {
        synchronized (ahead) {
            if (by.isNegative()) {
                throw new IllegalArgumentException("The clock never goes back.");
            }
            if (by.compareTo(Duration.between(instant(), LATEST)) > 0) {
                throw new IllegalArgumentException("The clock cannot go beyond " + LATEST + ".");
            }
            Duration next = ahead.get().plus(by);
            Disk.replace(file, Json.write(Json.object().put("ahead", next.toString())));
            ahead.set(next);
        }
    }

    /** Sets the clock to {@code time}, as {@link #advance} does. */
    void set(Instant time) throws IOException {
        synchronized (ahead) {
            advance(Duration.between(instant(), time));
        }
    }

    @Override
    public Instant instant() {
        return base.instant().plus(ahead.get());
    }

    @Override
    public ZoneId getZone() {
        return base.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return new PreviewClock(base.withZone(zone), file, ahead);
    }
}
