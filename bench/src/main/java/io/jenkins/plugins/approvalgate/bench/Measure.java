package io.jenkins.plugins.approvalgate.bench;

import java.util.List;

/** One row of the table, or a group of rows that share their set-up. Runs in a process of its own. */
public interface Measure {

    /** What to call it by on the command line: one word, lower case. */
    String name();

    /**
     * Measures. What is measured and what stands beside it take turns where noise could matter, so that both see the same
     * machine.
     *
     * @return the rows, in the order in which the table shows them
     */
    List<Figure> run(Setting setting) throws Exception;

    /** The most heap that the process may have, as the JVM's {@code -Xmx} takes it. */
    default String heap() {
        return "2g";
    }
}
