package io.jenkins.plugins.approvalgate.engine.check.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.Test;

public class CalendarFileTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    /** As Outlook writes it: another name, rules from 1601 on. */
    private static final String OUTLOOK = """
            BEGIN:VTIMEZONE
            TZID:W. Europe Standard Time
            BEGIN:STANDARD
            DTSTART:16010101T030000
            TZOFFSETFROM:+0200
            TZOFFSETTO:+0100
            RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
            END:STANDARD
            BEGIN:DAYLIGHT
            DTSTART:16010101T020000
            TZOFFSETFROM:+0100
            TZOFFSETTO:+0200
            RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3
            END:DAYLIGHT
            END:VTIMEZONE
            """;

    private static String calendar(String... parts) {
        return "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//example//EN\n" + String.join("", parts) + "END:VCALENDAR\n";
    }

    private static String event(String... lines) {
        return "BEGIN:VEVENT\nUID:one\nDTSTAMP:20260101T000000Z\n" + String.join("\n", lines) + "\nEND:VEVENT\n";
    }

    /** All freezes of 2026, as {@code from/to reason}. */
    private static List<String> freezes(String text) {
        return CalendarFile.read(text)
                .between(Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2027-01-01T00:00:00Z"), BERLIN)
                .stream()
                .sorted(Comparator.comparing(Freeze::from))
                .map(freeze -> (freeze.from() + "/" + freeze.to() + " " + freeze.reason()).strip())
                .toList();
    }

    private static void means(String event, String... freezes) {
        for (String end : List.of("\n", "\r\n")) {
            assertThat(freezes(calendar(event).replace("\n", end))).as(event).containsExactly(freezes);
        }
    }

    @Test
    public void oneEvent_byEndOrDuration() {
        means(event("DTSTART:20261201T180000Z", "DTEND:20261202T060000Z", "SUMMARY:Release"),
                "2026-12-01T18:00:00Z/2026-12-02T06:00:00Z Release");
        means(event("DTSTART:20261201T180000Z", "DURATION:PT12H"), "2026-12-01T18:00:00Z/2026-12-02T06:00:00Z");
        means(event("DTSTART:20261201T180000Z", "DURATION:P1W"), "2026-12-01T18:00:00Z/2026-12-08T18:00:00Z");
        means(event("DTSTART:20261201T180000Z", "DURATION:P1DT1H30M"), "2026-12-01T18:00:00Z/2026-12-02T19:30:00Z");
        means(event("DTSTART:20261201T180000Z"));
        means(event("DTSTART:20261201T180000Z", "DTEND:20261201T180000Z"));
    }

    @Test
    public void wholeDays_areInTheZoneOfTheCheck() {
        means(event("DTSTART;VALUE=DATE:20261224", "DTEND;VALUE=DATE:20261227"), "2026-12-23T23:00:00Z/2026-12-26T23:00:00Z");
        means(event("DTSTART;VALUE=DATE:20261224"), "2026-12-23T23:00:00Z/2026-12-24T23:00:00Z");
        means(event("DTSTART:20261224", "DTEND:20261224"), "2026-12-23T23:00:00Z/2026-12-24T23:00:00Z");
        means(event("DTSTART;VALUE=DATE:20260329", "DURATION:P1D"), "2026-03-28T23:00:00Z/2026-03-29T22:00:00Z");
    }

    @Test
    public void localTimes_areInTheirZone() {
        means(event("DTSTART:20261201T180000", "DTEND:20261201T190000"), "2026-12-01T17:00:00Z/2026-12-01T18:00:00Z");
        means(event("DTSTART;TZID=America/New_York:20261201T180000", "DURATION:PT1H"), "2026-12-01T23:00:00Z/2026-12-02T00:00:00Z");
        means(event("DTSTART;TZID=\"America/New_York\":20261201T180000", "DURATION:PT1H"), "2026-12-01T23:00:00Z/2026-12-02T00:00:00Z");
        means(event("DTSTART;TZID=/citadel.org/20210210_1/America/New_York:20261201T180000", "DURATION:PT1H"),
                "2026-12-01T23:00:00Z/2026-12-02T00:00:00Z");
        means(event("DTSTART;TZID=Asia/Kolkata:20261201T180000", "DTEND;TZID=Europe/London:20261201T180000"),
                "2026-12-01T12:30:00Z/2026-12-01T18:00:00Z");
        means(OUTLOOK + event("DTSTART;TZID=W. Europe Standard Time:20260701T180000", "DURATION:PT1H"),
                "2026-07-01T16:00:00Z/2026-07-01T17:00:00Z");
    }

    @Test
    public void zonesThatTheCalendarBringsAlong_areFollowedOverTheirChanges() {
        means(OUTLOOK + event("DTSTART;TZID=W. Europe Standard Time:20260327T090000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=2"),
                "2026-03-27T08:00:00Z/2026-03-27T09:00:00Z", "2026-04-03T07:00:00Z/2026-04-03T08:00:00Z");
        // As Europe/Berlin, quarter of an hour by quarter of an hour, over both changes.
        String start = "DTSTART;TZID=W. Europe Standard Time:2026";
        for (String day : List.of("0328", "0329", "1024", "1025")) {
            for (int minute = 0; minute < 24 * 60; minute += 15) {
                String time = day + String.format("T%02d%02d00", minute / 60, minute % 60);
                List<String> own = freezes(calendar(OUTLOOK, event(start + time, "DURATION:PT1H")));
                assertThat(own).as(time).isEqualTo(freezes(calendar(event("DTSTART;TZID=Europe/Berlin:2026" + time, "DURATION:PT1H"))));
            }
        }
    }

    @Test
    public void recurring_withExceptions() {
        String[] week = {"DTSTART;TZID=Europe/Berlin:20261102T090000", "DTEND;TZID=Europe/Berlin:20261102T100000", "RRULE:FREQ=DAILY;COUNT=4"};
        String first = "2026-11-02T08:00:00Z/2026-11-02T09:00:00Z";
        String second = "2026-11-03T08:00:00Z/2026-11-03T09:00:00Z";
        String third = "2026-11-04T08:00:00Z/2026-11-04T09:00:00Z";
        String fourth = "2026-11-05T08:00:00Z/2026-11-05T09:00:00Z";
        means(event(week), first, second, third, fourth);
        means(event(week[0], week[1], week[2], "EXDATE;TZID=Europe/Berlin:20261103T090000,20261104T090000"), first, fourth);
        means(event(week[0], week[1], week[2], "EXDATE:20261103T080000Z", "EXDATE;VALUE=DATE:20261104"), first, fourth);
        means(event(week[0], week[1], week[2], "RDATE;TZID=Europe/Berlin:20261107T120000"),
                first, second, third, fourth, "2026-11-07T11:00:00Z/2026-11-07T12:00:00Z");
        String moved = event("RECURRENCE-ID;TZID=Europe/Berlin:20261103T090000", "DTSTART:20261110T080000Z", "DTEND:20261110T120000Z", "SUMMARY:Moved");
        means(event(week) + moved, first, third, fourth, "2026-11-10T08:00:00Z/2026-11-10T12:00:00Z Moved");
        means(moved + event(week), first, third, fourth, "2026-11-10T08:00:00Z/2026-11-10T12:00:00Z Moved");
        means(event(week) + event("RECURRENCE-ID:20261103T080000Z", "DTSTART:20261103T080000Z", "DTEND:20261103T090000Z", "STATUS:CANCELLED"),
                first, third, fourth);
        means(event(week) + event("RECURRENCE-ID:20261103T080000Z", "DTSTART:20261103T080000Z", "DTEND:20261103T090000Z", "TRANSP:TRANSPARENT"),
                first, third, fourth);
        means(event(week).replace("UID:one", "UID:another") + moved,
                first, second, third, fourth, "2026-11-10T08:00:00Z/2026-11-10T12:00:00Z Moved");
        // The later of two changes of the same instance counts.
        means(event(week) + moved.replace("SUMMARY", "SEQUENCE:2\nSUMMARY") + moved.replace("20261110", "20261111"),
                first, third, fourth, "2026-11-10T08:00:00Z/2026-11-10T12:00:00Z Moved");
        // DTSTART is an instance, whatever the rule says.
        means(event("DTSTART:20261102T090000Z", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;BYDAY=FR;UNTIL=20261107T000000Z"),
                "2026-11-02T09:00:00Z/2026-11-02T10:00:00Z", "2026-11-06T09:00:00Z/2026-11-06T10:00:00Z");
        means(event("DTSTART;VALUE=DATE:20261102", "RRULE:FREQ=DAILY;UNTIL=20261103", "EXDATE;VALUE=DATE:20261102"),
                "2026-11-02T23:00:00Z/2026-11-03T23:00:00Z");
    }

    @Test
    public void overAChangeOfTheClocks_aFreezeEndsNotTooEarly() {
        String weekend = "DTSTART;TZID=Europe/Berlin:%s\nDTEND;TZID=Europe/Berlin:%s\nRRULE:FREQ=WEEKLY;COUNT=2";
        // The second goes over the change: in spring the stop-watch ends later, in autumn the clock on the wall.
        means(event(String.format(weekend, "20260321T180000", "20260323T060000")),
                "2026-03-21T17:00:00Z/2026-03-23T05:00:00Z", "2026-03-28T17:00:00Z/2026-03-30T05:00:00Z");
        means(event(String.format(weekend, "20261017T180000", "20261019T060000")),
                "2026-10-17T16:00:00Z/2026-10-19T04:00:00Z", "2026-10-24T16:00:00Z/2026-10-26T05:00:00Z");
    }

    @Test
    public void cancelledAndTransparent_areNone() {
        means(event("DTSTART:20261201T180000Z", "DTEND:20261202T060000Z", "STATUS:CANCELLED"));
        means(event("DTSTART:20261201T180000Z", "DTEND:20261202T060000Z", "TRANSP:TRANSPARENT"));
        means(event("DTSTART:20261201T180000Z", "DTEND:20261202T060000Z", "STATUS:TENTATIVE", "TRANSP:OPAQUE"),
                "2026-12-01T18:00:00Z/2026-12-02T06:00:00Z");
    }

    @Test
    public void summary_isOneLine_unfoldedAndUnescaped() {
        means(event("DTSTART:20261201T180000Z", "DURATION:PT1H", "SUMMARY;LANGUAGE=en:Year\\, end\\nfreeze\\; all", " \u202e teams"),
                "2026-12-01T18:00:00Z/2026-12-01T19:00:00Z Year, end freeze; all teams");
        means(event("DTSTART:20261201T180000Z", "DURATION:PT1H", "SUMMARY:" + "x".repeat(500)),
                "2026-12-01T18:00:00Z/2026-12-01T19:00:00Z " + "x".repeat(99) + "…");
    }

    @Test
    public void whatStandsInAnAlarm_isNotOfTheEvent() {
        means(event("DTSTART:20261201T180000Z", "DURATION:PT1H", "BEGIN:VALARM", "TRIGGER:-PT15M", "DURATION:PT5M", "SUMMARY:x", "END:VALARM"),
                "2026-12-01T18:00:00Z/2026-12-01T19:00:00Z");
    }

    @Test
    public void otherComponents_areNoFreezes() {
        means("BEGIN:VTODO\nUID:x\nDTSTART:20261201T180000Z\nDUE:20261202T180000Z\nEND:VTODO\n");
        assertThat(freezes(calendar())).isEmpty();
        assertThat(freezes("\uFEFF" + calendar())).isEmpty();
    }

    @Test
    public void whatCannotBeUnderstood_isRefused() {
        refused("", "no VCALENDAR");
        refused("<html>Sign in</html>", "line 1 is not of an iCalendar file");
        refused("BEGIN:VCARD\nEND:VCARD\n", "no VCALENDAR");
        refused("{\"a\": 1}", "line 1");
        refused(calendar().replace("END:VCALENDAR\n", ""), "ends inside a VCALENDAR");
        refused(calendar() + "trailing rubbish", "line 5");
        String whole = calendar(event("DTSTART:20261201T180000Z", "DURATION:PT1H"));
        refused(whole.substring(0, whole.indexOf("DURATION") + 3), "line 8");
        refused(calendar("END:VEVENT\n"), "ends nothing");
        refused(calendar(event("SUMMARY:x")), "no DTSTART");
        refused(calendar(event("DTSTART:tomorrow")), "tomorrow");
        refused(calendar(event("DTSTART:20260231T000000Z", "DURATION:PT1H")), "FEBRUARY 31");
        refused(calendar(event("DTSTART:20261201T180000Z", "DTEND:20261201T170000Z")), "ends before it begins");
        refused(calendar(event("DTSTART:20261201T180000Z", "DURATION:-PT1H")), "-PT1H");
        refused(calendar(event("DTSTART;TZID=Nowhere:20261201T180000", "DURATION:PT1H")), "Nowhere");
        refused(calendar(event("DTSTART:20261201T180000Z", "DURATION:PT1H", "RRULE:FREQ=FORTNIGHTLY")), "FORTNIGHTLY");
        refused(calendar(event("DTSTART:20261201T180000Z", "RECURRENCE-ID;RANGE=THISANDFUTURE:20261201T180000Z")), "RANGE");
        refused(calendar(event("DTSTART:20261201T180000Z", "RDATE;VALUE=PERIOD:20261201T180000Z/PT1H")), "RDATE");
    }

    @Test
    public void hostileCalendars_endSoon() {
        long begun = System.nanoTime();
        String start = "DTSTART:20200101T000000Z";
        refused(calendar(event(start, "DURATION:PT1S", "RRULE:FREQ=SECONDLY")), "FREQ=HOURLY");
        refused(calendar(event("DTSTART:00010101T000000Z", "DURATION:PT1S", "RRULE:FREQ=HOURLY")), "too many instances");
        refused(calendar(event(start, "DURATION:PT1S", "RRULE:FREQ=HOURLY").repeat(5_000)), "too many instances");
        refused(calendar(event(start, "DURATION:PT1S", "RRULE:FREQ=HOURLY\n".repeat(5_000) + "STATUS:CONFIRMED")), "too many instances");
        refused(calendar(event(start, "DURATION:PT1S", "RRULE:FREQ=DAILY;INTERVAL=2000000000")), "INTERVAL");
        refused(calendar(event(start, "DURATION:PT1S", "RRULE:FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30")), "too many");
        refused(calendar("BEGIN:X\n".repeat(100_000)), "nested too deeply");
        refused(calendar(event("DTSTART;X=" + ",".repeat(1_000_000) + ":20261201T180000")) + "END:X\n", "ends nothing");
        refused(calendar(event("DTSTART;TZID=" + "a/".repeat(500_000) + ":20261201T180000")), "does not say what that is");
        means(event(start, "DURATION:P99999D"), "2020-01-01T00:00:00Z/2293-10-15T00:00:00Z");
        means(event(start, "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=2000000000;BYMONTH=1;BYMONTHDAY=1;BYHOUR=0"),
                "2026-01-01T00:00:00Z/2026-01-01T01:00:00Z");
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(60));
    }

    private static void refused(String text, String... saying) {
        assertThatThrownBy(() -> freezes(text))
                .as(text.substring(0, Math.min(300, text.length())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(saying);
    }

    @Test
    public void cutOrMangledAnywhere_isRefusedOrRead_neverAnythingElse() {
        String whole = calendar(
                OUTLOOK,
                event("DTSTART;TZID=W. Europe Standard Time:20261102T090000", "DTEND:20261102T100000Z", "RRULE:FREQ=DAILY;COUNT=4", "EXDATE:20261103T080000Z"));
        long seed = 20_261_122L;
        Random random = new Random(seed);
        for (int i = 0; i < 1_500; i++) {
            StringBuilder mangled = new StringBuilder(whole);
            for (int k = 1 + random.nextInt(3); k > 0; k--) {
                int at = random.nextInt(mangled.length());
                switch (random.nextInt(3)) {
                    case 0 -> mangled.setLength(Math.max(1, at));
                    case 1 -> mangled.setCharAt(at, (char) (' ' + random.nextInt(95)));
                    default -> mangled.deleteCharAt(at).append(' ');
                }
            }
            try {
                freezes(mangled.toString());
            } catch (IllegalArgumentException refused) {
                assertThat(refused.getMessage()).as("seed " + seed).isNotBlank();
            }
        }
    }
}
