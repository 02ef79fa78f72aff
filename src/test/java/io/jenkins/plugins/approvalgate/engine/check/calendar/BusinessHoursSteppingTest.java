package io.jenkins.plugins.approvalgate.engine.check.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.approvalgate.engine.gate.CheckResult;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.Test;

/**
 * Random settings near changes of the clocks, against somebody who looks at the clock on the wall each minute: it is open
 * once that clock has shown {@code from}, as long as it will still show a time before {@code to}.
 */
public class BusinessHoursSteppingTest {

    private static final int SETTINGS = 800;
    private static final int INSTANTS = 40;
    private static final int DAY = 24 * 60;
    private static final int MINUTES = 16 * DAY;
    private static final List<String> ZONES = List.of(
            "America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "America/Sao_Paulo", "Asia/Kolkata", "Pacific/Apia",
            "America/St_Johns", "Africa/Casablanca", "Asia/Tehran", "Europe/Dublin", "Antarctica/Troll", "Pacific/Chatham",
            "Asia/Gaza", "America/Scoresbysund", "UTC");

    private record Given(ZoneId zone, Set<DayOfWeek> days, LocalTime from, LocalTime to, Set<LocalDate> closed) {
        boolean overnight() {
            return !to.isAfter(from);
        }

        BusinessHours hours() {
            return Settings.none()
                    .with("days", days.stream().map(day -> day.name().substring(0, 3)).collect(Collectors.joining(",")))
                    .with("from", from.toString())
                    .with("to", to.equals(LocalTime.MIDNIGHT) ? "24:00" : to.toString())
                    .with("timeZone", zone.getId())
                    .with("closedDates", closed.stream().map(LocalDate::toString).toList())
                    .hours();
        }
    }

    @Test
    public void until_isWhatSteppingFinds() {
        long seed = 20_261_122L;
        Random random = new Random(seed);
        for (int i = 0; i < SETTINGS; i++) {
            Instant middle = middle(random);
            ZoneId zone = ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
            Given given = given(random, near(middle, zone), zone);
            Instant start = near(middle, zone).minus(Duration.ofDays(6));
            boolean[] open = step(given, start);
            BusinessHours hours = given.hours();
            for (int k = 0; k < INSTANTS; k++) {
                int minute = 3 * DAY + random.nextInt(5 * DAY);
                Instant now = start.plusSeconds(minute * 60L + random.nextInt(60));
                compare("seed " + seed + ": " + given + " at " + now, hours.evaluate(null, now), open, minute, start);
            }
        }
    }

    private static void compare(String name, CheckResult result, boolean[] open, int minute, Instant start) {
        assertThat(result.verdict().lets()).as(name).isEqualTo(open[minute]);
        int change = minute;
        while (change < MINUTES - 3 * DAY && open[change] == open[minute]) {
            change++;
        }
        Instant expected = start.plusSeconds(change * 60L);
        if (change < MINUTES - 3 * DAY) {
            assertThat(result.until()).as(name).contains(expected);
        } else {
            assertThat(result.until()).as(name).satisfies(until -> until.ifPresent(
                    instant -> assertThat(instant).isAfterOrEqualTo(expected)));
        }
    }

    private static Instant middle(Random random) {
        return random.nextInt(20) == 0
                ? Instant.parse("2011-12-30T00:00:00Z")
                : Instant.parse("1990-01-01T00:00:00Z").plus(Duration.ofHours(random.nextInt(45 * 365 * 24)));
    }

    /** Mostly a change of the clocks. */
    private static Instant near(Instant instant, ZoneId zone) {
        ZoneOffsetTransition next = zone.getRules().nextTransition(instant);
        boolean soon = next != null && next.getInstant().isBefore(instant.plus(Duration.ofDays(300)));
        return soon ? next.getInstant() : instant;
    }

    private static Given given(Random random, Instant middle, ZoneId zone) {
        Set<DayOfWeek> days = EnumSet.of(DayOfWeek.of(1 + random.nextInt(7)));
        for (DayOfWeek day : DayOfWeek.values()) {
            if (random.nextInt(4) > 0) {
                days.add(day);
            }
        }
        LocalDateTime local = LocalDateTime.ofInstant(middle, zone);
        Set<LocalDate> closed = new TreeSet<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            closed.add(local.toLocalDate().plusDays(random.nextInt(11) - 5L));
        }
        LocalTime from = time(random, local.toLocalTime());
        return new Given(zone, days, from, random.nextInt(10) == 0 ? from : time(random, local.toLocalTime()), closed);
    }

    /** Often within two hours of the time at which the clocks are changed. */
    private static LocalTime time(Random random, LocalTime change) {
        return switch (random.nextInt(4)) {
            case 0 -> LocalTime.of(random.nextInt(24), random.nextInt(60));
            case 1 -> LocalTime.of(random.nextInt(24), 0);
            case 2 -> change.withSecond(0).withNano(0).plusMinutes(30L * (random.nextInt(9) - 4));
            default -> change.withSecond(0).withNano(0).plusMinutes(random.nextInt(241) - 120L);
        };
    }

    private static boolean[] step(Given given, Instant start) {
        long[] shown = new long[MINUTES];
        for (int i = 0; i < MINUTES; i++) {
            Instant instant = start.plusSeconds(i * 60L);
            shown[i] = minutes(LocalDateTime.ofInstant(instant, given.zone()));
        }
        long[] latestSoFar = shown.clone();
        long[] earliestYet = shown.clone();
        for (int i = 1; i < MINUTES; i++) {
            latestSoFar[i] = Math.max(latestSoFar[i - 1], shown[i]);
        }
        for (int i = MINUTES - 2; i >= 0; i--) {
            earliestYet[i] = Math.min(earliestYet[i + 1], shown[i]);
        }
        Set<Long> begins = begins(given, shown);
        boolean[] open = new boolean[MINUTES];
        int from = given.from().toSecondOfDay() / 60;
        int to = given.to().toSecondOfDay() / 60 + (given.overnight() ? DAY : 0);
        for (int i = 0; i < MINUTES; i++) {
            long today = Math.floorDiv(shown[i], DAY);
            for (long day = today - 2; day <= today + 1 && !open[i]; day++) {
                open[i] = begins.contains(day) && latestSoFar[i] >= day * DAY + from && earliestYet[i] < day * DAY + to;
            }
        }
        return open;
    }

    private static long minutes(LocalDateTime local) {
        return local.toLocalDate().toEpochDay() * DAY + local.toLocalTime().toSecondOfDay() / 60;
    }

    private static Set<Long> begins(Given given, long[] shown) {
        return LongStream.of(shown)
                .map(minute -> Math.floorDiv(minute, DAY))
                .distinct()
                .filter(day -> given.days().contains(LocalDate.ofEpochDay(day).getDayOfWeek())
                        && !given.closed().contains(LocalDate.ofEpochDay(day)))
                .boxed()
                .collect(Collectors.toSet());
    }
}
