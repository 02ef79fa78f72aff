package io.jenkins.plugins.approvalgate.engine.audit.index;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.approvalgate.engine.audit.AuditQuery;
import io.jenkins.plugins.approvalgate.engine.audit.JournalLine;
import io.jenkins.plugins.approvalgate.engine.audit.Json;
import io.jenkins.plugins.approvalgate.engine.gate.AuditSettings;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** How many rows the embedded database looks at for a page, as it says itself: it has no more to do where there are more lines. */
public class RowsLookedAtTest {

    private static final int LINES = 4_000;
    private static final int PAGE = 20;
    private static final Pattern SCANNED = Pattern.compile("scanCount: (\\d+)");

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private IndexedJournal disk;

    @Before
    public void write() throws Exception {
        disk = new IndexedJournal(folder.getRoot().toPath(), "one", AuditSettings.USUAL);
        List<JournalLine.Draft> drafts = new ArrayList<>();
        for (int i = 0; i < LINES; i++) {
            disk.clock.advance(Duration.ofSeconds(1));
            ObjectNode data = Json.object()
                    .put("environment", "live-" + i % 2)
                    .put("job", "app-" + i % 2)
                    .put("build", i % 2)
                    .put("outcome", "APPROVED")
                    .put("comment", (i % 2 == 0 ? "common" : "usual") + (i == 7 ? " rare" : ""));
            drafts.add(new JournalLine.Draft(
                    disk.clock.instant(), Optional.empty(), i % 2 == 0 ? "closed" : "noted", Optional.of("person-" + i % 2), data));
        }
        disk.journal.append(drafts);
        disk.awaitLevel();
    }

    @After
    public void close() throws Exception {
        disk.close();
    }

    private static AuditQuery by(Optional<String> environment, Optional<String> job, Optional<Integer> build, Optional<String> actor,
            Optional<String> type, Optional<String> outcome, String... words) {
        return new AuditQuery(
                Optional.empty(), environment, job, build, actor, type, outcome, Optional.empty(), Optional.empty(), List.of(words));
    }

    private static AuditQuery said(String... words) {
        return by(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), words);
    }

    @Test
    public void oneFilter_looksAtAPageOfRows_onEachPage() throws Exception {
        for (AuditQuery query : List.of(
                AuditQuery.ALL,
                by(Optional.of("live-1"), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
                by(Optional.empty(), Optional.of("app-1"), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
                by(Optional.empty(), Optional.empty(), Optional.of(1), Optional.empty(), Optional.empty(), Optional.empty()),
                by(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of("Person-1"), Optional.empty(), Optional.empty()),
                by(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.of("noted"), Optional.empty()),
                by(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.of("APPROVED")))) {
            AuditEvent last = assertLooksAt(PAGE + 10, query, Optional.empty());
            assertLooksAt(PAGE + 10, query, Optional.of(last.place()));
        }
    }

    @Test
    public void oneWord_looksAtAPageOfRows_howeverManyHaveIt() throws Exception {
        AuditEvent last = assertLooksAt(2 * PAGE + 20, said("common"), Optional.empty());
        assertLooksAt(2 * PAGE + 20, said("common"), Optional.of(last.place()));
    }

    @Test
    public void outcomeOfALineThatEndsNothing_isNotLookedFor() throws Exception {
        AuditQuery never = by(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.of("noted"), Optional.of("APPROVED"));

        assertThat(scanned(never, Optional.empty(), new ArrayList<>())).isZero();
    }

    /** The places of the frequent one are counted no further than there are of the rare one. */
    @Test
    public void rareValue_goesFirst_whateverElseIsAskedFor() throws Exception {
        List<AuditEvent> found = new ArrayList<>();

        assertThat(scanned(said("rare", "usual"), Optional.empty(), found)).isLessThan(20);
        assertThat(found).extracting(AuditEvent::seq).containsExactly(8L);
    }

    private AuditEvent assertLooksAt(int most, AuditQuery query, Optional<AuditCursor> after) throws Exception {
        List<AuditEvent> found = new ArrayList<>();
        assertThat(scanned(query, after, found)).as("%s behind %s", query, after).isBetween(PAGE, most);
        assertThat(found).hasSize(PAGE);
        return found.get(PAGE - 1);
    }

    private int scanned(AuditQuery query, Optional<AuditCursor> after, List<AuditEvent> found) throws Exception {
        int[] scanned = {0};
        disk.index.ask(connection -> found.addAll(Search.find(explaining(connection, scanned), query, after, PAGE)));
        return scanned[0];
    }

    /** Has each statement explained, with the same values, before it is executed. */
    private static Connection explaining(Connection real, int[] scanned) {
        return (Connection) Proxy.newProxyInstance(
                RowsLookedAtTest.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, values) -> {
                    Object given = call(real, method, values);
                    return given instanceof PreparedStatement statement
                            ? explaining(statement, real.prepareStatement("explain analyze " + values[0]), scanned)
                            : given;
                });
    }

    private static PreparedStatement explaining(PreparedStatement real, PreparedStatement explained, int[] scanned) {
        return (PreparedStatement) Proxy.newProxyInstance(
                RowsLookedAtTest.class.getClassLoader(), new Class<?>[] {PreparedStatement.class}, (proxy, method, values) -> {
                    if (method.getName().equals("executeQuery")) {
                        scanned[0] += scanned(explained);
                    } else if (method.getName().startsWith("set")) {
                        call(explained, method, values);
                    }
                    return call(real, method, values);
                });
    }

    private static int scanned(PreparedStatement explained) throws SQLException {
        try (ResultSet row = explained.executeQuery()) {
            row.next();
            return SCANNED.matcher(row.getString(1))
                    .results()
                    .map((MatchResult count) -> Integer.valueOf(count.group(1)))
                    .reduce(0, Integer::sum);
        }
    }

    private static Object call(Object on, Method method, Object[] values) throws Throwable {
        try {
            return method.invoke(on, values);
        } catch (InvocationTargetException failed) {
            throw failed.getCause();
        }
    }
}
