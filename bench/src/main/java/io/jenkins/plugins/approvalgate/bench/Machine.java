package io.jenkins.plugins.approvalgate.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the figures were measured on. */
final class Machine {

    private Machine() {}

    /** As lines of a Markdown list. */
    static String facts(Path directory) throws IOException {
        Runtime runtime = Runtime.getRuntime();
        long memory = ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getTotalMemorySize();
        return """
                - %d cores, %d GiB of memory
                - %s %s, kernel %s
                - Java %s, %s
                - files on %s
                """
                .formatted(
                        runtime.availableProcessors(),
                        memory >> 30,
                        System.getProperty("os.name"),
                        System.getProperty("os.arch"),
                        System.getProperty("os.version"),
                        System.getProperty("java.version"),
                        System.getProperty("java.vm.name"),
                        Files.getFileStore(directory).type());
    }
}
