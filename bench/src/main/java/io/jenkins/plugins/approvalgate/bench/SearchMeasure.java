package io.jenkins.plugins.approvalgate.bench;

import io.jenkins.plugins.approvalgate.engine.audit.AuditQuery;
import io.jenkins.plugins.approvalgate.engine.audit.Journal;
import io.jenkins.plugins.approvalgate.engine.audit.index.AuditCursor;
import io.jenkins.plugins.approvalgate.engine.audit.index.AuditEvent;
import io.jenkins.plugins.approvalgate.engine.audit.index.IndexUnavailableException;
import io.jenkins.plugins.approvalgate.engine.audit.index.Logins;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Searching, by each filter of the audit's page, in the index of a long journal: the embedded database, and a PostgreSQL where
 * one is installed. A page is 50 lines; it is read from the question to the last field of the last line, the first page and
 * the one behind it. Beside each first page, in turns with it, a statement that somebody wrote by hand for this very question
 * with its values in it, which can use any index that there is, and whose rows are read as completely.
 */
final class SearchMeasure implements Measure {

    private static final int PAGE = 50;
    private static final double ENOUGH_MILLIS = 50;
    private static final double AS_BY_HAND = 1.2;

    @Override
    public String name() {
        return "search";
    }

    @Override
    public List<Figure> run(Setting setting) throws Exception {
        Path home = setting.directory();
        int wanted = setting.size(1_000_000, 20_000);
        JournalFactory.Made made = JournalFactory.write(home.resolve("journal"), wanted, wanted / 100, setting.seed());
        List<Figure> figures = new ArrayList<>();
        try (Journal journal = Searched.journal(home)) {
            try (Searched searched = Searched.make(home, journal, Optional.empty(), id -> new Logins.Login("", ""))) {
                figures.add(Figure.told("embedded: its file", size(home.resolve("index")) >> 20, "MB"));
                measure("embedded", made, searched, setting, figures);
            }
            Optional<Postgres> postgres = Postgres.start();
            if (postgres.isPresent()) {
                try (Postgres server = postgres.get();
                        Searched searched = Searched.make(
                                home,
                                journal,
                                Optional.of(server.database()),
                                id -> new Logins.Login(Postgres.USER, Postgres.PASSWORD))) {
                    measure("PostgreSQL", made, searched, setting, figures);
                }
            }
        }
        return figures;
    }

    private static long size(Path folder) throws IOException {
        long size = 0;
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                size += Files.size(file);
            }
        }
        return size;
    }

    private static void measure(
            String database, JournalFactory.Made made, Searched searched, Setting setting, List<Figure> figures)
            throws Exception {
        figures.add(Figure.told(
                String.format("%s: made from %,d lines", database, made.lines()), made.lines() / searched.seconds(), "lines/s"));
        int samples = setting.size(200, 20);
        Slowest first = new Slowest();
        Slowest next = new Slowest();
        for (Sought sought : Sought.all()) {
            Samples ours = new Samples();
            Samples byHand = new Samples();
            Samples behind = new Samples();
            for (int i = 0; i < samples + samples / 10; i++) {
                boolean counts = i >= samples / 10;
                List<AuditEvent> page = time(ours, counts, () -> search(searched, sought.query(), Optional.empty()));
                int rows = time(byHand, counts, () -> sought.byHand(searched.index(), PAGE));
                if (rows != page.size()) {
                    throw new IllegalStateException(sought.name() + ": " + page.size() + " lines, by hand " + rows);
                }
                if (page.size() == PAGE) {
                    time(behind, counts, () -> search(searched, sought.query(), Optional.of(page.get(PAGE - 1).place())));
                }
            }
            figures.add(Figure.atMost(
                    database + ": " + sought.name() + ", first page, median of " + ours.count(),
                    ours.medianMillis(),
                    "the SQL by hand",
                    byHand.medianMillis(),
                    "ms",
                    AS_BY_HAND));
            first.take(sought.name(), ours);
            next.take(sought.name(), behind);
        }
        figures.add(Figure.within(database + ": slowest first page: " + first.name, first.millis, "ms", ENOUGH_MILLIS));
        figures.add(Figure.within(database + ": slowest second page: " + next.name, next.millis, "ms", ENOUGH_MILLIS));
    }

    private static List<AuditEvent> search(Searched searched, AuditQuery query, Optional<AuditCursor> after)
            throws IndexUnavailableException {
        return searched.index().search(query, after, PAGE);
    }

    private interface Question<T> {
        T ask() throws Exception;
    }

    private static <T> T time(Samples samples, boolean counts, Question<T> question) throws Exception {
        long begin = System.nanoTime();
        T answer = question.ask();
        long took = System.nanoTime() - begin;
        if (counts) {
            samples.add(took);
        }
        return answer;
    }

    /** The 99th percentile that is the longest of all filters. */
    private static final class Slowest {
        private String name = "none";
        private double millis;

        void take(String filter, Samples samples) {
            if (samples.count() > 0 && samples.p99Millis() > millis) {
                millis = samples.p99Millis();
                name = filter + ", 99th percentile of " + samples.count();
            }
        }
    }
}
