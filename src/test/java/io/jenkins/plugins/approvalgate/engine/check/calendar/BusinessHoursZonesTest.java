package io.jenkins.plugins.approvalgate.engine.check.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.approvalgate.engine.gate.CheckResult;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import org.junit.Test;

/** Days of 23, 23½, 24½ and 25 hours, and one of none at all. */
public class BusinessHoursZonesTest {

    private static Settings hours(String zone, String from, String to) {
        return Settings.none().with("days", "MON-SUN").with("from", from).with("to", to).with("timeZone", zone);
    }

    @Test
    public void windows_onTheDaysOnWhichClocksAreChanged() {
        // zone, from, to, the day before the window, when it opens and closes
        for (String[] row : new String[][] {
            // New York: 2026-03-08 02:00 → 03:00, 2026-11-01 02:00 → 01:00
            {"America/New_York", "09:00", "17:00", "2026-03-08T00:00", "2026-03-08T09:00-04:00", "2026-03-08T17:00-04:00"},
            {"America/New_York", "02:30", "17:00", "2026-03-08T00:00", "2026-03-08T03:00-04:00", "2026-03-08T17:00-04:00"},
            {"America/New_York", "02:00", "17:00", "2026-03-08T00:00", "2026-03-08T03:00-04:00", "2026-03-08T17:00-04:00"},
            {"America/New_York", "03:00", "17:00", "2026-03-08T00:00", "2026-03-08T03:00-04:00", "2026-03-08T17:00-04:00"},
            {"America/New_York", "01:00", "02:30", "2026-03-08T00:00", "2026-03-08T01:00-05:00", "2026-03-08T03:00-04:00"},
            {"America/New_York", "02:10", "02:50", "2026-03-08T00:00", "2026-03-09T02:10-04:00", "2026-03-09T02:50-04:00"},
            {"America/New_York", "22:00", "06:00", "2026-03-07T12:00", "2026-03-07T22:00-05:00", "2026-03-08T06:00-04:00"},
            {"America/New_York", "09:00", "17:00", "2026-11-01T00:00", "2026-11-01T09:00-05:00", "2026-11-01T17:00-05:00"},
            {"America/New_York", "01:30", "17:00", "2026-11-01T00:00", "2026-11-01T01:30-04:00", "2026-11-01T17:00-05:00"},
            {"America/New_York", "00:30", "01:30", "2026-11-01T00:00", "2026-11-01T00:30-04:00", "2026-11-01T01:30-05:00"},
            {"America/New_York", "01:15", "01:45", "2026-11-01T00:00", "2026-11-01T01:15-04:00", "2026-11-01T01:45-05:00"},
            {"America/New_York", "00:30", "02:00", "2026-11-01T00:00", "2026-11-01T00:30-04:00", "2026-11-01T02:00-05:00"},
            // Berlin: 2026-03-29 02:00 → 03:00, 2026-10-25 03:00 → 02:00
            {"Europe/Berlin", "02:30", "04:00", "2026-03-29T00:00", "2026-03-29T03:00+02:00", "2026-03-29T04:00+02:00"},
            {"Europe/Berlin", "01:00", "02:15", "2026-03-29T00:00", "2026-03-29T01:00+01:00", "2026-03-29T03:00+02:00"},
            {"Europe/Berlin", "22:00", "02:30", "2026-03-28T12:00", "2026-03-28T22:00+01:00", "2026-03-29T03:00+02:00"},
            {"Europe/Berlin", "02:30", "04:00", "2026-10-25T00:00", "2026-10-25T02:30+02:00", "2026-10-25T04:00+01:00"},
            {"Europe/Berlin", "01:00", "02:30", "2026-10-25T00:00", "2026-10-25T01:00+02:00", "2026-10-25T02:30+01:00"},
            {"Europe/Berlin", "22:00", "02:30", "2026-10-24T12:00", "2026-10-24T22:00+02:00", "2026-10-25T02:30+01:00"},
            {"Europe/Berlin", "22:00", "02:00", "2026-10-24T12:00", "2026-10-24T22:00+02:00", "2026-10-25T02:00+02:00"},
            {"Europe/Berlin", "02:00", "08:00", "2026-10-24T12:00", "2026-10-25T02:00+02:00", "2026-10-25T08:00+01:00"},
            // Lord Howe: 2026-04-05 02:00 → 01:30, 2026-10-04 02:00 → 02:30
            {"Australia/Lord_Howe", "01:45", "03:00", "2026-04-05T00:00", "2026-04-05T01:45+11:00", "2026-04-05T03:00+10:30"},
            {"Australia/Lord_Howe", "00:00", "01:45", "2026-04-04T12:00", "2026-04-05T00:00+11:00", "2026-04-05T01:45+10:30"},
            {"Australia/Lord_Howe", "02:15", "03:00", "2026-10-04T00:00", "2026-10-04T02:30+11:00", "2026-10-04T03:00+11:00"},
            {"Australia/Lord_Howe", "01:00", "02:15", "2026-10-04T00:00", "2026-10-04T01:00+10:30", "2026-10-04T02:30+11:00"},
            // São Paulo: 2018-11-04 00:00 → 01:00, 2018-02-18 00:00 → 2018-02-17 23:00
            {"America/Sao_Paulo", "00:00", "08:00", "2018-11-03T12:00", "2018-11-04T01:00-02:00", "2018-11-04T08:00-02:00"},
            {"America/Sao_Paulo", "09:00", "24:00", "2018-11-03T08:00", "2018-11-03T09:00-03:00", "2018-11-04T01:00-02:00"},
            {"America/Sao_Paulo", "09:00", "24:00", "2018-02-17T08:00", "2018-02-17T09:00-02:00", "2018-02-18T00:00-03:00"},
            {"America/Sao_Paulo", "23:30", "06:00", "2018-02-17T08:00", "2018-02-17T23:30-02:00", "2018-02-18T06:00-03:00"},
            {"America/Sao_Paulo", "09:00", "23:30", "2018-02-17T08:00", "2018-02-17T09:00-02:00", "2018-02-17T23:30-03:00"},
            // Kolkata never changes
            {"Asia/Kolkata", "09:00", "17:30", "2026-03-29T00:00", "2026-03-29T09:00+05:30", "2026-03-29T17:30+05:30"},
            // Apia went without 2011-12-30
            {"Pacific/Apia", "09:00", "17:00", "2011-12-29T18:00", "2011-12-31T09:00+14:00", "2011-12-31T17:00+14:00"},
            {"Pacific/Apia", "22:00", "06:00", "2011-12-29T18:00", "2011-12-29T22:00-10:00", "2011-12-31T00:00+14:00"},
        }) {
            String name = String.join(" ", row);
            BusinessHours check = hours(row[0], row[1], row[2]).hours();
            Instant before = LocalDateTime.parse(row[3]).atZone(ZoneId.of(row[0])).toInstant();
            Instant opening = OffsetDateTime.parse(row[4]).toInstant();
            Instant closing = OffsetDateTime.parse(row[5]).toInstant();
            CheckResult closed = check.evaluate(null, before.isBefore(opening) ? before : opening.minusNanos(1));
            assertThat(closed.until()).as(name).contains(opening);
            assertThat(closed.verdict()).as(name).isEqualTo(CheckResult.Verdict.WAIT);
            for (Instant inside : new Instant[] {opening, closing.minusNanos(1)}) {
                assertThat(check.evaluate(null, inside).verdict()).as(name).isEqualTo(CheckResult.Verdict.PASS);
                assertThat(check.evaluate(null, inside).until()).as(name).contains(closing);
            }
            assertThat(check.evaluate(null, closing).verdict()).as(name).isEqualTo(CheckResult.Verdict.WAIT);
        }
    }

    @Test
    public void opening_isToldAsTheClockOnTheWallShowsIt() {
        assertThat(hours("America/New_York", "02:30", "17:00")
                        .hours()
                        .evaluate(null, Instant.parse("2026-03-08T05:00:00Z"))
                        .reason())
                .isEqualTo("Outside business hours: opens on Sunday 8 March 2026 at 03:00 (America/New_York).");
    }
}
