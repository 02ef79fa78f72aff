package io.jenkins.plugins.approvalgate.engine.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Logger;

/**
 * Where a follower has got to in the journal, on disk: a small file to which each new place is appended, so that an end
 * which a power cut has torn leaves the place before it. For one thread at a time.
 */
final class PlaceFile {

    private static final Logger LOGGER = Logger.getLogger(PlaceFile.class.getName());
    private static final long LONGEST = 1 << 15;

    private final Path path;
    /** The file may end with half a place, so that nothing can be appended. */
    private boolean torn = true;

    PlaceFile(Path path) {
        this.path = path;
    }

    /** The last place that can be read. What cannot be read is told in the log. */
    Optional<JournalPlace> read() throws IOException {
        if (Files.notExists(path)) {
            return Optional.empty();
        }
        String content = Files.readString(path, StandardCharsets.ISO_8859_1);
        List<String> lines = content.lines().toList();
        int whole = content.endsWith("\n") ? lines.size() : lines.size() - 1;
        for (int i = whole - 1; i >= 0; i--) {
            Optional<JournalPlace> place = JournalPlace.of(lines.get(i));
            if (place.isPresent()) {
                if (i < lines.size() - 1) {
                    LOGGER.warning(() -> path + " is damaged at its end; what came after line "
                            + place.get().seq() + " of the journal may be told twice.");
                }
                return place;
            }
        }
        LOGGER.warning(() -> path + " is damaged: how far its follower had read the journal is not known. It goes on at"
                + " the journal's end; what nobody had been told before is not told now.");
        return Optional.empty();
    }

    /** On disk when this returns. What fails leaves the place before, or this one. */
    void write(JournalPlace place) throws IOException {
        byte[] text = Json.ascii(place.text() + "\n");
        boolean append = !torn && Files.exists(path) && Files.size(path) < LONGEST;
        torn = true;
        if (append) {
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
                Disk.writeFully(channel, ByteBuffer.wrap(text));
                channel.force(true);
            }
        } else {
            Files.createDirectories(Objects.requireNonNull(path.toAbsolutePath().getParent(), "a file stands in a folder"));
            Disk.replace(path, text);
        }
        torn = false;
    }
}
