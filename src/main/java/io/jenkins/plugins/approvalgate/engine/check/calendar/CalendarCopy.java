package io.jenkins.plugins.approvalgate.engine.check.calendar;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A calendar as it was fetched, kept on disk: a few lines about it, an empty line, and what the server sent.
 *
 * @param asOf when the server said last that this is how it is
 * @param tag its {@code ETag}
 * @param changed its {@code Last-Modified}
 */
record CalendarCopy(String text, Instant asOf, Optional<String> tag, Optional<String> changed) {

    private static final String FORMAT = "approval-gate-calendar: 1";

    CalendarCopy confirmed(Instant now) {
        return new CalendarCopy(text, now, tag, changed);
    }

    /** The copy in {@code file}; empty if there is none, or none that is whole: it can be fetched again. */
    static Optional<CalendarCopy> load(Path file) {
        try {
            String whole = Files.readString(file);
            int body = whole.indexOf("\n\n");
            if (body < 0 || !whole.startsWith(FORMAT)) {
                return Optional.empty();
            }
            Map<String, String> head = new LinkedHashMap<>();
            whole.substring(0, body).lines().map(line -> line.split(": ", 2)).forEach(line -> head.put(line[0], line[line.length - 1]));
            String text = whole.substring(body + 2);
            return Optional.of(new CalendarCopy(
                            text,
                            Instant.parse(head.getOrDefault("as-of", "")),
                            Optional.ofNullable(head.get("etag")),
                            Optional.ofNullable(head.get("last-modified"))))
                    .filter(copy -> digest(text).equals(head.get("sha-256")));
        } catch (IOException | DateTimeException unreadable) {
            return Optional.empty();
        }
    }

    /** When this returns, the copy is on disk; before, the one before it is. For one thread at a time. */
    void save(Path file) throws IOException {
        StringBuilder head = new StringBuilder(FORMAT).append("\nas-of: ").append(asOf);
        tag.ifPresent(value -> head.append("\netag: ").append(value));
        changed.ifPresent(value -> head.append("\nlast-modified: ").append(value));
        head.append("\nsha-256: ").append(digest(text)).append("\n\n").append(text);
        Path fresh = Path.of(file + ".tmp");
        try (FileChannel channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(head.toString());
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    static String digest(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException("every Java has SHA-256", never);
        }
    }
}
