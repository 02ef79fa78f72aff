package io.jenkins.plugins.approvalgate.engine.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.approvalgate.engine.Dice;
import io.jenkins.plugins.approvalgate.engine.Fuzz;
import io.jenkins.plugins.approvalgate.engine.Given;
import io.jenkins.plugins.approvalgate.engine.Refusal;
import io.jenkins.plugins.approvalgate.engine.SearchIndex;
import io.jenkins.plugins.approvalgate.engine.audit.AuditQuery;
import io.jenkins.plugins.approvalgate.engine.audit.Json;
import io.jenkins.plugins.approvalgate.engine.audit.index.AuditCursor;
import io.jenkins.plugins.approvalgate.engine.audit.index.AuditIndex;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What nobody would search the audit for, and cursors that no answer gave. */
public class AuditSearchFuzzTest {

    private static final List<String> NAMES = List.copyOf(AuditFilters.NAMES);
    private static final List<String> VALUES = List.of(
            "test", "production", "team/app", "7", "-1", "99999999999", "alice", "ALICE", "requested", "APPROVED", "approved",
            "2026-03-02T09:00:00Z", "2026-03-02", "+1000000000-12-31T23:59:59.999999999Z", "-1000000000-01-01T00:00:00Z",
            "-999999999-01-01", "+999999999-12-31", "fine words", "\u0130 \u1E9E \uFB01", "%_\\%", "' OR '1'='1", "\";--", "a b c d e f g h i j k");
    private static final List<String> WORDS = List.of("'", "\"", "%", "_", "\\", "T", "Z", "-", ":", "9", " ", "\0", "fine");
    private static final List<String> CURSORS = List.of(
            new AuditCursor(Given.START.toEpochMilli(), "test", 3).text(), new AuditCursor(-1, "a", 0).text(),
            new AuditCursor(Long.MAX_VALUE / 100, "b", Long.MAX_VALUE / 100).text());

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder(Fuzz.memory());

    private World world;
    private AuditIndex index;

    @Before
    public void begin() throws Exception {
        world = new World(folder.newFolder().toPath());
        world.fill();
        for (String gate : world.gates) {
            try {
                world.keeper.submit(gate, Given.approve("alice"));
            } catch (Refusal notHers) {
                assertThat(notHers.kind()).isNotNull();
            }
        }
        index = SearchIndex.start(folder.newFolder().toPath(), world.keeper, world.host);
        await().until(() -> index.state().behind() == 0 && index.state().since().isEmpty());
    }

    @After
    public void end() throws Exception {
        index.close();
        world.close();
    }

    private static Map<String, String> query(Dice dice) {
        Map<String, String> query = new HashMap<>();
        do {
            query.put(dice.of(NAMES), dice.oneIn(2) ? dice.of(VALUES) : dice.mutated(VALUES, WORDS));
        } while (dice.oneIn(2));
        if (dice.oneIn(3)) {
            query.put("cursor", dice.oneIn(2) ? dice.of(CURSORS) : dice.mutated(CURSORS, List.of("A", "_", "=", "/")));
        }
        if (dice.oneIn(4)) {
            query.put("limit", dice.number());
        }
        return query;
    }

    @Test
    public void anySearch_isAnsweredOrRefused() {
        RestApi api = new RestApi(world.keeper, world.host, Optional.of(index));
        int[] answered = {0};
        int[] refused = {0};
        Fuzz.of("audit search", AuditSearchFuzzTest::query).oneIn(2).run(query -> {
            RestResponse response = api.handle(
                    new RestRequest("GET", List.of("audit"), query, Optional.empty(), Optional.empty(), InputStream.nullInputStream()),
                    FakeCaller.auditor());
            assertThat(response.status()).as("%s", new String(response.body())).isIn(200, 400);
            Json.read(response.body());
            answered[0] += response.status() == 200 ? 1 : 0;
            refused[0] += response.status() == 400 ? 1 : 0;
        });
        assertThat(answered[0]).isGreaterThan(Fuzz.inputs() / 20);
        assertThat(refused[0]).isGreaterThan(Fuzz.inputs() / 20);
    }

    @Test
    public void anyCursor_isTheVeryOneThatWasGiven_orNone() {
        Fuzz.of("audit cursor", dice -> dice.mutated(CURSORS, List.of("A", "_", "=", "/", " "))).run(text -> {
            Optional<AuditCursor> cursor = AuditCursor.of(text);
            cursor.ifPresent(read -> assertThat(read.text()).isEqualTo(text));
        });
    }

    @Test
    public void anyText_isDividedIntoWords() {
        Fuzz.of("words of a comment", dice -> dice.mutated(VALUES, WORDS)).run(text -> {
            List<String> words = AuditQuery.words(text);
            assertThat(words).doesNotHaveDuplicates().noneMatch(String::isBlank);
        });
    }
}
