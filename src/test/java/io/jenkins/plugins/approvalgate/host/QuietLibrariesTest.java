package io.jenkins.plugins.approvalgate.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

public class QuietLibrariesTest {

    private final Logger flyway = Logger.getLogger("org.flywaydb");
    private final Logger below = Logger.getLogger("org.flywaydb.core.FlywayExecutor");

    @Before
    @After
    public void forget() {
        flyway.setLevel(null);
        below.setLevel(null);
    }

    @Test
    public void hush_leavesTheWarnings() {
        QuietLibraries.hush();
        assertThat(below.isLoggable(Level.INFO)).isFalse();
        assertThat(below.isLoggable(Level.WARNING)).isTrue();
    }

    @Test
    public void hush_leavesWhatALogRecorderAsksFor() {
        flyway.setLevel(Level.FINE);
        QuietLibraries.hush();
        assertThat(below.isLoggable(Level.FINE)).isTrue();
    }

    /** As {@code hudson.logging.LogRecorder} does, which only ever raises what it finds. */
    @Test
    public void hush_canBeUndoneByALogRecorderLater() {
        QuietLibraries.hush();
        below.setLevel(Level.INFO);
        assertThat(below.isLoggable(Level.INFO)).isTrue();
    }
}
