package io.jenkins.plugins.approvalgate.engine.check.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.approvalgate.engine.gate.CheckResult;
import io.jenkins.plugins.approvalgate.engine.gate.CheckResult.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.Test;

public class BusinessHoursTest {

    private static CheckResult at(Settings settings, String instant) {
        return settings.hours().evaluate(null, Instant.parse(instant));
    }

    private static void opens(Settings settings, String instant, String until) {
        assertThat(at(settings, instant).verdict()).as(settings + " at " + instant).isEqualTo(Verdict.WAIT);
        assertThat(at(settings, instant).until()).as(settings + " at " + instant).contains(Instant.parse(until));
    }

    private static void closes(Settings settings, String instant, String until) {
        assertThat(at(settings, instant).verdict()).as(settings + " at " + instant).isEqualTo(Verdict.PASS);
        assertThat(at(settings, instant).until()).as(settings + " at " + instant).contains(Instant.parse(until));
    }

    @Test
    public void inside_passesUntilItCloses() {
        CheckResult result = at(Settings.office(), "2026-11-23T14:00:00Z");
        assertThat(result.verdict()).isEqualTo(Verdict.PASS);
        assertThat(result.until()).contains(Instant.parse("2026-11-23T22:00:00Z"));
        assertThat(result.reason()).isEqualTo("Within business hours until 17:00 (America/New_York).");
    }

    @Test
    public void outside_defer_waitsUntilItOpens() {
        CheckResult result = at(Settings.office(), "2026-11-20T22:00:00Z");
        assertThat(result.verdict()).isEqualTo(Verdict.WAIT);
        assertThat(result.until()).contains(Instant.parse("2026-11-23T14:00:00Z"));
        assertThat(result.barsApprovals()).isFalse();
        assertThat(result.reason())
                .isEqualTo("Outside business hours: opens on Monday 23 November 2026 at 09:00 (America/New_York).");
    }

    @Test
    public void outside_refuse_barsApprovals_insideDoesNot() {
        Settings refusing = Settings.office().with("outside", "refuse");
        assertThat(at(refusing, "2026-11-20T22:00:00Z").barsApprovals()).isTrue();
        assertThat(at(refusing, "2026-11-20T21:59:59.999Z").barsApprovals()).isFalse();
    }

    @Test
    public void bothEnds_areExactToTheNanosecond() {
        closes(Settings.office(), "2026-11-23T14:00:00Z", "2026-11-23T22:00:00Z");
        opens(Settings.office(), "2026-11-23T13:59:59.999999999Z", "2026-11-23T14:00:00Z");
        closes(Settings.office(), "2026-11-23T21:59:59.999999999Z", "2026-11-23T22:00:00Z");
        opens(Settings.office(), "2026-11-23T22:00:00Z", "2026-11-24T14:00:00Z");
    }

    @Test
    public void overnight_belongsToTheDayOnWhichItBegins() {
        Settings night = Settings.office().with("from", "22:00").with("to", "06:00").with("timeZone", "Europe/Berlin");
        closes(night, "2026-11-20T21:00:00Z", "2026-11-21T05:00:00Z");
        closes(night, "2026-11-21T04:59:00Z", "2026-11-21T05:00:00Z");
        opens(night, "2026-11-21T21:00:00Z", "2026-11-23T21:00:00Z");
        opens(night, "2026-11-23T02:00:00Z", "2026-11-23T21:00:00Z");
    }

    @Test
    public void overnight_saysTheSameBeforeAndAfterMidnight() {
        Settings night = Settings.office().with("from", "22:00").with("to", "06:00").with("timeZone", "Europe/Berlin");
        assertThat(at(night, "2026-11-20T22:00:00Z").reason())
                .isEqualTo(at(night, "2026-11-21T03:00:00Z").reason())
                .isEqualTo("Within business hours until Saturday 21 November 2026 at 06:00 (Europe/Berlin).");
    }

    @Test
    public void overnight_intoAHoliday_goesOn_outOfAHoliday_doesNotBegin() {
        Settings night = Settings.office()
                .with("days", "MON-SUN")
                .with("from", "22:00")
                .with("to", "06:00")
                .with("closedDates", "2026-12-24");
        closes(night, "2026-12-24T04:00:00Z", "2026-12-24T11:00:00Z");
        opens(night, "2026-12-25T04:00:00Z", "2026-12-26T03:00:00Z");
    }

    @Test
    public void sameFromAndTo_areTwentyFourHours_joinedIntoOne() {
        Settings days = Settings.office().with("from", "00:00").with("to", "00:00").with("timeZone", "UTC");
        closes(days, "2026-11-23T05:00:00Z", "2026-11-28T00:00:00Z");
        opens(days, "2026-11-28T00:00:00Z", "2026-11-30T00:00:00Z");
        closes(days.with("from", "09:00").with("to", "09:00"), "2026-11-23T09:00:00Z", "2026-11-28T09:00:00Z");
        closes(days.with("to", "24:00"), "2026-11-23T05:00:00Z", "2026-11-28T00:00:00Z");
    }

    @Test
    public void alwaysOpen_hasNoEnd() {
        CheckResult result = at(
                Settings.office().with("days", "MON-SUN").with("from", "00:00").with("to", "24:00"), "2026-11-23T05:00:00Z");
        assertThat(result.verdict()).isEqualTo(Verdict.PASS);
        assertThat(result.until()).isEmpty();
        assertThat(result.reason()).isEqualTo("Within business hours.");
    }

    @Test
    public void closedForYears_waitsWithoutEnd() {
        CheckResult result =
                at(Settings.office().with("closedDates", "2026-01-01..2029-12-31"), "2026-11-23T15:00:00Z");
        assertThat(result.verdict()).isEqualTo(Verdict.WAIT);
        assertThat(result.until()).isEmpty();
        assertThat(result.reason()).contains("no day in the next two years");
    }

    @Test
    public void closedDates_onceYearlyAndRanges() {
        Settings closed = Settings.office().with("timeZone", "UTC").with("days", "MON-SUN");
        opens(closed.with("closedDates", "2026-12-24"), "2026-12-24T10:00:00Z", "2026-12-25T09:00:00Z");
        closes(closed.with("closedDates", "2026-12-24"), "2027-12-24T10:00:00Z", "2027-12-24T17:00:00Z");
        opens(closed.with("closedDates", "12-24"), "2027-12-24T10:00:00Z", "2027-12-25T09:00:00Z");
        opens(closed.with("closedDates", "12-24..01-02"), "2027-12-30T10:00:00Z", "2028-01-03T09:00:00Z");
        opens(closed.with("closedDates", List.of("2026-12-24..2026-12-26", "12-27")), "2026-12-24T10:00:00Z", "2026-12-28T09:00:00Z");
        opens(closed.with("closedDates", "02-29"), "2028-02-29T10:00:00Z", "2028-03-01T09:00:00Z");
    }

    @Test
    public void holidays_areSkipped() {
        Settings us = Settings.office().with("holidays", "US");
        opens(us, "2026-11-26T15:00:00Z", "2026-11-27T14:00:00Z");
        opens(us, "2026-11-25T22:00:00Z", "2026-11-27T14:00:00Z");
        Settings both = Settings.office().with("timeZone", "Europe/Berlin").with("holidays", "de-by, US");
        opens(both, "2027-01-06T10:00:00Z", "2027-01-07T08:00:00Z");
        opens(both, "2026-11-26T10:00:00Z", "2026-11-27T08:00:00Z");
        closes(both.with("holidays", "DE"), "2027-01-06T10:00:00Z", "2027-01-06T16:00:00Z");
    }

    @Test
    public void summary_isPlainWords() {
        assertThat(Settings.office().with("holidays", "US").hours().summary())
                .isEqualTo("Monday to Friday, 09:00–17:00 America/New_York, not on holidays of US; outside, approvals are kept"
                        + " until it opens");
        assertThat(Settings.office()
                        .with("days", "MON,WED,FRI")
                        .with("from", "22:00")
                        .with("to", "06:00")
                        .with("closedDates", "12-24")
                        .with("outside", "refuse")
                        .hours()
                        .summary())
                .isEqualTo("Monday, Wednesday and Friday, 22:00–06:00 of the day after America/New_York, not on 12-24;"
                        + " outside, approvals are refused");
        assertThat(Settings.office().with("days", "SAT-MON").with("from", "00:00").with("to", "24:00").hours().summary())
                .startsWith("Saturday to Monday, all day America/New_York;");
        assertThat(Settings.office().with("days", "SUN-SAT").with("to", "24:00").hours().summary())
                .startsWith("every day, 09:00–24:00 America/New_York;");
    }

    @Test
    public void whatCannotBeMeant_isRefusedByName() {
        for (Map.Entry<Settings, String[]> wrong : Map.ofEntries(
                        wrong(Settings.office().without("from"), "from", "is missing"),
                        wrong(Settings.office().without("timeZone"), "timeZone", "is missing"),
                        wrong(Settings.office().with("timeZone", "Europe/Berln"), "timeZone", "did you mean \"Europe/Berlin\"?"),
                        wrong(Settings.office().with("timeZone", "europe/berlin"), "did you mean \"Europe/Berlin\"?"),
                        wrong(Settings.office().with("timeZone", "the zone where we have our office"), "timeZone", "write it as"),
                        wrong(Settings.office().with("days", "MON-FRY"), "days", "FRY", "MON, TUE, WED, THU, FRI, SAT, SUN"),
                        wrong(Settings.office().with("days", "MON-WED-FRI"), "days", "MON-WED-FRI"),
                        wrong(Settings.office().with("from", "9"), "from", "09:00"),
                        wrong(Settings.office().with("from", "25:00"), "from", "25:00"),
                        wrong(Settings.office().with("from", "24:00"), "from", "24:00"),
                        wrong(Settings.office().with("to", 1020), "to", "in quotes", "17:00"),
                        wrong(Settings.office().with("holidays", "XX"), "holidays", "XX", "AD, AE"),
                        wrong(Settings.office().with("holidays", "UK"), "holidays", "did you mean \"GB\"?"),
                        wrong(Settings.office().with("holidays", "DE-XX"), "holidays", "DE-XX", "DE-BW, DE-BY"),
                        wrong(Settings.office().with("holidays", "JP-13"), "holidays", "JP has none"),
                        wrong(Settings.office().with("closedDates", "24.12.2026"), "closedDates", "2026-12-24"),
                        wrong(Settings.office().with("closedDates", "2026-02-29"), "closedDates", "2026-02-29"),
                        wrong(Settings.office().with("closedDates", "2026-12-24..12-31"), "closedDates", "2026-12-24..12-31"),
                        wrong(Settings.office().with("closedDates", "2026-12-31..2026-12-24"), "closedDates", "ends before"),
                        wrong(Settings.office().with("closedDates", "01-01..12-31"), "closedDates", "no day is left"),
                        wrong(Settings.office().with("outside", "wait"), "outside", "defer, refuse"),
                        wrong(Settings.office().with("zone", "UTC"), "zone", "there is no such setting"))
                .entrySet()) {
            wrong.getKey().areRefused(BusinessHours::of, wrong.getValue());
        }
    }

    private static Map.Entry<Settings, String[]> wrong(Settings settings, String... saying) {
        return Map.entry(settings, saying);
    }

    @Test
    public void askedOften_takesMicroseconds() {
        BusinessHours hours = Settings.office().with("holidays", "US").with("closedDates", "12-24..01-03").hours();
        Instant start = Instant.parse("2026-01-01T00:00:00Z");
        Duration fastest = Duration.ofDays(1);
        for (int round = 0; round < 20; round++) {
            long begun = System.nanoTime();
            // Each at another time, so that nothing is remembered.
            for (int i = 0; i < 500; i++) {
                hours.evaluate(null, start.plus(Duration.ofHours(17L * (i % 2 == 0 ? i : 500 - i))));
            }
            Duration each = Duration.ofNanos((System.nanoTime() - begun) / 500);
            fastest = each.compareTo(fastest) < 0 ? each : fastest;
        }
        assertThat(fastest).isLessThan(Duration.ofNanos(100_000));
    }
}
