package io.jenkins.plugins.approvalgate.cli;

import hudson.AbortException;
import hudson.Extension;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.kohsuke.args4j.Option;

/** {@code export-audit}: the journal's lines on stdout, while they are read. */
@Extension
public final class ExportAuditCommand extends GatesCommand {

    /** How lines are written. */
    public enum Format {
        JSONL,
        CSV;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Option(name = "--format", usage = "ExportAuditCommand.format")
    private Format format = Format.JSONL;

    @Option(name = "--manifest", usage = "ExportAuditCommand.manifest")
    private boolean manifest;

    @Option(name = "--environment", metaVar = "NAME", usage = "ListGatesCommand.environment")
    private String environment = "";

    @Option(name = "--job", metaVar = "NAME", usage = "ExportAuditCommand.job")
    private String job = "";

    @Option(name = "--build", metaVar = "NUMBER", usage = "ExportAuditCommand.build")
    private String build = "";

    @Option(name = "--actor", metaVar = "ID", usage = "ExportAuditCommand.actor")
    private String actor = "";

    @Option(name = "--type", metaVar = "TYPE", usage = "ExportAuditCommand.type")
    private String type = "";

    @Option(name = "--outcome", metaVar = "OUTCOME", usage = "ExportAuditCommand.outcome")
    private String outcome = "";

    @Option(name = "--from", metaVar = "TIME", usage = "ExportAuditCommand.from")
    private String from = "";

    @Option(name = "--to", metaVar = "TIME", usage = "ExportAuditCommand.to")
    private String to = "";

    @Option(name = "--words", metaVar = "TEXT", usage = "ExportAuditCommand.words")
    private String words = "";

    @Override
    public String getShortDescription() {
        return Messages.ExportAuditCommand_ShortDescription();
    }

    @Override
    String exitCodes() {
        return Messages.ExportAuditCommand_exitCodes();
    }

    @Override
    protected int run() throws IOException {
        Told out = new Told(stdout);
        answers().stream(List.of("audit", "export"), query(), out);
        out.flush();
        if (stdout.checkError()) {
            throw new AbortException(Messages.ExportAuditCommand_notTaken());
        }
        stderr.println(Messages.ExportAuditCommand_done(String.valueOf(out.written)));
        return 0;
    }

    private Map<String, String> query() {
        Map<String, String> query = new HashMap<>();
        query.put("format", format.toString());
        query.put("manifest", String.valueOf(manifest));
        query.put("environment", environment);
        query.put("job", job);
        query.put("build", build);
        query.put("actor", actor);
        query.put("type", type);
        query.put("outcome", outcome);
        query.put("from", from);
        query.put("to", to);
        query.put("q", words);
        return query;
    }

    /** Says on stderr how far it is. */
    private final class Told extends FilterOutputStream {

        private static final long STEP = 10_000_000;

        private long written;
        private long next = STEP;

        Told(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
            written += length;
            if (written >= next) {
                next = written + STEP;
                stderr.println(Messages.ExportAuditCommand_progress(String.valueOf(written)));
            }
        }
    }
}
