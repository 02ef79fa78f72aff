package io.jenkins.plugins.approvalgate.host;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Libraries that tell at each start what nobody has to know. A log recorder of Jenkins that asks for more gets more. */
final class QuietLibraries {

    /** Kept: {@code java.util.logging} forgets the levels of loggers that nobody has. */
    private static final List<Logger> LOGGERS =
            List.of(Logger.getLogger("org.flywaydb"), Logger.getLogger("com.zaxxer.hikari"));

    private QuietLibraries() {}

    /** Has them tell of nothing below a warning, but for those whose level somebody has set. */
    static void hush() {
        LOGGERS.stream().filter(logger -> logger.getLevel() == null).forEach(logger -> logger.setLevel(Level.WARNING));
    }
}
