package io.jenkins.plugins.approvalgate.engine.audit.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.approvalgate.engine.audit.Disk;
import io.jenkins.plugins.approvalgate.engine.audit.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The description of the settings that the journal recorded last, on disk beside it. For one thread at a time. */
final class RecordedFile {

    private static final SecureRandom RANDOM = new SecureRandom();

    /**
     * What the file says.
     *
     * @param key of the marks in the descriptions
     * @param recorded what the journal recorded last
     * @param intended what was to be recorded when the file was written, unless that was done
     */
    record Content(byte[] key, ObjectNode recorded, Optional<Intended> intended) {

        /** Nothing was ever recorded. */
        static Content fresh() {
            byte[] key = new byte[KEY];
            RANDOM.nextBytes(key);
            return new Content(key, Json.object(), Optional.empty());
        }

        Content intending(Intended next) {
            return new Content(key, recorded, Optional.of(next));
        }

        Content having(ObjectNode description) {
            return new Content(key, description, Optional.empty());
        }
    }

    /** A change that may or may not be in the journal, under this id. */
    record Intended(String id, String type, ObjectNode description) {}

    private static final Logger LOGGER = Logger.getLogger(RecordedFile.class.getName());
    private static final int KEY = 32;

    private final Path path;

    RecordedFile(Path path) {
        this.path = path;
    }

    /** Nothing recorded, where there is no such file or it cannot be understood; the log tells the latter. */
    Content read() throws IOException {
        if (Files.notExists(path)) {
            return Content.fresh();
        }
        try {
            return content(Json.read(Files.readAllBytes(path)));
        } catch (IOException | RuntimeException damaged) {
            if (!Files.isReadable(path)) {
                throw new IOException(path + " cannot be read", damaged);
            }
            LOGGER.log(Level.WARNING, damaged, () -> path + " is damaged: what was configured before is not known, so that"
                    + " everything will be recorded as if it were new.");
            return Content.fresh();
        }
    }

    private static Content content(JsonNode node) {
        JsonNode intended = node.path("intended");
        return new Content(
                HexFormat.of().parseHex(node.get("key").textValue()),
                (ObjectNode) Objects.requireNonNull(node.get("recorded")),
                intended.isObject()
                        ? Optional.of(new Intended(
                                intended.get("id").textValue(),
                                intended.get("type").textValue(),
                                (ObjectNode) intended.get("description")))
                        : Optional.empty());
    }

    /** On disk when this returns. */
    void write(Content content) throws IOException {
        ObjectNode node = Json.object();
        node.put("key", HexFormat.of().formatHex(content.key()));
        node.set("recorded", content.recorded());
        content.intended().ifPresent(intended -> node.putObject("intended")
                .put("id", intended.id())
                .put("type", intended.type())
                .set("description", intended.description()));
        Files.createDirectories(Objects.requireNonNull(path.toAbsolutePath().getParent(), "a file stands in a folder"));
        Disk.replace(path, Json.write(node));
    }
}
