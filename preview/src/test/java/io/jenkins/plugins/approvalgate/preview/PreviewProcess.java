package io.jenkins.plugins.approvalgate.preview;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The preview as users run it: in a process of its own. */
final class PreviewProcess implements AutoCloseable {

    private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:\\d+/");

    private final Process process;
    private final BufferedReader output;

    private PreviewProcess(Process process) {
        this.process = process;
        output = process.inputReader();
    }

    static PreviewProcess start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                // Surefire's own class path is a jar that only names the real one.
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        return new PreviewProcess(new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    static PreviewProcess in(Path home) throws IOException {
        return start(
                "--port", "0",
                "--home", home.toString(),
                "--config", PreviewRule.EXAMPLE.toString(),
                "--webapp", PreviewRule.WEBAPP.toString());
    }

    /** Waits until it listens. */
    Client anybody() throws IOException {
        List<String> said = new ArrayList<>();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            said.add(line);
            Matcher matcher = ADDRESS.matcher(line);
            if (matcher.find()) {
                return new Client(URI.create(matcher.group()), "");
            }
        }
        throw new IOException("it did not start: " + String.join(File.pathSeparator, said));
    }

    /** SIGKILL, on systems that have it. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** SIGTERM, on systems that have it. */
    void terminate() {
        // Process.destroy() would close our end of its output too.
        process.toHandle().destroy();
    }

    /** What it said, and how it ended, once it has. */
    Ended ended() throws IOException, InterruptedException {
        List<String> said = output.lines().toList();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            throw new IOException("it did not end");
        }
        return new Ended(process.exitValue(), said);
    }

    record Ended(int status, List<String> said) {}

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
