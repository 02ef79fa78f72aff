package io.jenkins.plugins.approvalgate.engine.check.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.approvalgate.engine.check.Check;
import io.jenkins.plugins.approvalgate.engine.check.FakeSurroundings;
import io.jenkins.plugins.approvalgate.engine.check.Secret;
import io.jenkins.plugins.approvalgate.engine.check.calendar.CalendarServer.Saying;
import io.jenkins.plugins.approvalgate.engine.check.http.HttpCalls;
import io.jenkins.plugins.approvalgate.engine.gate.CheckResult;
import io.jenkins.plugins.approvalgate.engine.gate.CheckResult.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class CalendarFreezeTest {

    private static final Instant NOW = Instant.parse("2026-12-01T12:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final FakeSurroundings host = new FakeSurroundings();
    private CalendarServer server;
    private Calendars calendars;

    @Before
    public void setUp() throws IOException {
        server = new CalendarServer();
        host.cache(folder.getRoot().toPath());
        restart();
    }

    @After
    public void tearDown() {
        server.close();
    }

    private void restart() {
        calendars = new Calendars(host, new HttpCalls(host));
    }

    private static Saying calendar(String summary, String from, String to) {
        return Saying.of(200, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTART:" + from + "\r\nDTEND:" + to
                + "\r\nSUMMARY:" + summary + "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");
    }

    private static Saying freeze() {
        return calendar("Year end", "20261201T000000Z", "20261202T060000Z");
    }

    private Settings settings() {
        return Settings.none().with("calendar", server.at("/x.ics")).with("timeZone", "UTC");
    }

    private Check.Asking check(Settings settings) {
        return (Check.Asking) settings.make(options -> ChangeFreeze.of(options, calendars));
    }

    private CheckResult ask(Settings settings, Instant now) throws Exception {
        return check(settings).ask(null, now, null);
    }

    private CheckResult ask(Instant now) throws Exception {
        return ask(settings(), now);
    }

    @Test
    public void calendar_isFetched_andSaysWhenItEnds() throws Exception {
        server.says(freeze());
        CheckResult result = ask(NOW);
        assertThat(result.verdict()).isEqualTo(Verdict.WAIT);
        assertThat(result.until()).contains(Instant.parse("2026-12-02T06:00:00Z"));
        assertThat(result.reason()).isEqualTo("In a change freeze until Wednesday 2 December 2026 at 06:00 (UTC): Year end.");
        assertThat(result.detail()).isEqualTo("Calendar as of 2026-12-01T12:00:00Z.");
        assertThat(result.barsApprovals()).isFalse();
        assertThat(ask(settings().with("approvals", "refuse"), NOW).barsApprovals()).isTrue();
    }

    @Test
    public void check_isAskedAnewAsOftenAsItIsRefreshed() {
        Check.Asking check = check(settings().with("refresh", "15m"));
        assertThat(check.watches()).isTrue();
        assertThat(check.interval()).isEqualTo(Duration.ofMinutes(15));
        assertThat(check.timeLimit()).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(40));
    }

    @Test
    public void windowsOfTheSettings_andTheCalendar_areOne() throws Exception {
        server.says(freeze());
        Settings both = settings().with("windows", List.of(Map.of("from", "2026-12-02T06:00", "to", "2026-12-03T00:00", "reason", "Own")));
        assertThat(ask(both, NOW).until()).contains(Instant.parse("2026-12-03T00:00:00Z"));
        assertThat(ask(both, NOW).reason()).endsWith(": Year end; Own.");
    }

    @Test
    public void fetched_onceForAllChecks_untilItIsOld() throws Exception {
        server.says(freeze());
        ask(NOW);
        ask(settings().with("approvals", "refuse"), NOW.plus(Duration.ofMinutes(59)));
        assertThat(server.asked).hasSize(1);
        server.says(calendar("Other", "20261201T000000Z", "20261203T000000Z"));
        assertThat(ask(NOW.plus(HOUR)).reason()).contains("Other");
        assertThat(server.asked).hasSize(2);
    }

    @Test
    public void manyAtOnce_fetchOnce() throws Exception {
        server.says(freeze());
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            List<Callable<CheckResult>> asks = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                asks.add(() -> ask(NOW));
            }
            for (Future<CheckResult> result : pool.invokeAll(asks)) {
                assertThat(result.get().verdict()).isEqualTo(Verdict.WAIT);
            }
        } finally {
            pool.shutdown();
        }
        assertThat(server.asked).hasSize(1);
    }

    @Test
    public void notModified_keepsTheCopy_andItsAgeIsNew() throws Exception {
        server.says(freeze().with("ETag", "\"v1\"").with("Last-Modified", "Tue, 01 Dec 2026 00:00:00 GMT"));
        ask(NOW);
        server.says(Saying.of(304, ""));
        CheckResult result = ask(NOW.plus(HOUR));
        assertThat(server.asked.get(1).getFirst("If-None-Match")).isEqualTo("\"v1\"");
        assertThat(server.asked.get(1).getFirst("If-Modified-Since")).isEqualTo("Tue, 01 Dec 2026 00:00:00 GMT");
        assertThat(result.verdict()).isEqualTo(Verdict.WAIT);
        assertThat(result.detail()).isEqualTo("Calendar as of 2026-12-01T13:00:00Z.");
    }

    @Test
    public void failures_keepTheLastGoodCopy_andSayWhy() throws Exception {
        server.says(freeze());
        String reason = ask(NOW).reason();
        Instant now = NOW;
        Map<Saying, String> failures = Map.of(
                Saying.of(500, "down"), "it says 500",
                Saying.of(404, "gone"), "says 404",
                Saying.of(200, "<html>Sign in</html>"), "no calendar that can be read: line 1",
                Saying.of(200, "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\n"), "a part of it is missing",
                calendar("x", "20261201T000000Z", "20261202T000000Z\r\nRRULE:FREQ=SECONDLY"), "finer than FREQ=HOURLY",
                new Saying(200, Map.of(), new byte[(5 << 20) + 1]), "larger than 5 MiB",
                Saying.of(302, "").with("Location", "http://elsewhere.example/x.ics"), "redirects to http://elsewhere.example");
        for (Map.Entry<Saying, String> failure : failures.entrySet()) {
            now = now.plus(HOUR);
            server.says(failure.getKey());
            CheckResult result = ask(now);
            assertThat(result.verdict()).as(failure.getValue()).isEqualTo(Verdict.WAIT);
            assertThat(result.reason()).isEqualTo(reason);
            assertThat(result.detail())
                    .startsWith("Calendar as of 2026-12-01T12:00:00Z; the last refresh failed: ")
                    .contains(failure.getValue());
        }
        server.close();
        assertThat(ask(now.plus(HOUR)).detail()).contains("connection refused");
    }

    @Test
    public void afterAFailure_itIsTriedAgainSoon_andRecovers() throws Exception {
        server.says(freeze());
        ask(NOW);
        server.says(Saying.of(500, ""));
        ask(NOW.plus(HOUR));
        server.says(calendar("Other", "20261201T000000Z", "20261203T000000Z"));
        assertThat(ask(NOW.plus(HOUR).plusSeconds(59)).detail()).contains("failed");
        CheckResult result = ask(NOW.plus(HOUR).plusSeconds(60));
        assertThat(result.reason()).contains("Other");
        assertThat(result.detail()).doesNotContain("failed");
    }

    @Test
    public void noCopyAtAll_isNoAnswer() {
        server.says(Saying.of(500, ""));
        assertThatThrownBy(() -> ask(NOW))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("could not be fetched yet")
                .hasMessageContaining("it says 500");
        server.says(Saying.of(304, ""));
        assertThatThrownBy(() -> ask(NOW.plus(HOUR))).isInstanceOf(IOException.class).hasMessageContaining("304");
        server.says(Saying.of(200, "rubbish"));
        assertThatThrownBy(() -> ask(NOW.plus(HOUR).plus(HOUR))).isInstanceOf(IOException.class).hasMessageContaining("no calendar");
    }

    @Test
    public void restart_keepsTheCopy() throws Exception {
        server.says(freeze().with("ETag", "\"v1\""));
        ask(NOW);
        restart();
        server.says(Saying.of(500, ""));
        assertThat(ask(NOW.plus(Duration.ofMinutes(30))).detail()).isEqualTo("Calendar as of 2026-12-01T12:00:00Z.");
        assertThat(server.asked).as("a copy that is not old is not fetched").hasSize(1);
        CheckResult later = ask(NOW.plus(HOUR));
        assertThat(later.verdict()).isEqualTo(Verdict.WAIT);
        assertThat(later.detail()).contains("as of 2026-12-01T12:00:00Z; the last refresh failed");
        assertThat(server.asked.get(1).getFirst("If-None-Match")).isEqualTo("\"v1\"");
    }

    @Test
    public void damagedCopy_isFetchedAnew() throws Exception {
        server.says(freeze());
        ask(NOW);
        Path copy = onlyFile();
        Files.writeString(copy, Files.readString(copy).replace("20261202", "20261201"));
        restart();
        assertThat(ask(NOW.plusSeconds(1)).until()).contains(Instant.parse("2026-12-02T06:00:00Z"));
        assertThat(server.asked).hasSize(2);
        Files.write(copy, new byte[] {1, 2, (byte) 0xFF, 3});
        restart();
        assertThat(ask(NOW.plusSeconds(2)).verdict()).isEqualTo(Verdict.WAIT);
    }

    private Path onlyFile() throws IOException {
        try (Stream<Path> files = Files.list(folder.getRoot().toPath())) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(1);
            assertThat(all.get(0).getFileName().toString()).matches("calendar-[0-9a-f]{64}\\.ics");
            return all.get(0);
        }
    }

    @Test
    public void diskThatTakesNothing_isSaid_andTheCalendarCountsAllTheSame() throws Exception {
        server.says(freeze());
        host.cache(folder.getRoot().toPath().resolve("sub"));
        Check.Asking check = check(settings());
        CheckResult first = check.ask(null, NOW, null);
        assertThat(first.detail()).doesNotContain("failed");
        Path sub = folder.getRoot().toPath().resolve("sub");
        try (Stream<Path> files = Files.list(sub)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(sub);
        CheckResult result = check.ask(null, NOW.plus(HOUR), null);
        assertThat(result.verdict()).isEqualTo(Verdict.WAIT);
        assertThat(result.detail()).contains("as of 2026-12-01T13:00:00Z", "could not be kept on disk");
    }

    @Test
    public void redirect_withinTheOrigin_isFollowed() throws Exception {
        server.says(freeze());
        assertThat(ask(settings().with("calendar", server.at("/moved.ics")), NOW).verdict()).isEqualTo(Verdict.WAIT);
        assertThat(server.asked).hasSize(2);
    }

    @Test
    public void credentials_goAlong_andAreShownNowhere() throws Exception {
        host.secrets.put("token", new Secret.Text("s3cr3t-token-of-ours"));
        host.secrets.put("login", new Secret.UserPassword("reader", "s3cr3t-password"));
        server.says(freeze());
        CheckResult bearer = ask(settings().with("credentials", "token"), NOW);
        CheckResult basic = ask(settings().with("credentials", "login"), NOW);
        assertThat(server.asked.get(0).getFirst("Authorization")).isEqualTo("Bearer s3cr3t-token-of-ours");
        assertThat(server.asked.get(1).getFirst("Authorization")).startsWith("Basic ");
        assertThat(bearer.toString() + basic).doesNotContain("s3cr3t");
        assertThatThrownBy(() -> ask(settings().with("credentials", "other"), NOW))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("\"other\"");
        assertThat(check(settings().with("credentials", "token")).summary()).doesNotContain("s3cr3t");
    }

    @Test
    public void anotherCredential_doesNotSeeTheSameCopy() throws Exception {
        host.secrets.put("token", new Secret.Text("s3cr3t-token-of-ours"));
        server.says(freeze());
        ask(settings().with("credentials", "token"), NOW);
        server.says(Saying.of(401, ""));
        assertThatThrownBy(() -> ask(NOW)).isInstanceOf(IOException.class).hasMessageContaining("401");
    }

    @Test
    public void privateAddress_isNotTold() {
        server.says(Saying.of(500, ""));
        Settings secret = settings().with("calendar", server.at("/calendar/ical/private-0123456789abcdef0123/basic.ics?key=0123"));
        assertThatThrownBy(() -> ask(secret, NOW)).hasMessageContaining("/calendar/ical/****/basic.ics").hasMessageNotContaining("0123");
        assertThat(check(secret).summary()).doesNotContain("0123");
    }

    @Test
    public void calendarsOwnZone_counts_whereTheSettingsHaveNone() throws Exception {
        server.says(Saying.of(200, "BEGIN:VCALENDAR\r\nX-WR-TIMEZONE:America/New_York\r\nBEGIN:VEVENT\r\nUID:a\r\n"
                + "DTSTART;VALUE=DATE:20261201\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"));
        assertThat(ask(settings().without("timeZone"), NOW).until()).contains(Instant.parse("2026-12-02T05:00:00Z"));
        assertThat(ask(NOW).until()).contains(Instant.parse("2026-12-02T00:00:00Z"));
    }

    @Test
    public void noFreezeNow_passesUntilTheNext() throws Exception {
        server.says(calendar("Later", "20261205T000000Z", "20261206T000000Z"));
        CheckResult result = ask(NOW);
        assertThat(result.verdict()).isEqualTo(Verdict.PASS);
        assertThat(result.until()).contains(Instant.parse("2026-12-05T00:00:00Z"));
    }
}
