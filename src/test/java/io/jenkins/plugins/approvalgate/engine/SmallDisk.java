package io.jenkins.plugins.approvalgate.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.Assume.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.rules.ExternalResource;
import org.junit.rules.TemporaryFolder;

/**
 * A real disk of 256 KiB, in memory, that a test may fill. Who may not mount one (in most containers only who has
 * {@code CAP_SYS_ADMIN} may) has the test skipped, with what mount said; {@link DiskLimit} shows the most of it there too.
 */
final class SmallDisk extends ExternalResource {

    private static final int SIZE = 256 << 10;
    private static final int PAGE = 4_096;

    private final TemporaryFolder folder = new TemporaryFolder();
    private boolean mounted;

    @Override
    protected void before() throws Throwable {
        folder.create();
        String said = run("mount", "-t", "tmpfs", "-o", "size=" + SIZE, "tmpfs", root().toString());
        mounted = said.isEmpty();
        if (!mounted) {
            folder.delete();
        }
        assumeTrue("no small disk can be mounted here: " + said, mounted);
    }

    @Override
    protected void after() {
        if (mounted) {
            try {
                assertThat(run("umount", root().toString())).isEmpty();
            } catch (IOException | InterruptedException failed) {
                throw new IllegalStateException(failed);
            } finally {
                folder.delete();
            }
        }
    }

    Path root() {
        return folder.getRoot().toPath();
    }

    /** Takes all room but so many pages. */
    void fill(int pagesLeft) throws IOException {
        empty();
        try (OutputStream filler = Files.newOutputStream(filler())) {
            byte[] page = new byte[PAGE];
            for (long pages = root().toFile().getUsableSpace() / PAGE; pages > pagesLeft; pages--) {
                filler.write(page);
            }
        }
    }

    /** Gives the room back. */
    void empty() throws IOException {
        Files.deleteIfExists(filler());
    }

    private Path filler() {
        return root().resolve("filler");
    }

    /** What it complained of; empty if it did what it should. */
    private static String run(String... command) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException noSuchCommand) {
            return noSuchCommand.getMessage();
        }
        String said = new String(process.getInputStream().readAllBytes()).strip();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return process.exitValue() == 0 ? "" : said.isEmpty() ? String.join(" ", command) + " failed" : said;
    }
}
