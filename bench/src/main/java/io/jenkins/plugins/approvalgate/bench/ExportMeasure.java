package io.jenkins.plugins.approvalgate.bench;

import io.jenkins.plugins.approvalgate.engine.audit.AuditQuery;
import io.jenkins.plugins.approvalgate.engine.audit.Journal;
import io.jenkins.plugins.approvalgate.engine.audit.Verifier;
import io.jenkins.plugins.approvalgate.engine.audit.export.AuditExport;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Verifying a whole journal, and exporting it unfiltered to nowhere, from the question to the last byte. Beside it, in turns
 * with it, one thread that reads the same files and hashes their bytes with SHA-256, and {@code jq -c .} on the same files, where
 * there is one. The files are in the memory of the operating system for all of them.
 */
final class ExportMeasure implements Measure {

    private static final int BUFFER = 1 << 16;

    @Override
    public String name() {
        return "export";
    }

    @Override
    public List<Figure> run(Setting setting) throws Exception {
        Path home = setting.directory();
        int wanted = setting.size(1_000_000, 20_000);
        int rounds = setting.size(5, 2);
        JournalFactory.Made made = JournalFactory.write(home.resolve("journal"), wanted, wanted / 100, setting.seed());
        try (Journal journal = Searched.journal(home)) {
            Map<String, Samples> samples = new LinkedHashMap<>();
            for (int round = 0; round <= rounds; round++) {
                Map<String, Samples> into = round == 0 ? new LinkedHashMap<>() : samples;
                time("hash", into, () -> hash(home));
                time("verify", into, () -> verify(journal));
                time("hash", into, () -> hash(home));
                time("jsonl", into, () -> export(journal, AuditExport.Format.JSONL));
                time("hash", into, () -> hash(home));
                time("csv", into, () -> export(journal, AuditExport.Format.CSV));
            }
            Optional<Samples> jq = jq(home);
            return figures(made, samples, jq);
        }
    }

    private static void time(String what, Map<String, Samples> into, Samples.Work work) throws Exception {
        into.computeIfAbsent(what, name -> new Samples()).time(work);
    }

    private static List<Figure> figures(JournalFactory.Made made, Map<String, Samples> samples, Optional<Samples> jq) {
        double hash = samples.get("hash").medianMillis();
        Map<String, String> words = new LinkedHashMap<>();
        words.put("verify", "verifying");
        words.put("jsonl", "exporting as JSON Lines");
        words.put("csv", "exporting as CSV");
        List<Figure> figures = new ArrayList<>();
        words.forEach((key, word) -> {
            Samples taken = samples.get(key);
            String what = String.format("%s %,d lines (%,d MB), median of %d", word, made.lines(), made.bytes() >> 20, taken.count());
            figures.add(Figure.atMost(what, taken.medianMillis(), "reading + SHA-256 of the same bytes", hash, "ms", 2));
            jq.ifPresent(tool ->
                    figures.add(Figure.atMost(what, taken.medianMillis(), "jq -c . of the same files", tool.medianMillis(), "ms", 0.5)));
        });
        return figures;
    }

    private static void verify(Journal journal) throws IOException {
        if (!new Verifier(journal, Verifier.NOBODY).run().ok()) {
            throw new IllegalStateException("the journal does not hold");
        }
    }

    private static void export(Journal journal, AuditExport.Format format) throws IOException {
        new AuditExport(journal, "bench", AuditQuery.ALL, format).writeTo(OutputStream.nullOutputStream());
    }

    private static List<Path> files(Path home) {
        try (Stream<Path> files = Files.list(home.resolve("journal"))) {
            return files.filter(file -> file.toString().endsWith(".jsonl")).sorted().toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static void hash(Path home) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        byte[] buffer = new byte[BUFFER];
        for (Path file : files(home)) {
            try (InputStream in = Files.newInputStream(file)) {
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    digest.update(buffer, 0, read);
                }
            }
        }
        digest.digest();
    }

    /** Once: it takes long. */
    private static Optional<Samples> jq(Path home) throws Exception {
        List<String> command = new ArrayList<>(List.of("jq", "-c", "."));
        files(home).forEach(file -> command.add(file.toString()));
        Samples once = new Samples();
        try {
            once.time(() -> {
                int exit = new ProcessBuilder(command)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start()
                        .waitFor();
                if (exit != 0) {
                    throw new IllegalStateException("jq ended with " + exit);
                }
            });
        } catch (IOException none) {
            System.err.println("SKIPPED: there is no jq here, so nothing stands beside the export but the hash.");
            return Optional.empty();
        }
        return Optional.of(once);
    }
}
