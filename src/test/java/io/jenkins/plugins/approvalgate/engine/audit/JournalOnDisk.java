package io.jenkins.plugins.approvalgate.engine.audit;

import io.jenkins.plugins.approvalgate.engine.Given;
import io.jenkins.plugins.approvalgate.engine.MovableClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A journal's folder, as a test that spoils files sees it. */
final class JournalOnDisk {

    final MovableClock clock = new MovableClock(Given.START);
    final Path directory;
    /** What the last {@link #open} told its reader, of all gates, first to last. */
    final List<JournalLine> told = new ArrayList<>();

    JournalOnDisk(Path directory) {
        this.directory = directory;
    }

    Journal open() throws IOException {
        told.clear();
        Journal journal = Journal.open(directory, new TestKey(), clock, 1_000, (gate, lines) -> () -> told.addAll(lines));
        told.sort(Comparator.comparingLong(JournalLine::seq));
        return journal;
    }

    /** A draft about no gate in particular. */
    JournalLine.Draft draft(String comment) {
        return draft(clock.instant(), comment);
    }

    static JournalLine.Draft draft(Instant at, String comment) {
        return new JournalLine.Draft(
                at,
                Optional.of("01kjxxxxxxxxxxxxxxxxxxxxxx"),
                "noted",
                Optional.of("alice"),
                Json.object().put("comment", comment));
    }

    /** Begins the journal with these comments, a line each, and closes it. */
    JournalOnDisk with(String... comments) throws IOException, JournalUnavailableException {
        try (Journal journal = open()) {
            for (String comment : comments) {
                journal.append(List.of(draft(comment)));
            }
        }
        return this;
    }

    /** The comments that the last {@link #open} told of, first to last. */
    List<String> comments() {
        return told.stream()
                .filter(line -> line.type().equals("noted"))
                .map(line -> line.data().get("comment").textValue())
                .toList();
    }

    /** The types of the journal's own lines, first to last. */
    List<String> ownTypes() throws IOException {
        List<String> types = new ArrayList<>();
        ChainReader.read(directory, (line, text) -> {
            if (line.gate().isEmpty()) {
                types.add(line.type());
            }
        });
        return types;
    }

    List<String> files() {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".jsonl"))
                    .sorted()
                    .toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    byte[] bytes(String file) throws IOException {
        return Files.readAllBytes(directory.resolve(file));
    }

    void write(String file, byte[] content) throws IOException {
        Files.write(directory.resolve(file), content);
    }

    /** The lines of a file, each with its line feed. */
    List<byte[]> lines(String file) throws IOException {
        List<byte[]> lines = new ArrayList<>();
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (byte b : bytes(file)) {
            line.write(b);
            if (b == '\n') {
                lines.add(line.toByteArray());
                line.reset();
            }
        }
        return lines;
    }

    void writeLines(String file, List<byte[]> lines) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] line : lines) {
            all.write(line);
        }
        write(file, all.toByteArray());
    }

    /** A copy of this folder's files in another one. */
    JournalOnDisk copyTo(Path target) throws IOException {
        Files.createDirectories(target);
        JournalOnDisk copy = new JournalOnDisk(target);
        for (String file : files()) {
            copy.write(file, bytes(file));
        }
        return copy;
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
