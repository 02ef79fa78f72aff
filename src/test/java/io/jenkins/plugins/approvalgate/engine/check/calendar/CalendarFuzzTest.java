package io.jenkins.plugins.approvalgate.engine.check.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.approvalgate.engine.Dice;
import io.jenkins.plugins.approvalgate.engine.Fuzz;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.Test;

/** Calendars that nobody would publish. */
public class CalendarFuzzTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final List<String> RULES = List.of(
            "FREQ=WEEKLY;BYDAY=MO,WE;INTERVAL=2;COUNT=10", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=-1", "FREQ=MONTHLY;BYDAY=-1SU;BYSETPOS=1",
            "FREQ=DAILY;UNTIL=20271231T235959Z", "FREQ=HOURLY;BYHOUR=1,2,3", "FREQ=YEARLY;BYWEEKNO=53;WKST=SU");
    private static final List<String> WORDS = List.of(
            ";", ",", "=", "FREQ=", "DAILY", "SECONDLY", "BYDAY=", "MO", "-1SU", "BYSETPOS=-1", "BYYEARDAY=366", "BYMONTH=2",
            "BYMONTHDAY=30", "INTERVAL=", "COUNT=", "UNTIL=20260101", "BYHOUR=0,1,2", "RSCALE=GREGORIAN", ":", "\n", "\n ", "BEGIN:",
            "END:", "VEVENT", "VCALENDAR", "DTSTART", "DTEND", "DURATION:P1W", "RDATE:", "EXDATE:", "TZID=", "VALUE=DATE",
            "RECURRENCE-ID:");
    private static final List<String> FILES = List.of(
            """
            BEGIN:VCALENDAR
            VERSION:2.0
            X-WR-TIMEZONE:Europe/Berlin
            BEGIN:VTIMEZONE
            TZID:Ours
            BEGIN:STANDARD
            DTSTART:16010101T030000
            TZOFFSETFROM:+0200
            TZOFFSETTO:+0100
            RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
            END:STANDARD
            BEGIN:DAYLIGHT
            DTSTART:16010101T020000
            TZOFFSETFROM:+0100
            TZOFFSETTO:+0200
            RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
            END:DAYLIGHT
            END:VTIMEZONE
            BEGIN:VEVENT
            UID:one
            DTSTART;TZID=Ours:20260105T180000
            DTEND;TZID=Ours:20260105T200000
            RRULE:FREQ=WEEKLY;BYDAY=MO
            EXDATE;TZID=Ours:20260112T180000
            SUMMARY:Weekly
              freeze
            END:VEVENT
            BEGIN:VEVENT
            UID:one
            RECURRENCE-ID;TZID=Ours:20260119T180000
            DTSTART;TZID=Ours:20260120T180000
            DURATION:PT2H
            END:VEVENT
            END:VCALENDAR
            """,
            "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:x\nDTSTART;VALUE=DATE:20261220\nDTEND;VALUE=DATE:20270103\nEND:VEVENT\nEND:VCALENDAR\n",
            "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:y\nDTSTART:20260301T000000Z\nRDATE;VALUE=PERIOD:20260401T000000Z/PT1H\nEND:VEVENT\nEND:VCALENDAR\n");

    private static String rule(Dice dice) {
        return dice.oneIn(3) ? "FREQ=" + dice.of("YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY") + ";" + dice.row(8, WORDS) : dice.mutated(RULES, WORDS);
    }

    @Test
    public void anyRule_isReadOrRefused() {
        Fuzz.Tally tally = Fuzz.of("recurrence rule", CalendarFuzzTest::rule)
                .declared(IllegalArgumentException.class)
                .run(Recurrence::of);
        assertThat(tally.taken()).isGreaterThan(Fuzz.inputs() / 50);
    }

    @Test
    public void anyRule_givesItsInstancesOrSpendsItsEffort() {
        Fuzz.Tally tally = Fuzz.of("recurrence", CalendarFuzzTest::rule)
                .declared(IllegalArgumentException.class)
                .run(text -> Recurrence.of(text)
                        .each(
                                LocalDateTime.parse("2025-01-15T08:00"), LocalDateTime.parse("2026-01-01T00:00"),
                                LocalDateTime.parse("2027-01-01T00:00"), BERLIN.getRules(), new Effort(50_000), instance -> {}));
        assertThat(tally.taken()).isGreaterThan(Fuzz.inputs() / 50);
    }

    @Test
    public void anyFile_hasFreezesOrIsRefused() {
        Fuzz.Tally tally = Fuzz.of("calendar file", dice -> dice.mutated(FILES, WORDS))
                .declared(IllegalArgumentException.class)
                .run(text -> {
                    CalendarFile file = CalendarFile.read(text);
                    file.zone();
                    List<Freeze> freezes = file.between(Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2027-01-01T00:00:00Z"), BERLIN);
                    assertThat(freezes).allSatisfy(freeze -> assertThat(freeze.from()).isBefore(freeze.to()));
                });
        assertThat(tally.taken()).isGreaterThan(Fuzz.inputs() / 50);
    }
}
