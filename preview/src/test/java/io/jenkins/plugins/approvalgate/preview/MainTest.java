package io.jenkins.plugins.approvalgate.preview;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** How the process begins and ends. */
public class MainTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private void assertRefused(String line, String... arguments) throws Exception {
        try (PreviewProcess process = PreviewProcess.start(arguments)) {
            PreviewProcess.Ended ended = process.ended();
            assertThat(ended.said()).hasSize(1);
            assertThat(ended.said().get(0)).contains(line);
            assertThat(ended.status()).isEqualTo(2);
        }
    }

    private String home() {
        return folder.getRoot().toPath().resolve("home").toString();
    }

    @Test
    public void portInUse_isOneLineAndStatus2() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertRefused(
                    "port " + taken.getLocalPort() + " is in use",
                    "--port", "" + taken.getLocalPort(), "--home", home(), "--config", PreviewRule.EXAMPLE.toString());
        }
    }

    @Test
    public void yamlThatDoesNotFit_isOneLineAndStatus2() throws Exception {
        Path yaml = folder.newFile("gates.yaml").toPath();
        Files.writeString(
                yaml, Files.readString(PreviewRule.EXAMPLE).replace("timeout: \"30d\"", "timeout: \"3x\""));
        assertRefused(
                "gates.yaml: unclassified.approvalGate.environments[0].timeout: \"3x\": \"x\" is not a unit of time",
                "--port", "0", "--home", home(), "--config", yaml.toString());
    }

    @Test
    public void homeThatIsAFile_isOneLineAndStatus2() throws Exception {
        assertRefused(
                "the home folder cannot be made",
                "--port", "0", "--home", folder.newFile("file").toString(), "--config", PreviewRule.EXAMPLE.toString());
    }

    @Test
    public void secondProcessInTheSameHome_isRefused_firstEndsCleanly() throws Exception {
        try (PreviewProcess first = PreviewProcess.in(Path.of(home()))) {
            Client anybody = first.anybody();
            assertRefused(
                    "is in use by another process",
                    "--port", "0", "--home", home(), "--config", PreviewRule.EXAMPLE.toString());
            assertThat(anybody.start("develop")).isEqualTo("mlops#1");

            first.terminate();
            assertThat(first.ended().said()).noneMatch(line -> line.contains("SEVERE") || line.contains("WARNING"));
        }
    }

    @Test
    public void unreadableRun_isNamed() throws IOException, InterruptedException {
        Path runs = Files.createDirectories(Path.of(home(), "runs"));
        Files.writeString(runs.resolve("mlops-1.json"), "{");
        try (PreviewProcess process = PreviewProcess.in(Path.of(home()))) {
            PreviewProcess.Ended ended = process.ended();
            assertThat(ended.status()).isEqualTo(2);
            assertThat(ended.said()).hasSize(1).first().asString().contains("mlops-1.json", "move it away");
        }
    }
}
