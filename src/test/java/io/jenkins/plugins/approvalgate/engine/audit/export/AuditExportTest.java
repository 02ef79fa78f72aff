package io.jenkins.plugins.approvalgate.engine.audit.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.approvalgate.engine.Given;
import io.jenkins.plugins.approvalgate.engine.MovableClock;
import io.jenkins.plugins.approvalgate.engine.audit.AuditQuery;
import io.jenkins.plugins.approvalgate.engine.audit.EventCodec;
import io.jenkins.plugins.approvalgate.engine.audit.Journal;
import io.jenkins.plugins.approvalgate.engine.audit.JournalLine;
import io.jenkins.plugins.approvalgate.engine.audit.Json;
import io.jenkins.plugins.approvalgate.engine.audit.TestKey;
import io.jenkins.plugins.approvalgate.engine.gate.GateEvent;
import io.jenkins.plugins.approvalgate.engine.gate.GateId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The journal's lines as files for others. */
public class AuditExportTest {

    private static final long SEED = 20260302;
    private static final String[] NASTY = {
        "=1+1", "+x", "-1", "@SUM(A1)", "\t=1", "'=1", "a,b", "say \"no\"", "two\r\nlines", "\n", "\r", "\"", "\"\"", ",", ";",
        "é – 漢字 🙂", "\u2028", "\u0000", "\uff1d1", "\\n", "</script>", "", " ", "ok"
    };

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final MovableClock clock = new MovableClock(Given.START);
    private Path directory;
    private Journal journal;

    @Before
    public void open() throws Exception {
        directory = folder.getRoot().toPath().resolve("journal");
        journal = Journal.open(directory, new TestKey(), clock, 10, (gate, lines) -> () -> {});
    }

    @After
    public void close() throws Exception {
        journal.close();
    }

    private AuditExport export(AuditQuery query, AuditExport.Format format) throws IOException {
        return new AuditExport(journal, "test", query, format);
    }

    private static byte[] bytes(AuditExport export) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        export.writeTo(out);
        return out.toByteArray();
    }

    private byte[] files() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".jsonl")).sorted().toList()) {
                all.write(Files.readAllBytes(file));
            }
        }
        return all.toByteArray();
    }

    private JournalLine.Draft comment(Optional<String> gate, String actor, String comment) {
        return new JournalLine.Draft(
                clock.instant(), gate, "rejected", Optional.of(actor), Json.object().put("comment", comment));
    }

    /** Some gates of several environments and jobs, with comments, over three months. */
    private List<JournalLine> history(Random random, int gates) throws Exception {
        List<JournalLine> lines = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        List<JournalLine.Draft> drafts = new ArrayList<>();
        for (int i = 0; i < gates; i++) {
            clock.advance(Duration.ofMinutes(random.nextInt(90 * 24 * 60 / gates * 2)));
            String id = GateId.next(clock.instant());
            ids.add(id);
            drafts.add(EventCodec.draft(
                    id,
                    GateEvent.Requested.of(
                            Given.request("env-" + random.nextInt(3), "team/job-" + random.nextInt(3), random.nextInt(4) + 1, Set.of()),
                            Given.environment("any", "any 1: alice"),
                            clock.instant())));
            for (int j = random.nextInt(4); j > 0; j--) {
                drafts.add(comment(
                        Optional.of(ids.get(random.nextInt(ids.size()))),
                        "user-" + random.nextInt(3),
                        NASTY[random.nextInt(NASTY.length)] + " word" + random.nextInt(5)));
            }
            if (random.nextInt(3) == 0) {
                ObjectNode data = Json.object().put("outcome", random.nextBoolean() ? "REJECTED" : "TIMED_OUT").put("reason", "Because word1");
                drafts.add(new JournalLine.Draft(clock.instant(), Optional.of(id), "closed", Optional.empty(), data));
            }
            if (random.nextInt(5) == 0) {
                drafts.add(new JournalLine.Draft(
                        clock.instant(), Optional.empty(), "environmentChanged", Optional.of("user-1"), Json.object().put("environment", "env-1")));
            }
            if (i % 20 == 0 || i == gates - 1) {
                lines.addAll(journal.append(drafts));
                drafts.clear();
            }
        }
        return lines;
    }

    @Test
    public void jsonl_isTheJournalsVeryBytes() throws Exception {
        history(new Random(SEED), 200);

        AuditExport export = export(AuditQuery.ALL, AuditExport.Format.JSONL);

        assertThat(bytes(export)).isEqualTo(files());
        long last = journal.seq();
        assertThat(export.counted()).isEqualTo(new AuditExport.Counted(last, Optional.of(1L), Optional.of(last), 0));
        assertThat(directory.toFile().list((dir, name) -> name.endsWith(".jsonl"))).hasSizeGreaterThan(1);
    }

    @Test
    public void anEmptyJournal_isAnEmptyFile() throws Exception {
        assertThat(bytes(export(AuditQuery.ALL, AuditExport.Format.JSONL))).isEmpty();
        assertThat(export(AuditQuery.ALL, AuditExport.Format.JSONL).counted())
                .isEqualTo(new AuditExport.Counted(0, Optional.empty(), Optional.empty(), 0));
    }

    @Test
    public void whatComesLater_isNotInIt() throws Exception {
        journal.append(List.of(comment(Optional.empty(), "alice", "first")));
        AuditExport export = export(AuditQuery.ALL, AuditExport.Format.JSONL);
        byte[] before = files();
        journal.append(List.of(comment(Optional.empty(), "alice", "second")));
        assertThat(bytes(export)).isEqualTo(before);
    }

    @Test
    public void csv_tenThousandNastyComments_areReadBack() throws Exception {
        Random random = new Random(SEED);
        List<String> comments = new ArrayList<>();
        for (int batch = 0; batch < 100; batch++) {
            List<JournalLine.Draft> drafts = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                StringBuilder comment = new StringBuilder();
                for (int part = random.nextInt(5); part >= 0; part--) {
                    comment.append(NASTY[random.nextInt(NASTY.length)]);
                }
                comment.append('.');
                comments.add(comment.toString());
                drafts.add(comment(Optional.empty(), "=cmd", comment.toString()));
            }
            journal.append(drafts);
        }

        String csv = new String(bytes(export(AuditQuery.ALL, AuditExport.Format.CSV)), StandardCharsets.UTF_8);

        List<CSVRecord> rows = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get()
                .parse(new StringReader(csv))
                .getRecords();
        assertThat(rows).hasSize(10_000);
        for (int i = 0; i < rows.size(); i++) {
            CSVRecord row = rows.get(i);
            assertThat(row.get("seq")).isEqualTo(String.valueOf(i + 1));
            assertThat(row.get("comment")).as("seed %s, line %s", SEED, i + 1).isEqualTo(Csv.harmless(comments.get(i)));
            JsonNode data = Json.read(row.get("data").getBytes(StandardCharsets.UTF_8));
            assertThat(data.path("comment").textValue()).as("seed %s, line %s", SEED, i + 1).isEqualTo(comments.get(i));
            assertThat(row.get("actor")).isEqualTo("'=cmd");
        }
    }

    @Test
    public void filters_findWhatANaiveReaderFinds() throws Exception {
        Random random = new Random(SEED);
        List<JournalLine> lines = history(random, 300);
        Map<String, JsonNode> requests = new HashMap<>();
        lines.stream()
                .filter(line -> line.type().equals("requested"))
                .forEach(line -> requests.put(line.gate().orElseThrow(), line.data()));
        int found = 0;
        for (int i = 0; i < 100; i++) {
            AuditQuery query = query(random);
            List<Long> expected = lines.stream()
                    .filter(line -> naive(query, line, line.gate().map(requests::get).orElse(line.data())))
                    .map(JournalLine::seq)
                    .toList();
            AuditExport export = export(query, AuditExport.Format.JSONL);
            List<Long> exported = new ArrayList<>();
            for (String line : new String(bytes(export), StandardCharsets.UTF_8).split("\n")) {
                if (!line.isEmpty()) {
                    exported.add(Json.read(line.getBytes(StandardCharsets.UTF_8)).path("seq").longValue());
                }
            }
            assertThat(exported).as("seed %s, query %s: %s", SEED, i, query).isEqualTo(expected);
            assertThat(export.counted().count()).isEqualTo(expected.size());
            found += expected.size();
        }
        assertThat(found).isGreaterThan(300);
    }

    private static boolean naive(AuditQuery query, JournalLine line, JsonNode about) {
        String comment = line.data().path("comment").asText(line.data().path("reason").asText("")).toLowerCase(Locale.ROOT);
        return query.environment().map(about.path("environment").asText()::equals).orElse(true)
                && query.job().map(about.path("job").asText()::equals).orElse(true)
                && query.build().map(build -> about.path("build").asInt() == build).orElse(true)
                && query.actor().map(line.actor().orElse("")::equals).orElse(true)
                && query.type().map(line.type()::equals).orElse(true)
                && query.outcome().map(line.data().path("outcome").asText()::equals).orElse(true)
                && query.from().map(from -> line.at().compareTo(from) >= 0).orElse(true)
                && query.to().map(to -> line.at().compareTo(to) < 0).orElse(true)
                && query.words().stream().allMatch(comment::contains);
    }

    private AuditQuery query(Random random) {
        Instant from = Given.START.plus(Duration.ofHours(random.nextInt(60 * 24)));
        return new AuditQuery(
                Optional.empty(),
                maybe(random, "env-" + random.nextInt(3)),
                maybe(random, "team/job-" + random.nextInt(3)),
                maybe(random, random.nextInt(4) + 1),
                maybe(random, "user-" + random.nextInt(3)),
                maybe(random, random.nextBoolean() ? "rejected" : "requested"),
                maybe(random, random.nextBoolean() ? "REJECTED" : "TIMED_OUT"),
                maybe(random, from),
                maybe(random, from.plus(Duration.ofDays(random.nextInt(60)))),
                maybe(random, "word" + random.nextInt(5)).map(List::of).orElse(List.of()));
    }

    private static <T> Optional<T> maybe(Random random, T value) {
        return random.nextInt(5) == 0 ? Optional.of(value) : Optional.empty();
    }

    /** Whoever takes the first bytes slowly finds the end of the journal not yet read. */
    @Test
    public void itIsRead_whileItIsWritten() throws Exception {
        history(new Random(SEED), 1_000);
        List<Path> months;
        try (Stream<Path> files = Files.list(directory)) {
            months = files.filter(file -> file.toString().endsWith(".jsonl")).sorted().toList();
        }
        AuditExport export = export(AuditQuery.ALL, AuditExport.Format.JSONL);
        AtomicBoolean begun = new AtomicBoolean();

        assertThatThrownBy(() -> export.writeTo(new OutputStream() {
                    @Override
                    public void write(int b) {
                        throw new AssertionError("one byte at a time");
                    }

                    @Override
                    public void write(byte[] bytes, int from, int length) throws IOException {
                        if (begun.compareAndSet(false, true)) {
                            Files.delete(months.get(months.size() - 2));
                        }
                    }
                }))
                .isInstanceOf(IOException.class);
        assertThat(begun).isTrue();
    }

    @Test
    public void aLineThatDoesNotHold_isLeftOutAndCounted() throws Exception {
        journal.append(List.of(comment(Optional.empty(), "alice", "one"), comment(Optional.empty(), "alice", "two")));
        journal.append(List.of(comment(Optional.empty(), "alice", "three")));
        Path file = directory.resolve("2026-03.jsonl");
        Files.writeString(file, Files.readString(file).replace("\"two\"", "\"TWO\""));

        AuditExport export = export(AuditQuery.ALL, AuditExport.Format.JSONL);

        assertThat(export.counted()).isEqualTo(new AuditExport.Counted(2, Optional.of(1L), Optional.of(3L), 1));
        assertThat(new String(bytes(export), StandardCharsets.UTF_8)).doesNotContain("TWO");
    }
}
