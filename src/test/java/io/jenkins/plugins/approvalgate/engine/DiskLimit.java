package io.jenkins.plugins.approvalgate.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.Assume.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A disk that is full for a moment: no file of this process may become longer than it is said here. What is written beyond
 * stops in the middle of a line.
 */
final class DiskLimit {

    private static final Path PRLIMIT = Path.of("/usr/bin/prlimit");

    private DiskLimit() {}

    static void assumePossible() {
        assumeTrue("needs prlimit", Files.isExecutable(PRLIMIT));
    }

    /** What happens while the disk is full. */
    @FunctionalInterface
    interface Meanwhile {
        void happens() throws Exception;
    }

    /** Lets {@code file} grow by so many bytes and no more, until {@code meanwhile} is over. */
    static void roomFor(int bytes, Path file, Meanwhile meanwhile) throws Exception {
        limit(Long.toString(Files.size(file) + bytes));
        try {
            meanwhile.happens();
        } finally {
            limit("unlimited");
        }
    }

    /** The soft limit alone: it can be lifted again. */
    private static void limit(String bytes) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        PRLIMIT.toString(), "--pid", Long.toString(ProcessHandle.current().pid()), "--fsize=" + bytes + ":")
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(said).isZero();
    }
}
