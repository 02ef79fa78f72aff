package io.jenkins.plugins.approvalgate.engine.notice.mail;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.approvalgate.engine.audit.Json;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A file of JSON lines that is only added to, and now and then put in order: written anew with what still counts. What is
 * added is on disk when {@link #add} returns. For one thread.
 */
final class OutboxFile implements Closeable {

    private static final Logger LOGGER = Logger.getLogger(OutboxFile.class.getName());

    private final Path file;
    private FileChannel channel;
    /** After what is whole; behind it, a write may have failed half way. */
    private long end;
    private int lines;

    /** @param file in a folder that exists */
    OutboxFile(Path file) throws IOException {
        this.file = file;
        channel = open(file);
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /** All lines. A last one that is torn, because the power went while it was written, never counted and is cut off. */
    List<ObjectNode> read() throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        List<ObjectNode> nodes = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                readLine(Arrays.copyOfRange(bytes, start, i), nodes);
                start = i + 1;
            }
        }
        end = start;
        channel.truncate(end);
        lines = nodes.size();
        return nodes;
    }

    private void readLine(byte[] line, List<ObjectNode> nodes) {
        try {
            nodes.add((ObjectNode) Json.read(line));
        } catch (IOException | ClassCastException damaged) {
            LOGGER.log(Level.WARNING, damaged, () -> file + " has a damaged line, which is passed over");
        }
    }

    /** @throws IOException if it is not on disk, and never will be */
    void add(ObjectNode line) throws IOException {
        write(channel, List.of(line), end);
        end = channel.position();
        lines++;
    }

    private static void write(FileChannel channel, List<ObjectNode> nodes, long at) throws IOException {
        channel.truncate(at);
        channel.position(at);
        for (ObjectNode node : nodes) {
            byte[] json = Json.write(node);
            ByteBuffer bytes = ByteBuffer.wrap(Arrays.copyOf(json, json.length + 1));
            bytes.array()[json.length] = '\n';
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
        channel.force(true);
    }

    /** How many lines it has. */
    int lines() {
        return lines;
    }

    /** Has {@code nodes} and nothing else from now on; a crash leaves the file as it was or as it is then. */
    void replace(List<ObjectNode> nodes) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".tmp");
        Files.deleteIfExists(fresh);
        FileChannel next = open(fresh);
        try {
            write(next, nodes, 0);
            // Some systems cannot replace a file that is open.
            next.close();
            channel.close();
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            next.close();
            if (!channel.isOpen()) {
                channel = open(file);
            }
        }
        end = channel.size();
        lines = nodes.size();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
