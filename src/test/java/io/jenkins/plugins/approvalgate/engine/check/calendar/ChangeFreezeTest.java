package io.jenkins.plugins.approvalgate.engine.check.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.approvalgate.engine.check.Check;
import io.jenkins.plugins.approvalgate.engine.check.FakeSurroundings;
import io.jenkins.plugins.approvalgate.engine.check.http.HttpCalls;
import io.jenkins.plugins.approvalgate.engine.gate.CheckResult;
import io.jenkins.plugins.approvalgate.engine.gate.CheckResult.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.Test;

public class ChangeFreezeTest {

    private static final FakeSurroundings HOST = new FakeSurroundings();
    private static final Calendars CALENDARS = new Calendars(HOST, new HttpCalls(HOST));

    private static Settings berlin() {
        return Settings.none().with("timeZone", "Europe/Berlin");
    }

    private static Settings window(String from, String to) {
        return berlin().with("windows", List.of(Map.of("from", from, "to", to, "reason", "Christmas")));
    }

    private static Settings recurring(String start, String duration, String rule) {
        return berlin().with("recurring", List.of(Map.of("start", start, "duration", duration, "rule", rule)));
    }

    private static Check make(Settings settings) {
        return settings.make(options -> ChangeFreeze.of(options, CALENDARS));
    }

    private static CheckResult at(Settings settings, String instant) {
        return ((Check.OfTime) make(settings)).evaluate(null, Instant.parse(instant));
    }

    private static void frozen(Settings settings, String instant, String until) {
        assertThat(at(settings, instant).verdict()).as(settings + " at " + instant).isEqualTo(Verdict.WAIT);
        assertThat(at(settings, instant).until()).as(settings + " at " + instant).contains(Instant.parse(until));
    }

    private static void free(Settings settings, String instant, String until) {
        assertThat(at(settings, instant).verdict()).as(settings + " at " + instant).isEqualTo(Verdict.PASS);
        assertThat(at(settings, instant).until()).as(settings + " at " + instant).contains(Instant.parse(until));
    }

    @Test
    public void window_isFrozenFromBeginToEnd() {
        Settings window = window("2026-12-20T18:00", "2027-01-04T06:00");
        free(window, "2026-12-20T16:59:59.999Z", "2026-12-20T17:00:00Z");
        frozen(window, "2026-12-20T17:00:00Z", "2027-01-04T05:00:00Z");
        frozen(window, "2027-01-04T04:59:59.999Z", "2027-01-04T05:00:00Z");
        assertThat(at(window, "2027-01-04T05:00:00Z").verdict()).isEqualTo(Verdict.PASS);
        assertThat(at(window, "2027-01-04T05:00:00Z").until()).isEmpty();
    }

    @Test
    public void window_ofDates_hasBothDaysInIt() {
        Settings window = window("2026-12-24", "2026-12-26");
        free(window, "2026-12-23T22:59:59Z", "2026-12-23T23:00:00Z");
        frozen(window, "2026-12-24T12:00:00Z", "2026-12-26T23:00:00Z");
    }

    @Test
    public void reasons_areSentences() {
        Settings window = window("2026-12-20T18:00", "2027-01-04T06:00");
        assertThat(at(window, "2026-12-24T12:00:00Z").reason())
                .isEqualTo("In a change freeze until Monday 4 January 2027 at 06:00 (Europe/Berlin): Christmas.");
        assertThat(at(window, "2026-12-01T12:00:00Z").reason())
                .isEqualTo("No change freeze until Sunday 20 December 2026 at 18:00 (Europe/Berlin).");
        assertThat(at(window, "2027-02-01T12:00:00Z").reason()).isEqualTo("No change freeze within a year.");
    }

    @Test
    public void defer_takesApprovals_refuse_barsThem() {
        Settings window = window("2026-12-20T18:00", "2027-01-04T06:00");
        assertThat(at(window, "2026-12-24T12:00:00Z").barsApprovals()).isFalse();
        assertThat(at(window.with("approvals", "refuse"), "2026-12-24T12:00:00Z").barsApprovals()).isTrue();
        assertThat(at(window.with("approvals", "refuse"), "2026-12-01T12:00:00Z").barsApprovals()).isFalse();
    }

    @Test
    public void windowsThatTouchOrOverlap_areOne_andAreToldTheSameAllAlong() {
        Settings windows = berlin().with("windows", List.of(
                Map.of("from", "2026-12-01T00:00", "to", "2026-12-02T00:00", "reason", "A"),
                Map.of("from", "2026-12-02T00:00", "to", "2026-12-03T00:00", "reason", "B"),
                Map.of("from", "2026-12-02T12:00", "to", "2026-12-04T00:00", "reason", "C"),
                Map.of("from", "2026-12-04T00:01", "to", "2026-12-05T00:00", "reason", "D")));
        frozen(windows, "2026-12-01T12:00:00Z", "2026-12-03T23:00:00Z");
        frozen(windows, "2026-12-03T12:00:00Z", "2026-12-03T23:00:00Z");
        free(windows, "2026-12-03T23:00:00Z", "2026-12-03T23:01:00Z");
        assertThat(at(windows, "2026-12-01T12:00:00Z").reason())
                .isEqualTo(at(windows, "2026-12-03T12:00:00Z").reason())
                .endsWith(": A; B; C.");
    }

    @Test
    public void recurring_table() {
        // start, duration, rule, at, frozen?, until
        for (String[] row : new String[][] {
            // the last Friday of the month, 18:00, over the weekend
            {"2026-01-01T18:00", "60h", "FREQ=MONTHLY;BYDAY=-1FR", "2026-11-27T16:59:00Z", "free", "2026-11-27T17:00:00Z"},
            {"2026-01-01T18:00", "60h", "FREQ=MONTHLY;BYDAY=-1FR", "2026-11-27T17:00:00Z", "frozen", "2026-11-30T05:00:00Z"},
            {"2026-01-01T18:00", "60h", "RRULE:FREQ=MONTHLY;BYDAY=-1FR", "2026-11-30T05:00:00Z", "free", "2026-12-25T17:00:00Z"},
            // every year
            {"2020-12-20T00:00", "14d", "FREQ=YEARLY", "2026-12-01T00:00:00Z", "free", "2026-12-19T23:00:00Z"},
            {"2020-12-20T00:00", "14d", "FREQ=YEARLY", "2027-01-02T22:59:59Z", "frozen", "2027-01-02T23:00:00Z"},
            {"2020-02-29T00:00", "1d", "FREQ=YEARLY", "2027-03-01T00:00:00Z", "free", "2028-02-28T23:00:00Z"},
            // UNTIL and COUNT, the last instance included
            {"2026-11-02T08:00", "1h", "FREQ=DAILY;UNTIL=20261105T070000Z", "2026-11-05T06:59:00Z", "free", "2026-11-05T07:00:00Z"},
            {"2026-11-02T08:00", "1h", "FREQ=DAILY;UNTIL=20261105T080000", "2026-11-05T06:59:00Z", "free", "2026-11-05T07:00:00Z"},
            {"2026-11-02T08:00", "1h", "FREQ=DAILY;UNTIL=20261105", "2026-11-05T06:59:00Z", "free", "2026-11-05T07:00:00Z"},
            {"2026-11-02T08:00", "1h", "FREQ=DAILY;UNTIL=20261105T065959Z", "2026-11-05T06:59:00Z", "free", ""},
            {"2026-11-02T08:00", "1h", "FREQ=DAILY;UNTIL=20261104", "2026-11-05T06:59:00Z", "free", ""},
            {"2026-11-02T08:00", "1h", "FREQ=DAILY;COUNT=4", "2026-11-05T06:59:00Z", "free", "2026-11-05T07:00:00Z"},
            {"2026-11-02T08:00", "1h", "FREQ=DAILY;COUNT=3", "2026-11-05T06:59:00Z", "free", ""},
            // the same hour on the wall before and after the change of the clocks
            {"2026-03-02T08:00", "1h", "FREQ=WEEKLY", "2026-03-23T07:30:00Z", "frozen", "2026-03-23T08:00:00Z"},
            {"2026-03-02T08:00", "1h", "FREQ=WEEKLY", "2026-03-30T06:30:00Z", "frozen", "2026-03-30T07:00:00Z"},
            // over the change: days are days, hours are hours
            {"2026-03-27T18:00", "2d", "FREQ=YEARLY;BYMONTH=3;BYDAY=-1FR", "2026-03-28T12:00:00Z", "frozen", "2026-03-29T16:00:00Z"},
            {"2026-03-27T18:00", "49h", "FREQ=YEARLY;BYMONTH=3;BYDAY=-1FR", "2026-03-28T12:00:00Z", "frozen", "2026-03-29T18:00:00Z"},
            // an hour that the clocks skip, and one that they show twice
            {"2026-03-28T02:30", "1h", "FREQ=DAILY", "2026-03-29T00:59:00Z", "free", "2026-03-29T01:00:00Z"},
            {"2026-10-24T02:30", "30m", "FREQ=DAILY", "2026-10-25T00:29:00Z", "free", "2026-10-25T00:30:00Z"},
            {"2026-10-24T02:30", "30m", "FREQ=DAILY", "2026-10-25T01:00:00Z", "free", "2026-10-26T01:30:00Z"},
            // each hour, so that the hours touch
            {"2026-11-02T09:00", "1h", "FREQ=HOURLY;COUNT=5", "2026-11-02T10:30:00Z", "frozen", "2026-11-02T13:00:00Z"},
            {"2026-11-02T09:00", "1h", "FREQ=DAILY;BYHOUR=9,12,13", "2026-11-02T11:30:00Z", "frozen", "2026-11-02T13:00:00Z"},
            // what began before the change of the year still runs
            {"2020-12-01T00:00", "90d", "FREQ=YEARLY", "2027-02-01T00:00:00Z", "frozen", "2027-02-28T23:00:00Z"},
            // an end that nobody sees
            {"2020-12-01T00:00", "1d", "FREQ=DAILY", "2027-02-01T00:00:00Z", "frozen", ""},
            {"1900-01-01T00:00", "1h", "FREQ=DAILY;INTERVAL=3", "2027-02-01T02:00:00Z", "free", "2027-02-02T23:00:00Z"},
        }) {
            CheckResult result = at(recurring(row[0], row[1], row[2]), row[3]);
            String name = String.join(" ", row);
            assertThat(result.verdict()).as(name).isEqualTo(row[4].equals("frozen") ? Verdict.WAIT : Verdict.PASS);
            assertThat(result.until().map(Instant::toString).orElse("")).as(name).isEqualTo(row[5]);
        }
    }

    @Test
    public void recurring_startsOnlyWhereItsRuleSays() {
        Settings fridays = recurring("2026-11-02T18:00", "1h", "FREQ=WEEKLY;BYDAY=FR");
        free(fridays, "2026-11-02T17:30:00Z", "2026-11-06T17:00:00Z");
    }

    @Test
    public void summary_namesTheFreezes() {
        assertThat(make(window("2026-12-20T18:00", "2027-01-04T06:00")).summary())
                .isEqualTo("not in a change freeze: Christmas (Europe/Berlin); meanwhile, approvals are kept until it ends");
        assertThat(make(recurring("2026-11-02T18:00", "1h", "FREQ=WEEKLY;BYDAY=FR").with("approvals", "refuse")).summary())
                .isEqualTo("not in a change freeze: FREQ=WEEKLY;BYDAY=FR (Europe/Berlin); meanwhile, approvals are refused");
        assertThat(make(window("2026-12-20", "2026-12-21").with("calendar", "https://cal.example.com/x.ics")).summary())
                .contains("Christmas (Europe/Berlin), or one of the calendar of cal.example.com;");
        assertThat(make(Settings.none().with("calendar", "https://cal.example.com/x.ics")).summary())
                .startsWith("not in a change freeze: the calendar of cal.example.com;");
    }

    @Test
    public void whatCannotBeMeant_isRefusedByName() {
        String start = "2026-11-02T18:00";
        refused(berlin(), "windows", "at least one of windows, recurring, calendar");
        refused(window("2026-12-20", "2026-12-21").without("timeZone"), "timeZone", "is missing");
        refused(window("2026-12-20", "2026-12-21").with("timeZone", "Europe/Berln"), "timeZone", "did you mean");
        refused(window("2026-12-20", "2026-12-19T23:00"), "windows[0].to", "ends before it begins");
        refused(window("tomorrow", "2026-12-19"), "windows[0].from", "tomorrow", "2026-12-20T18:00");
        refused(window("2026-02-30", "2026-12-19"), "windows[0].from", "2026-02-30");
        refused(berlin().with("windows", List.of(Map.of("from", "2026-12-20"))), "windows[0].to", "is missing");
        refused(berlin().with("windows", List.of(Map.of("from", "2026-12-20", "to", "2026-12-21", "why", "x"))), "windows[0].why");
        refused(recurring(start, "soon", "FREQ=DAILY"), "recurring[0].duration", "soon");
        refused(recurring(start, "1h", "each friday"), "recurring[0].rule", "EACH FRIDAY");
        refused(recurring(start, "1h", "FREQ=SECONDLY"), "recurring[0].rule", "finer than FREQ=HOURLY");
        refused(recurring(start, "1h", "FREQ=MINUTELY;COUNT=3"), "recurring[0].rule", "finer than FREQ=HOURLY");
        refused(recurring(start, "1h", "FREQ=HOURLY;BYMINUTE=0,10,20,30"), "recurring[0].rule", "more than 24 instances a day");
        refused(recurring(start, "1h", "FREQ=DAILY;INTERVAL=2000000000"), "recurring[0].rule", "INTERVAL");
        refused(recurring(start, "1h", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"), "recurring[0].rule");
        refused(recurring(start, "1h", "FREQ=DAILY;UNTIL=20250101"), "recurring[0].rule", "no instance");
        refused(recurring(start, "1h", "FREQ=YEARLY;BYMONTH=13"), "recurring[0].rule", "BYMONTH=13");
        refused(recurring(start, "1h", "FREQ=DAILY;COUNT=2;UNTIL=20270101"), "recurring[0].rule");
        refused(window("2026-12-20", "2026-12-21").with("refresh", "1h"), "refresh", "calendar, which is missing");
        refused(window("2026-12-20", "2026-12-21").with("credentials", "c"), "credentials", "calendar, which is missing");
        refused(berlin().with("calendar", "file:///etc/passwd"), "calendar", "https://");
        refused(berlin().with("calendar", "ftp://example.com/x.ics"), "calendar", "https://");
        refused(berlin().with("calendar", "not an address"), "calendar", "https://");
        refused(berlin().with("calendar", "https://me:secret@example.com/x.ics"), "calendar", "credentials");
        refused(berlin().with("calendar", "https://example.com/x.ics").with("refresh", "5s"), "refresh");
        refused(berlin().with("calendar", "https://example.com/x.ics").with("approvals", "no"), "approvals");
    }

    private static void refused(Settings settings, String... saying) {
        settings.areRefused(options -> ChangeFreeze.of(options, CALENDARS), saying);
    }

    @Test
    public void askedOften_takesMicroseconds() {
        Check.OfTime freeze = (Check.OfTime) make(recurring("2001-01-01T00:00", "30m", "FREQ=HOURLY"));
        Instant start = Instant.parse("2026-01-01T00:00:00Z");
        freeze.evaluate(null, start);
        Duration fastest = Duration.ofDays(1);
        for (int round = 0; round < 20; round++) {
            long begun = System.nanoTime();
            for (int i = 0; i < 500; i++) {
                freeze.evaluate(null, start.plus(Duration.ofMinutes(17L * i)));
            }
            Duration each = Duration.ofNanos((System.nanoTime() - begun) / 500);
            fastest = each.compareTo(fastest) < 0 ? each : fastest;
        }
        assertThat(fastest).isLessThan(Duration.ofNanos(100_000));
    }
}
