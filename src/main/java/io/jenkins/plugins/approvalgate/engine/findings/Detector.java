package io.jenkins.plugins.approvalgate.engine.findings;

import io.jenkins.plugins.approvalgate.engine.audit.JournalLine;
import java.io.IOException;
import java.util.List;

/** Finds what a line of the journal completes. Asked by one thread. */
interface Detector {

    /** Whether a line of this type can complete a pattern. */
    boolean watches(String type);

    /**
     * What is found now that this line is there.
     *
     * @param known what is on record already
     * @throws NotYet if what it has to ask has not got so far
     * @throws IOException if it cannot ask now
     */
    List<Finding> look(JournalLine line, Known known) throws IOException, NotYet;

    /** It will be known soon. */
    final class NotYet extends Exception {
        private static final long serialVersionUID = 1L;

        NotYet() {
            super("not yet", null, false, false);
        }
    }
}
