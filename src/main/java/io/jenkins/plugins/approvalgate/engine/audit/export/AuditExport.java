package io.jenkins.plugins.approvalgate.engine.audit.export;

import io.jenkins.plugins.approvalgate.engine.audit.AuditEntry;
import io.jenkins.plugins.approvalgate.engine.audit.AuditQuery;
import io.jenkins.plugins.approvalgate.engine.audit.GateSubjects;
import io.jenkins.plugins.approvalgate.engine.audit.Journal;
import io.jenkins.plugins.approvalgate.engine.audit.JournalScan;
import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * The journal's lines that somebody looks for, as a file: straight from the journal, which is the truth, and as it was when
 * this was made. One line is in memory at a time. For one thread at a time.
 *
 * <p>The journal is read twice: once to count, so that what is exported can be put on record, and what cannot be read be
 * told, before the first byte goes out; then to write.
 */
public final class AuditExport {

    /** How lines are written. */
    public enum Format {
        /** For spreadsheets, see {@link Csv}. */
        CSV(Csv.TYPE),
        /** The journal's very lines, so that each one's hash can still be checked. */
        JSONL("application/jsonl; charset=utf-8");

        private final String type;

        Format(String type) {
            this.type = type;
        }

        /** {@code csv} or {@code jsonl}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The media type. */
        public String type() {
            return type;
        }

        /** The file's name. */
        public String file() {
            return "audit." + word();
        }
    }

    /**
     * What is exported.
     *
     * @param first the number of the first line; empty where there is none
     * @param last the number of the last line; empty where there is none
     * @param spoilt how many lines of the whole journal do not hold, and so are in no export
     */
    public record Counted(long count, Optional<Long> first, Optional<Long> last, long spoilt) {}

    /** So many gates' subjects fit into some ten megabytes. */
    private static final int REMEMBERED = 50_000;
    private static final int CHUNK = 1 << 16;

    private final Journal journal;
    private final JournalScan scan;
    private final String controller;
    private final AuditQuery query;
    private final Format format;
    private final Counted counted;

    /**
     * Counts.
     *
     * @param controller who wrote the journal
     * @throws IOException if the journal cannot be read
     */
    public AuditExport(Journal journal, String controller, AuditQuery query, Format format) throws IOException {
        this.journal = journal;
        this.controller = controller;
        this.query = query;
        this.format = format;
        scan = new JournalScan(journal);
        counted = count();
    }

    private interface Found {
        void accept(AuditEntry entry, byte[] text) throws IOException;
    }

    private long find(Found found) throws IOException {
        GateSubjects subjects = new GateSubjects(REMEMBERED, this::beginning);
        return scan.parse((line, text) -> {
            AuditEntry entry = subjects.entry(line);
            if (query.matches(controller, entry)) {
                found.accept(entry, text);
            }
        });
    }

    private AuditEntry.Subject beginning(String gate) {
        try {
            return journal.linesOf(gate).stream()
                    .flatMap(line -> GateSubjects.beginning(line).stream())
                    .findFirst()
                    .orElse(AuditEntry.Subject.NONE);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private Counted count() throws IOException {
        long[] count = {0, 0, 0};
        LongConsumer counting = seq -> {
            count[1] = count[0]++ == 0 ? seq : count[1];
            count[2] = seq;
        };
        long spoilt = query.equals(AuditQuery.ALL)
                ? scan.read(line -> counting.accept(line.seq()))
                : find((entry, text) -> counting.accept(entry.line().seq()));
        return count[0] == 0
                ? new Counted(0, Optional.empty(), Optional.empty(), spoilt)
                : new Counted(count[0], Optional.of(count[1]), Optional.of(count[2]), spoilt);
    }

    /**
     * Writes the file.
     *
     * @param out stays open
     * @throws IOException if it could not be written as it was counted
     */
    public void writeTo(OutputStream out) throws IOException {
        OutputStream bytes = new BufferedOutputStream(out, CHUNK);
        long written = format == Format.CSV ? writeTable(bytes) : writeLines(bytes);
        bytes.flush();
        if (written != counted.count()) {
            throw new IOException("the journal was changed while it was exported: " + counted.count()
                    + " lines were counted, " + written + " were written");
        }
    }

    private long writeTable(OutputStream bytes) throws IOException {
        long[] written = {0};
        Writer text = new BufferedWriter(new OutputStreamWriter(bytes, StandardCharsets.UTF_8), CHUNK);
        AuditTable table = new AuditTable(text);
        find((entry, line) -> {
            written[0]++;
            table.add(entry);
        });
        text.flush();
        return written[0];
    }

    /** Where all are wanted, nobody has to understand them. */
    private long writeLines(OutputStream bytes) throws IOException {
        long[] written = {0};
        if (query.equals(AuditQuery.ALL)) {
            scan.read(line -> {
                written[0]++;
                bytes.write(line.text().in(), line.text().from(), line.text().length());
                bytes.write('\n');
            });
        } else {
            find((entry, line) -> {
                written[0]++;
                bytes.write(line);
                bytes.write('\n');
            });
        }
        return written[0];
    }

    public Counted counted() {
        return counted;
    }

    public Format format() {
        return format;
    }

    AuditQuery query() {
        return query;
    }

    String controller() {
        return controller;
    }

    /** The journal as it was when this was made. */
    JournalScan scan() {
        return scan;
    }
}
