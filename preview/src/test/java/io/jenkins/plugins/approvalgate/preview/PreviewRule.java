package io.jenkins.plugins.approvalgate.preview;

import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.approvalgate.engine.audit.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import org.junit.rules.ExternalResource;
import org.junit.rules.TemporaryFolder;

/** A preview in this process, on a port of its own, in a home that is thrown away. */
final class PreviewRule extends ExternalResource {

    static final Path EXAMPLE = Path.of("..", "examples", "jenkins.yaml");
    static final Path WEBAPP = Path.of("..", "src", "main", "webapp");

    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

    /** Begins on a Wednesday at noon in New York, within the business hours of the example, and goes on from there. */
    static final Clock CLOCK = Clock.offset(Clock.systemUTC(), Duration.between(Instant.now(), at(DayOfWeek.WEDNESDAY, 12)));

    private final TemporaryFolder home = new TemporaryFolder();
    private Path config = EXAMPLE;
    private Preview preview;

    /** With other settings than the example's. To be called before the test. */
    PreviewRule with(Path otherConfig) {
        config = otherConfig;
        return this;
    }

    @Override
    protected void before() throws Throwable {
        home.create();
        start(CLOCK);
    }

    /** The next such day and hour in New York, as the computer's clock has it. */
    static Instant at(DayOfWeek day, int hour) {
        return at(ZonedDateTime.now(NEW_YORK), day, hour);
    }

    /** The next such day and hour in New York, as the preview's clock has it. */
    Instant next(DayOfWeek day, int hour) throws IOException {
        return at(now().atZone(NEW_YORK), day, hour);
    }

    private static Instant at(ZonedDateTime now, DayOfWeek day, int hour) {
        return now.with(TemporalAdjusters.next(day)).with(LocalTime.of(hour, 0)).toInstant();
    }

    /** What the preview's clock says. */
    Instant now() throws IOException {
        return Instant.parse(as("").get("/preview/clock").json().get("now").asText());
    }

    void moveClock(Instant to) throws IOException {
        Answer answer = as("").post("/preview/clock", Json.object().put("set", to.toString()).toString());
        if (answer.status() != 200) {
            throw new IOException("not moved: " + answer);
        }
    }

    void start(Clock clock) throws StartFailure {
        preview = Preview.start(new Options(0, home(), config, WEBAPP), clock);
    }

    void stop() throws IOException {
        preview.close();
    }

    Path home() {
        return home.getRoot().toPath();
    }

    Preview preview() {
        return preview;
    }

    /** A client with that name, of the preview as it was started last. */
    Client as(String user) {
        return new Client(preview.address(), user);
    }

    void awaitStatus(String run, String status) {
        await("status " + status + " of " + run)
                .atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> as("").statusOf(run).equals(status));
    }

    @Override
    protected void after() {
        try {
            preview.close();
        } catch (IOException failed) {
            throw new AssertionError(failed);
        } finally {
            home.delete();
        }
    }
}
