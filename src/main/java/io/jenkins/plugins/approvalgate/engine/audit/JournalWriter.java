package io.jenkins.plugins.approvalgate.engine.audit;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Puts lines at the end of the journal's last file. Used by one thread.
 *
 * <p>What fails half-way is taken back before anything else is written: the file ends where the last forced line ends,
 * or nothing more is written to it.
 */
final class JournalWriter implements Closeable {

    private final Path directory;
    private JournalFile file;
    private FileChannel channel;
    /** Where the last forced line ends; what is behind it was never acknowledged. */
    private long soundEnd;
    private long seq;
    private String head;
    private volatile End end;

    /**
     * Where the journal ended when it was forced last.
     *
     * @param offset behind the last forced line, in {@code file}
     * @param seq that line's number; 0 where there is none
     * @param head its hash, as it states it
     */
    record End(JournalFile file, long offset, long seq, String head) {}

    /** @param file the last file; begun if it does not exist */
    JournalWriter(Path directory, JournalFile file, long seq, String head) throws IOException {
        this.directory = directory;
        this.seq = seq;
        this.head = head;
        open(file);
        end = new End(file, soundEnd, seq, head);
    }

    private void open(JournalFile next) throws IOException {
        boolean begun = Files.notExists(next.in(directory));
        FileChannel opened = FileChannel.open(
                next.in(directory), StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.READ);
        try {
            if (begun) {
                Disk.forceDirectory(directory);
            }
            // What a killed process had written but not forced counts from now on: so it has to stay.
            opened.force(false);
            soundEnd = opened.size();
        } catch (IOException failed) {
            opened.close();
            throw failed;
        }
        if (channel != null) {
            channel.close();
        }
        channel = opened;
        file = next;
    }

    /**
     * Writes the drafts of several commands with one force.
     *
     * @return for each command the lines that are now on disk
     * @throws IOException if they are not: none of them is then, and the next call may try again
     */
    List<List<JournalLine>> write(List<List<JournalLine.Draft>> commands) throws IOException {
        takeBackUnforced();
        List<List<JournalLine>> lines = new ArrayList<>(commands.size());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        long nextSeq = seq;
        String nextHead = head;
        for (List<JournalLine.Draft> drafts : commands) {
            List<JournalLine> ofCommand = new ArrayList<>(drafts.size());
            for (JournalLine.Draft draft : drafts) {
                JournalLine.Written written = JournalLine.seal(draft, ++nextSeq, nextHead);
                nextHead = written.line().hash();
                ofCommand.add(written.line());
                bytes.write(written.bytes());
            }
            lines.add(ofCommand);
        }
        moveTo(commands.stream()
                .flatMap(List::stream)
                .map(JournalLine.Draft::at)
                .max(Comparator.naturalOrder())
                .orElseThrow());
        force(bytes.toByteArray());
        seq = nextSeq;
        head = nextHead;
        end = new End(file, soundEnd, seq, head);
        return lines;
    }

    private void force(byte[] bytes) throws IOException {
        try {
            channel.position(soundEnd);
            Disk.writeFully(channel, ByteBuffer.wrap(bytes));
            channel.force(false);
            soundEnd += bytes.length;
        } catch (IOException failed) {
            try {
                takeBackUnforced();
            } catch (IOException again) {
                failed.addSuppressed(again);
            }
            throw failed;
        }
    }

    private void takeBackUnforced() throws IOException {
        if (channel.size() > soundEnd) {
            channel.truncate(soundEnd);
            channel.force(false);
        }
    }

    /**
     * A clock that was set back never makes the journal go back to an earlier month; and no line goes into a file of a
     * month before its own, where nobody would look for it.
     */
    private void moveTo(Instant latest) throws IOException {
        JournalFile month = JournalFile.of(latest);
        if (month.month().isAfter(file.month())) {
            open(month);
        }
    }

    /** The name of the file that is written to. */
    String file() {
        return file.name();
    }

    /** Where the last forced line ends. May be asked by any thread, and waits for none. */
    End end() {
        return end;
    }

    long seq() {
        return seq;
    }

    String head() {
        return head;
    }

    @Override
    public void close() throws IOException {
        try {
            takeBackUnforced();
        } finally {
            channel.close();
        }
    }
}
