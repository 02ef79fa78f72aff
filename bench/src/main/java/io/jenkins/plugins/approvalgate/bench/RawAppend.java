package io.jenkins.plugins.approvalgate.bench;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The least that durability costs: bytes at the end of a file, and a force of what they are, as the journal does it. */
final class RawAppend implements Closeable {

    private final FileChannel channel;

    RawAppend(Path file) throws IOException {
        channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    }

    void append(int bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(new byte[bytes]);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        channel.force(false);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
