package io.jenkins.plugins.approvalgate.preview;

import io.jenkins.plugins.approvalgate.engine.audit.Disk;
import io.jenkins.plugins.approvalgate.engine.audit.Json;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;

/** The runs on disk, a file each. */
final class RunFiles {

    private final Path directory;

    RunFiles(Path directory) {
        this.directory = directory;
    }

    /** All runs by their numbers. */
    SortedMap<Integer, Run> load() throws IOException {
        SortedMap<Integer, Run> runs = new TreeMap<>();
        Files.createDirectories(directory);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, Pipeline.NAME + "-*.json")) {
            for (Path file : files) {
                Run run = read(file);
                runs.put(run.number(), run);
            }
        }
        return runs;
    }

    private static Run read(Path file) throws IOException {
        try {
            return RunJson.read(Json.read(Files.readAllBytes(file)));
        } catch (IOException unreadable) {
            throw new IOException(file + " cannot be read as a run: move it away to go on without it", unreadable);
        }
    }

    /** On disk when this returns. */
    void save(Run run) throws IOException {
        Disk.replace(directory.resolve(Pipeline.NAME + "-" + run.number() + ".json"), Json.write(RunJson.write(run)));
    }
}
