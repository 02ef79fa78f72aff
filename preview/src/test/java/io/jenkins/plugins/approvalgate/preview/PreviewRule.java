package io.jenkins.plugins.approvalgate.preview;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.rules.ExternalResource;
import org.junit.rules.TemporaryFolder;

/** A preview in this process, on a port of its own, in a home that is thrown away. */
final class PreviewRule extends ExternalResource {

    static final Path EXAMPLE = Path.of("..", "examples", "jenkins.yaml");
    static final Path WEBAPP = Path.of("..", "src", "main", "webapp");

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
        start(Clock.systemUTC());
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
