package io.jenkins.plugins.approvalgate.engine.audit.index;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.approvalgate.engine.audit.AuditQuery;
import io.jenkins.plugins.approvalgate.engine.audit.JournalLine;
import io.jenkins.plugins.approvalgate.engine.audit.Json;
import java.text.Normalizer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.After;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;

/** What is found is what a reader of all lines would find; the same with every database. */
@RunWith(Parameterized.class)
public class SearchTest {

    private static final long SEED = 20_261_126L;
    private static final int LINES = 1_500;
    private static final int QUERIES = 1_000;
    private static final List<String> ENVIRONMENTS = List.of("staging", "production", "Production");
    private static final List<String> JOBS = List.of("app", "team/app", "team/app/main", "team/Ünï cödé");
    private static final List<String> PEOPLE = List.of("alice", "Alice", "bob", "ÉLODIE", "élodie");
    private static final List<String> OUTCOMES = List.of("APPROVED", "REJECTED", "TIMED_OUT");
    private static final List<String> TYPES =
            List.of("requested", "approved", "rejected", "closed", "refused", "settingsChanged");
    private static final List<String> VOCABULARY = List.of(
            "roll", "rollback", "Rolled", "STRASSE", "straße", "incident-42", "loss=0.94", "fine", "Fine!", "ﬁne", "42",
            "%", "_", "a_b", "don't", "模型", "模型训练", "e\u0301te", "été", "x".repeat(80));
    private static final List<String> SOUGHT = List.of(
            "roll", "ROLLB", "rolled", "strass", "incid", "42", "0", "fine", "模", "模型训", "ete", "été", "x".repeat(70), "b", "d", "zzz");

    @ClassRule
    public static final Databases DATABASES = new Databases();

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final Databases.Kind kind;
    private final Random random = new Random(SEED);
    private IndexedJournal disk;

    /** A line, with what the gate that it is about says. */
    private record Line(JournalLine line, Optional<String> environment, Optional<String> job, Optional<Integer> build) {

        String text(String field) {
            return line.data().path(field).asText("");
        }
    }

    public SearchTest(Databases.Kind kind) {
        this.kind = kind;
    }

    @Parameters(name = "{0}")
    public static List<Object[]> kinds() {
        return Databases.parameters();
    }

    @Before
    public void open() throws Exception {
        disk = new IndexedJournal(folder.getRoot().toPath(), "one", DATABASES.fresh(kind));
    }

    @After
    public void close() throws Exception {
        disk.close();
    }

    private <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private String comment() {
        return Stream.generate(() -> any(VOCABULARY)).limit(random.nextInt(5)).reduce("", (a, b) -> a + " " + b).strip();
    }

    private List<Line> write() throws Exception {
        Map<String, Line> gates = new HashMap<>();
        List<Line> all = new ArrayList<>();
        for (int i = 0; i < LINES; i++) {
            // Often several at the same time.
            disk.clock.advance(Duration.ofMillis(random.nextInt(3) * 400L));
            String type = any(TYPES);
            Optional<String> gate = type.equals("settingsChanged")
                    ? Optional.empty()
                    : Optional.of(type.equals("requested") || gates.isEmpty()
                            ? "g" + i
                            : any(List.copyOf(gates.keySet())));
            ObjectNode data = Json.object().put(any(List.of("comment", "reason")), comment());
            if (type.equals("requested") || random.nextInt(10) == 0) {
                data.put("environment", any(ENVIRONMENTS)).put("job", any(JOBS)).put("build", random.nextInt(4));
            }
            if (type.equals("closed")) {
                data.put("outcome", any(OUTCOMES));
            }
            JournalLine line = disk.journal
                    .append(List.of(new JournalLine.Draft(
                            disk.clock.instant(), gate, type, random.nextBoolean() ? Optional.of(any(PEOPLE)) : Optional.empty(), data)))
                    .get(0);
            Line own = new Line(line, field(data, "environment"), field(data, "job"), number(data));
            if (type.equals("requested")) {
                gates.put(gate.orElseThrow(), own);
            }
            Line of = gate.map(gates::get).orElse(own);
            all.add(new Line(line, of.environment(), of.job(), of.build()));
        }
        disk.awaitLevel();
        all.sort(Comparator.<Line, Instant>comparing(line -> line.line().at())
                .thenComparingLong(line -> line.line().seq())
                .reversed());
        return all;
    }

    private static Optional<String> field(ObjectNode data, String name) {
        return Optional.ofNullable(data.path(name).textValue());
    }

    private static Optional<Integer> number(ObjectNode data) {
        return data.has("build") ? Optional.of(data.get("build").intValue()) : Optional.empty();
    }

    private <T> Optional<T> sometimes(List<T> of) {
        return random.nextInt(4) == 0 ? Optional.of(any(of)) : Optional.empty();
    }

    private AuditQuery query(List<Line> lines) {
        Function<Integer, Optional<Instant>> time = shift -> random.nextInt(4) == 0
                ? Optional.of(any(lines).line().at().plusMillis(shift))
                : Optional.empty();
        List<String> words = random.nextInt(3) == 0
                ? Stream.generate(() -> any(SOUGHT)).limit(1 + random.nextInt(2)).flatMap(word -> AuditQuery.words(word).stream()).toList()
                : List.of();
        return new AuditQuery(
                random.nextInt(10) == 0 ? Optional.of(any(List.of("one", "two"))) : Optional.empty(),
                sometimes(ENVIRONMENTS),
                sometimes(JOBS),
                sometimes(List.of(0, 1, 2, 3, 4)),
                sometimes(PEOPLE).map(name -> random.nextBoolean() ? name.toUpperCase(Locale.ROOT) : name),
                sometimes(TYPES),
                sometimes(OUTCOMES),
                time.apply(random.nextInt(2)),
                time.apply(random.nextInt(2)),
                words);
    }

    /** As simple as can be, and without our own way to part words. */
    private static boolean fits(AuditQuery query, Line line) {
        Instant at = line.line().at();
        String comment = line.text("comment").isBlank() ? line.text("reason") : line.text("comment");
        List<String> words = List.of(plain(comment).split("[^\\p{L}\\p{M}\\p{N}]+"));
        return query.controller().orElse("one").equals("one")
                && fits(query.environment(), line.environment())
                && fits(query.job(), line.job())
                && fits(query.build(), line.build())
                && fits(query.actor().map(SearchTest::plain), line.line().actor().map(SearchTest::plain))
                && fits(query.type(), Optional.of(line.line().type()))
                && fits(query.outcome(), Optional.of(line.text("outcome")))
                && query.from().filter(at::isBefore).isEmpty()
                && query.to().filter(end -> !at.isBefore(end)).isEmpty()
                && query.words().stream().allMatch(word -> words.stream().anyMatch(one -> one.startsWith(word)));
    }

    private static <T> boolean fits(Optional<T> wanted, Optional<T> is) {
        return wanted.isEmpty() || wanted.equals(is);
    }

    private static String plain(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .replace("ß", "ss");
    }

    @Test
    public void randomQueries_findWhatAReaderOfAllLinesFinds() throws Exception {
        List<Line> lines = write();
        int found = 0;
        for (int i = 0; i < QUERIES; i++) {
            AuditQuery query = query(lines);
            List<Long> expected =
                    lines.stream().filter(line -> fits(query, line)).map(line -> line.line().seq()).toList();

            List<AuditEvent> events = disk.all(query, 1 + random.nextInt(200));

            assertThat(events).extracting(AuditEvent::seq).as("seed %s, query %s: %s", SEED, i, query).isEqualTo(expected);
            found += Math.min(1, expected.size());
        }
        assertThat(found).as("queries that find something").isGreaterThan(QUERIES / 4);
    }

    @Test
    public void pages_areStable_whileLinesCome() throws Exception {
        List<Line> lines = write();
        List<Long> before = lines.stream().map(line -> line.line().seq()).toList();
        for (AuditQuery query : List.of(
                AuditQuery.ALL,
                new AuditQuery(
                        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                        Optional.of("approved"), Optional.empty(), Optional.empty(), Optional.empty(), List.of()),
                new AuditQuery(
                        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                        Optional.empty(), Optional.empty(), Optional.empty(), List.of("roll")))) {
            List<Long> expected = lines.stream()
                    .filter(line -> fits(query, line))
                    .map(line -> line.line().seq())
                    .toList();
            List<Long> seen = new ArrayList<>();
            Optional<AuditCursor> after = Optional.empty();
            for (int page = 0; page == 0 || after.isPresent(); page++) {
                List<AuditEvent> found = disk.index.search(query, after, 100);
                found.forEach(event -> seen.add(event.seq()));
                after = found.size() < 100 ? Optional.empty() : Optional.of(found.get(99).place());
                disk.journal.append(List.of(new JournalLine.Draft(
                        disk.clock.instant(), Optional.empty(), "approved", Optional.empty(), Json.object().put("comment", "roll"))));
                disk.awaitLevel();
            }
            assertThat(seen).filteredOn(before::contains).isEqualTo(expected);
            assertThat(seen).doesNotHaveDuplicates();
        }
    }

    /** As if most comments had the word: then it is not by the word that its lines are found. */
    @Test
    public void wordThatManyHave_isFoundAmongTheNewest_andAllAreFound() throws Exception {
        int many = RareValue.MANY + 300;
        for (int first = 0; first < many; first += 1_000) {
            List<JournalLine.Draft> drafts = new ArrayList<>();
            for (int i = first; i < Math.min(many, first + 1_000); i++) {
                drafts.add(disk.said("common" + i % 7 + (i % 1_000 == 0 ? " rare" : "")));
            }
            disk.journal.append(drafts);
        }
        disk.awaitLevel();

        assertThat(disk.index.search(words("common"), Optional.empty(), 50)).extracting(AuditEvent::seq).startsWith((long) many, many - 1L);
        assertThat(disk.all(words("common"), 500)).hasSize(many);
        assertThat(disk.all(words("common", "rare"), 5)).hasSize(1 + (many - 1) / 1_000);
        assertThat(disk.all(words("common3"), 500)).hasSizeBetween(many / 7, many / 7 + 1);
        assertThat(disk.all(words("common", "none"), 5)).isEmpty();
    }

    private static AuditQuery words(String... words) {
        return new AuditQuery(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty(), Optional.empty(), List.of(words));
    }
}
