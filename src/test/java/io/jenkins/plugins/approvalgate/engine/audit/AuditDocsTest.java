package io.jenkins.plugins.approvalgate.engine.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.Assume.assumeTrue;

import io.jenkins.plugins.approvalgate.engine.audit.export.AuditExport;
import io.jenkins.plugins.approvalgate.engine.audit.export.SignedZip;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The recipes of {@code docs/audit.md}, as they stand there, with ordinary tools: what they prove, and what they find. */
public class AuditDocsTest {

    private static final String SOUND = "Every line holds; the last is ";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private JournalOnDisk disk;
    private Path key;
    private Path prove;
    private Path anchors;

    @Before
    public void writeWhatTheDocumentSays() throws Exception {
        boolean installed = Stream.of("bash", "jq", "sha256sum", "openssl", "awk")
                .allMatch(tool -> Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(path -> Files.isExecutable(Path.of(path, tool))));
        assumeTrue("needs bash, jq, sha256sum, openssl and awk", installed || "true".equals(System.getenv("CI")));
        Path home = folder.getRoot().toPath();
        key = Files.write(home.resolve("key.pem"), SignedZip.pem(new TestKey().publicKey()));
        prove = Files.writeString(home.resolve("prove.sh"), recipe("#!/bin/bash"));
        anchors = home.resolve("anchors.jsonl");
        disk = new JournalOnDisk(home.resolve("journal"));
        for (int month = 0; month < 3; month++) {
            disk.with("plain", "ünï 漢字 🙂", "del \u007f tab \t nul \u0000 quote \" back \\ \u2028", month + ",\"hash\":\"" + "0".repeat(64) + "\"}");
            anchor();
            disk.clock.advance(Duration.ofDays(31));
        }
    }

    private void anchor() throws Exception {
        try (Journal journal = disk.open()) {
            Anchor.of(journal, "test", disk.clock.instant()).orElseThrow().append(anchors);
        }
    }

    /** The code block that has {@code mark} in it. */
    private static String recipe(String mark) throws IOException {
        Path docs = Files.exists(Path.of("docs")) ? Path.of("docs") : Path.of("..", "docs");
        return Arrays.stream(Files.readString(docs.resolve("audit.md")).split("```"))
                .filter(block -> block.startsWith("bash\n") && block.contains(mark))
                .map(block -> block.substring("bash\n".length()))
                .findFirst()
                .orElseThrow();
    }

    private record Told(int status, String text) {}

    private Told run(Path where, String... command) throws Exception {
        Process process = new ProcessBuilder(command).directory(where.toFile()).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return new Told(process.exitValue(), text);
    }

    private Told prove() throws Exception {
        return run(
                folder.getRoot().toPath(),
                "bash", prove.toString(), disk.directory.toString(), key.toString(), anchors.toString(), "test");
    }

    private void holds(long last) throws Exception {
        Told told = prove();
        assertThat(told.text()).startsWith(SOUND + last);
        assertThat(told.status()).isZero();
    }

    private void finds(String... problems) throws Exception {
        Told told = prove();
        assertThat(told.text()).doesNotContain(SOUND).contains(problems);
        assertThat(told.status()).isEqualTo(1);
    }

    @Test
    public void recipe_findsNothingInAJournalThatHolds() throws Exception {
        holds(12);
        assertThat(run(folder.getRoot().toPath(), "bash", prove.toString(), disk.directory.toString(), key.toString()).text())
                .startsWith(SOUND + 12);
    }

    @Test
    public void recipe_findsAChangedByte() throws Exception {
        byte[] bytes = disk.bytes("2026-04.jsonl");
        bytes[30] ^= 1;
        disk.write("2026-04.jsonl", bytes);
        finds("2026-04.jsonl: line 5 does not hold");
    }

    @Test
    public void recipe_findsAChangedComment_evenWithTheHashMadeAnew() throws Exception {
        List<byte[]> lines = disk.lines("2026-04.jsonl");
        JournalLine old = JournalLine.parse(Arrays.copyOf(lines.get(0), lines.get(0).length - 1));
        old.data().put("comment", "never said");
        lines.set(0, JournalLine.seal(new JournalLine.Draft(old.at(), old.gate(), old.type(), old.actor(), old.data()), 5, old.prev())
                .bytes());
        disk.writeLines("2026-04.jsonl", lines);
        finds("2026-04.jsonl: line 6 does not hold");
    }

    @Test
    public void recipe_findsARemovedLine_aSwappedPair_andOneThatWasPutIn() throws Exception {
        byte[] whole = disk.bytes("2026-04.jsonl");
        List<byte[]> lines = disk.lines("2026-04.jsonl");
        lines.remove(1);
        disk.writeLines("2026-04.jsonl", lines);
        finds("2026-04.jsonl: line 6 does not hold");

        disk.write("2026-04.jsonl", whole);
        lines = disk.lines("2026-04.jsonl");
        Collections.swap(lines, 1, 2);
        disk.writeLines("2026-04.jsonl", lines);
        finds("2026-04.jsonl: line 6 does not hold");

        disk.write("2026-04.jsonl", whole);
        lines = disk.lines("2026-04.jsonl");
        lines.add(1, lines.get(0));
        disk.writeLines("2026-04.jsonl", lines);
        finds("2026-04.jsonl: line 6 does not hold");
        disk.write("2026-04.jsonl", whole);
        holds(12);
    }

    @Test
    public void recipe_findsARemovedMonth() throws Exception {
        Files.delete(disk.directory.resolve("2026-04.jsonl"));
        finds("2026-05.jsonl: line 5 does not hold");
    }

    /** The chain alone cannot show that; the anchor can. */
    @Test
    public void recipe_findsACutOffEnd_byTheAnchor() throws Exception {
        List<byte[]> lines = disk.lines("2026-05.jsonl");
        disk.writeLines("2026-05.jsonl", lines.subList(0, 2));
        finds("the journal had a line 12; now it ends with line 10");
        assertThat(run(folder.getRoot().toPath(), "bash", prove.toString(), disk.directory.toString(), key.toString()).text())
                .startsWith(SOUND + 10);
    }

    /** All hashes made anew from some line on: the chain is whole again. */
    @Test
    public void recipe_findsAnEndWrittenAnew_byTheAnchor() throws Exception {
        disk.writeLines("2026-05.jsonl", disk.lines("2026-05.jsonl").subList(0, 2));
        disk.clock.advance(Duration.ofDays(-31));
        disk.with("another", "story", "is", "told");
        finds("the journal had another line 12");
    }

    @Test
    public void recipe_findsAForgedAnchor() throws Exception {
        Files.writeString(anchors, Files.readString(anchors).replaceFirst("\"seq\":4", "\"seq\":3"));
        finds("is not signed with this key");
    }

    @Test
    public void recipe_holdsAfterRetention_andFindsAForgedOrMissingCheckpoint() throws Exception {
        try (Journal journal = disk.open()) {
            new Retention(journal, "test").prune(Instant.parse("2026-05-01T00:00:00Z"), Long.MAX_VALUE, disk.clock.instant());
        }
        assertThat(disk.files()).doesNotContain("2026-03.jsonl", "2026-04.jsonl");
        holds(13);
        Path checkpoint = disk.directory.resolve(Checkpoint.FILE);
        String sound = Files.readString(checkpoint);
        Files.writeString(checkpoint, sound.replace("\"lines\":8", "\"lines\":7"));
        finds("checkpoint.json is not signed with this key", "2026-05.jsonl: line 1 does not hold");
        Files.delete(checkpoint);
        finds("2026-05.jsonl: line 1 does not hold");
    }

    @Test
    public void recipe_ofTheManifest_holdsTheFileToTheSignature() throws Exception {
        Path where = folder.newFolder("export").toPath();
        try (Journal journal = disk.open()) {
            ByteArrayOutputStream zip = new ByteArrayOutputStream();
            AuditExport export = new AuditExport(journal, "test", AuditQuery.ALL, AuditExport.Format.JSONL);
            new SignedZip(export, Optional.of("auditor"), new TestKey(), disk.clock.instant()).writeTo(zip);
            try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip.toByteArray()))) {
                for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                    Files.write(where.resolve(entry.getName()), in.readAllBytes());
                }
            }
        }
        Path check = Files.writeString(where.resolve("check.sh"), recipe("manifest.json.sig"));
        assertThat(run(where, "bash", check.toString()).text()).contains("The file is as it was exported.");

        Path file = where.resolve("audit.jsonl");
        String sound = Files.readString(file);
        Files.writeString(file, sound.replace("plain", "plane"));
        assertThat(run(where, "bash", check.toString()).text()).doesNotContain("as it was exported");

        Files.writeString(file, sound);
        Files.writeString(where.resolve("manifest.json"), Files.readString(where.resolve("manifest.json")).replace("\"count\":12", "\"count\":11"));
        assertThat(run(where, "bash", check.toString()).status()).isNotZero();
    }
}
