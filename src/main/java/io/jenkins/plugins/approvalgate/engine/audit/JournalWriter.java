package io.jenkins.plugins.approvalgate.engine.audit;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Puts lines at the end of the journal's last file. Used by one thread at a time, whichever; that one is interrupted meanwhile
 * does no harm, as it would to a {@link java.nio.channels.FileChannel}, which would close for everybody.
 *
 * <p>What fails half-way is taken back before anything else is written: the file ends where the last forced line ends,
 * or nothing more is written to it.
 */
final class JournalWriter implements Closeable {

    private final Path directory;
    private JournalFile file;
    /** Each write is on disk when it returns. */
    private RandomAccessFile out;
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
        RandomAccessFile opened = new RandomAccessFile(next.in(directory).toFile(), "rwd");
        try {
            if (begun) {
                Disk.forceDirectory(directory);
            }
            // What a killed process had written but not forced counts from now on: so it has to stay.
            opened.getFD().sync();
            soundEnd = opened.length();
        } catch (IOException failed) {
            opened.close();
            throw failed;
        }
        if (out != null) {
            out.close();
        }
        out = opened;
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
            out.seek(soundEnd);
            out.write(bytes);
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
        if (out.length() > soundEnd) {
            out.setLength(soundEnd);
            out.getFD().sync();
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
            out.close();
        }
    }
}
