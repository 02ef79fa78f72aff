package io.jenkins.plugins.approvalgate.host.origin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A repository on this machine's disk, made by the command line's git. */
public final class GitRepository {

    private final Path folder;

    /** A repository in the empty {@code folder}, on the branch {@code main}, without a commit. */
    public GitRepository(Path folder) throws IOException, InterruptedException {
        this.folder = folder;
        git("init", "--quiet", "--initial-branch=main");
        git("config", "user.name", "Test");
        git("config", "user.email", "test@example.com");
        git("config", "commit.gpgsign", "false");
    }

    public String url() {
        return folder.toUri().toString();
    }

    /** Commits {@code text} as the file {@code path} on the current branch. */
    public void commit(String path, String text) throws IOException, InterruptedException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        git("add", path);
        git("commit", "--quiet", "--message=Change " + path);
    }

    /** What git prints. */
    public String git(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(command + ": " + output);
        }
        return output.strip();
    }
}
