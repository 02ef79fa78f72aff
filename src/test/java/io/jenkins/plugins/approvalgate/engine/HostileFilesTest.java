package io.jenkins.plugins.approvalgate.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.approvalgate.engine.audit.Verification;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.Rule;
import org.junit.Test;

/** What somebody who can write files puts into the journal so that it cannot be read any more, or does more than being read. */
public class HostileFilesTest {

    @Rule
    public final KeeperOnDisk disk = new KeeperOnDisk(Town.of(""), Given.environment("production", "unanimous: alice, bob"));

    private static Map<String, String> lines() {
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put("a line of 20 MiB", "x".repeat(20 << 20));
        lines.put("JSON of 20 MiB", "{\"seq\":2,\"data\":\"" + "x".repeat(20 << 20) + "\"}");
        lines.put("lists a million deep", "[".repeat(1_000_000));
        lines.put("objects a hundred thousand deep", "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000));
        lines.put("a number of a million digits", "{\"seq\":" + "9".repeat(1_000_000) + "}");
        lines.put("names given twice", "{\"seq\":2,\"seq\":3,\"gate\":null,\"gate\":\"x\"}");
        lines.put("a type of Java", "{\"@class\":\"java.lang.ProcessBuilder\",\"@type\":\"java.lang.ProcessBuilder\"}");
        lines.put("entities", "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><x>&e;</x>");
        lines.put("no UTF-8", "\ufffd\ufffe\u0000\u0001");
        lines.put("a serialized object", "\u00ac\u00ed\u0000\u0005sr");
        return lines;
    }

    /** @return how many lines do not hold */
    private int opened(Gate gate, List<String> lines, String what) throws Exception {
        disk.keeper.close();
        disk.writeLines(lines);
        disk.openAndStart();
        assertThat(disk.gate(gate.id()).isOpen()).as(what).isTrue();
        assertThat(disk.gate(gate.id()).approvals()).as(what).hasSize(1);
        Verification verification = disk.keeper.journal().verify();
        assertThat(verification.ok()).as(what).isFalse();
        return verification.damages().size();
    }

    @Test
    public void everyLineThatIsNone_costsItselfAlone() throws Exception {
        Gate gate = disk.request("production", 1);
        disk.keeper.submit(gate.id(), Given.approve("alice"));
        List<String> sound = disk.lines();
        for (Map.Entry<String, String> line : lines().entrySet()) {
            List<String> spoilt = new ArrayList<>(sound);
            spoilt.add(1, line.getValue());
            assertThat(opened(gate, spoilt, line.getKey())).as(line.getKey()).isPositive();
            removeLater();
        }
        disk.keeper.submit(gate.id(), Given.approve("bob"));
        assertThat(disk.stateOf(gate.id())).isEqualTo("APPROVED");
    }

    /** What the keeper wrote about the damage goes into a file of its own, which the next round does not need. */
    private void removeLater() throws IOException {
        try (Stream<Path> files = Files.list(disk.journal())) {
            for (Path file : files.filter(file -> file.getFileName().toString().matches("2026-03-\\d+\\.jsonl")).toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    public void bytesThatAreNoText_areDamage() throws Exception {
        Gate gate = disk.request("production", 1);
        disk.keeper.submit(gate.id(), Given.approve("alice"));
        disk.keeper.close();
        Path file = disk.journal().resolve("2026-03.jsonl");
        byte[] sound = Files.readAllBytes(file);
        byte[] spoilt = new byte[sound.length + 4];
        System.arraycopy(new byte[] {(byte) 0xff, (byte) 0xfe, 0, '\n'}, 0, spoilt, 0, 4);
        System.arraycopy(sound, 0, spoilt, 4, sound.length);
        Files.write(file, spoilt);
        disk.openAndStart();
        assertThat(disk.gate(gate.id()).approvals()).hasSize(1);
        assertThat(disk.keeper.journal().verify().damages()).isNotEmpty();
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)).startsWith("\u00ff\u00fe");
    }
}
