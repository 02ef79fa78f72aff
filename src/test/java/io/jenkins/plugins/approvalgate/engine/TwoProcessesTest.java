package io.jenkins.plugins.approvalgate.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Two processes on one home: the second is told, and changes nothing. */
public class TwoProcessesTest {

    private static final String REFUSED = "in use by another process: end that one first";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    /** Opens a home, says how that went, and keeps it until it is ended. */
    public static final class Opening {
        public static void main(String[] args) throws Exception {
            try {
                GateKeeper keeper = open(Path.of(args[0]));
                keeper.start();
                System.out.println("open with " + keeper.open().size());
            } catch (IOException refused) {
                System.out.println(refused.getMessage());
                return;
            }
            TimeUnit.MINUTES.sleep(5);
        }
    }

    private static GateKeeper open(Path home) throws IOException {
        return GateKeeper.open(home, new FakeHost(Town.of(""), Given.environment("one", "any: alice")), Clock.systemUTC());
    }

    @Test
    public void second_isRefusedWhileTheFirstIsThere_andChangesNothing() throws Exception {
        Path home = folder.getRoot().toPath();
        try (GateKeeper first = open(home)) {
            first.request(Given.request("one", 1));
            byte[] before = Files.readAllBytes(onlyFile(home));
            try (OtherProcess second = OtherProcess.start(Opening.class, home)) {
                assertThat(second.ended()).last().asString().contains(home.toRealPath().resolve("journal").toString(), REFUSED);
            }
            assertThat(Files.readAllBytes(onlyFile(home))).isEqualTo(before);
            first.request(Given.request("one", 2));
            assertThat(first.journal().verify().ok()).isTrue();
        }
        try (OtherProcess next = OtherProcess.start(Opening.class, home)) {
            assertThat(next.await(said -> !said.isEmpty())).containsExactly("open with 2");
        }
    }

    @Test
    public void first_isKilled_andTheHomeIsFreeAtOnce() throws Exception {
        Path home = folder.getRoot().toPath();
        try (OtherProcess first = OtherProcess.start(Opening.class, home)) {
            assertThat(first.await(said -> !said.isEmpty())).containsExactly("open with 0");
            for (int attempt = 0; attempt < 3; attempt++) {
                assertThatThrownBy(() -> open(home)).isInstanceOf(IOException.class).hasMessageContaining(REFUSED);
            }
            first.kill();
        }
        try (GateKeeper second = open(home)) {
            assertThat(second.request(Given.request("one", 1)).isOpen()).isTrue();
        }
    }

    private static Path onlyFile(Path home) throws IOException {
        try (var files = Files.list(home.resolve("journal"))) {
            return files.filter(file -> file.toString().endsWith(".jsonl")).findFirst().orElseThrow();
        }
    }
}
