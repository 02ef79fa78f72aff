package io.jenkins.plugins.approvalgate.engine;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.rules.ExternalResource;

/** Keeps a class's log out of a test that provokes hundreds of warnings. */
public final class QuietLog extends ExternalResource {

    private final Logger logger;
    private Level before;

    public QuietLog(Class<?> of) {
        logger = Logger.getLogger(of.getName());
    }

    @Override
    protected void before() {
        before = logger.getLevel();
        logger.setLevel(Level.OFF);
    }

    @Override
    protected void after() {
        logger.setLevel(before);
    }
}
