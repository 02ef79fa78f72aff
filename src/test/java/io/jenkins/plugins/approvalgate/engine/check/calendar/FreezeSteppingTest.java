package io.jenkins.plugins.approvalgate.engine.check.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.approvalgate.engine.check.Check;
import io.jenkins.plugins.approvalgate.engine.gate.CheckResult;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.Test;

/**
 * Random windows and rules against a predicate for the day, written without any library, and a look at each quarter of an
 * hour. Which instants local times are near changes of the clocks, tables say.
 */
public class FreezeSteppingTest {

    private static final int SETTINGS = 400;
    private static final int INSTANTS = 25;
    private static final int QUARTERS = 500 * 24 * 4;
    private static final List<String> ZONES = List.of("Europe/Berlin", "America/New_York", "Asia/Kolkata", "UTC");

    /** A rule of days, and the same by hand. */
    private record Rule(String text, Predicate<LocalDate> days) {}

    private record Each(LocalDateTime start, Duration duration, Rule rule) {}

    private record Given(ZoneId zone, List<LocalDateTime[]> windows, List<Each> recurring) {
        Check.OfTime check() {
            return (Check.OfTime) Settings.none()
                    .with("timeZone", zone.getId())
                    .with("windows", windows.stream()
                            .map(pair -> Map.of("from", pair[0].toString(), "to", pair[1].toString()))
                            .toList())
                    .with("recurring", recurring.stream()
                            .map(each -> Map.of(
                                    "start", each.start().toString(),
                                    "duration", each.duration().toString(),
                                    "rule", each.rule().text()))
                            .toList())
                    .make(options -> ChangeFreeze.of(options, null));
        }

        @Override
        public String toString() {
            return zone + " " + windows.stream().map(pair -> pair[0] + "–" + pair[1]).toList() + " " + recurring.stream()
                    .map(each -> each.start() + " " + each.duration() + " " + each.rule().text())
                    .toList();
        }
    }

    @Test
    public void until_isWhatSteppingFinds() {
        long seed = 20_261_122L;
        Random random = new Random(seed);
        for (int i = 0; i < SETTINGS; i++) {
            Given given = given(random);
            Instant start = LocalDate.of(2024 + random.nextInt(8), 1 + random.nextInt(12), 1).atStartOfDay(given.zone()).toInstant();
            boolean[] frozen = step(given, start);
            Check.OfTime check = given.check();
            for (int k = 0; k < INSTANTS; k++) {
                int quarter = random.nextInt(120 * 24 * 4);
                Instant now = start.plusSeconds(quarter * 900L + random.nextInt(900));
                compare("seed " + seed + ": " + given + " at " + now, check.evaluate(null, now), frozen, quarter, start);
            }
        }
    }

    private static void compare(String name, CheckResult result, boolean[] frozen, int quarter, Instant start) {
        assertThat(result.verdict().lets()).as(name).isEqualTo(!frozen[quarter]);
        int change = quarter;
        // As far as a PASS looks ahead; an end may be farther away.
        int end = frozen[quarter] ? QUARTERS : quarter + 366 * 24 * 4;
        while (change < end && frozen[change] == frozen[quarter]) {
            change++;
        }
        if (change < end) {
            assertThat(result.until()).as(name).contains(start.plusSeconds(change * 900L));
        } else if (!frozen[quarter]) {
            assertThat(result.until()).as(name).isEmpty();
        }
    }

    private static Given given(Random random) {
        ZoneId zone = ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
        List<LocalDateTime[]> windows = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            LocalDateTime from = LocalDate.of(2024 + random.nextInt(9), 1, 1).atStartOfDay().plusMinutes(15L * random.nextInt(365 * 96));
            windows.add(new LocalDateTime[] {from, from.plusMinutes(15L * (1 + random.nextInt(20 * 96)))});
        }
        List<Each> recurring = new ArrayList<>();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            LocalDateTime start = LocalDate.of(2018 + random.nextInt(8), 1 + random.nextInt(12), 1 + random.nextInt(28))
                    .atTime(random.nextInt(24), 15 * random.nextInt(4));
            Duration duration = random.nextBoolean()
                    ? Duration.ofDays(1 + random.nextInt(5))
                    : Duration.ofMinutes(15L * (1 + random.nextInt(300)));
            recurring.add(new Each(start, duration, rule(random, start)));
        }
        return new Given(zone, windows, recurring);
    }

    private static Rule rule(Random random, LocalDateTime start) {
        LocalDate first = start.toLocalDate();
        Rule rule = switch (random.nextInt(7)) {
            case 0 -> daily(first, 1 + random.nextInt(40));
            case 1 -> weekly(first, 1 + random.nextInt(4), random);
            case 2 -> monthDay(1 + random.nextInt(31));
            case 3 -> lastDays(1 + random.nextInt(3));
            case 4 -> nth(1 + random.nextInt(4), day(random));
            case 5 -> last(day(random));
            default -> yearly(first);
        };
        return switch (random.nextInt(4)) {
            case 0 -> until(rule, first.plusDays(random.nextInt(4000) + 1_000L), start);
            case 1 -> count(rule, first, 1 + random.nextInt(200));
            default -> rule;
        };
    }

    private static DayOfWeek day(Random random) {
        return DayOfWeek.of(1 + random.nextInt(7));
    }

    private static String two(DayOfWeek day) {
        return day.name().substring(0, 2);
    }

    private static Rule daily(LocalDate first, int interval) {
        return new Rule(
                "FREQ=DAILY;INTERVAL=" + interval, date -> ChronoUnit.DAYS.between(first, date) % interval == 0);
    }

    private static Rule weekly(LocalDate first, int interval, Random random) {
        List<DayOfWeek> days = random.ints(3, 1, 8).distinct().mapToObj(DayOfWeek::of).toList();
        LocalDate monday = first.minusDays(first.getDayOfWeek().getValue() - 1L);
        return new Rule(
                "FREQ=WEEKLY;INTERVAL=" + interval + ";BYDAY="
                        + days.stream().map(FreezeSteppingTest::two).collect(Collectors.joining(",")),
                date -> days.contains(date.getDayOfWeek()) && ChronoUnit.DAYS.between(monday, date) / 7 % interval == 0);
    }

    private static Rule monthDay(int day) {
        return new Rule("FREQ=MONTHLY;BYMONTHDAY=" + day, date -> date.getDayOfMonth() == day);
    }

    private static Rule lastDays(int days) {
        return new Rule(
                "FREQ=MONTHLY;BYMONTHDAY=" + IntStream.rangeClosed(1, days).mapToObj(day -> "-" + day).collect(Collectors.joining(",")),
                date -> date.lengthOfMonth() - date.getDayOfMonth() < days);
    }

    private static Rule nth(int nth, DayOfWeek day) {
        return new Rule(
                "FREQ=MONTHLY;BYDAY=" + nth + two(day),
                date -> date.getDayOfWeek() == day && (date.getDayOfMonth() - 1) / 7 == nth - 1);
    }

    private static Rule last(DayOfWeek day) {
        return new Rule(
                "FREQ=MONTHLY;BYDAY=-1" + two(day),
                date -> date.getDayOfWeek() == day && date.plusDays(7).getMonth() != date.getMonth());
    }

    private static Rule yearly(LocalDate first) {
        return new Rule(
                "FREQ=YEARLY",
                date -> date.getMonth() == first.getMonth() && date.getDayOfMonth() == first.getDayOfMonth());
    }

    private static Rule until(Rule rule, LocalDate last, LocalDateTime start) {
        String until = last.toString().replace("-", "") + "T" + String.format("%02d%02d00", start.getHour(), start.getMinute());
        return new Rule(rule.text() + ";UNTIL=" + until, date -> !date.isAfter(last) && rule.days().test(date));
    }

    private static Rule count(Rule rule, LocalDate first, int count) {
        List<LocalDate> days = first.datesUntil(first.plusYears(40)).filter(rule.days()).limit(count).toList();
        return new Rule(rule.text() + ";COUNT=" + count, days::contains);
    }

    private static boolean[] step(Given given, Instant start) {
        boolean[] frozen = new boolean[QUARTERS];
        for (LocalDateTime[] window : given.windows()) {
            ZoneRules rules = given.zone().getRules();
            fill(frozen, start, LocalTimes.begin(window[0], rules), LocalTimes.end(window[1], rules));
        }
        LocalDate first = LocalDate.ofInstant(start, given.zone()).minusDays(10);
        for (Each each : given.recurring()) {
            first.datesUntil(first.plusDays(520))
                    .filter(date -> !date.isBefore(each.start().toLocalDate()) && each.rule().days().test(date))
                    .forEach(date -> {
                        LocalDateTime begin = date.atTime(each.start().toLocalTime());
                        boolean days = each.duration().toHours() % 24 == 0 && each.duration().toMinutes() % 60 == 0;
                        Instant from = LocalTimes.begin(begin, given.zone().getRules());
                        Instant to = days
                                ? LocalTimes.end(begin.plus(each.duration()), given.zone().getRules())
                                : from.plus(each.duration());
                        fill(frozen, start, from, to);
                    });
        }
        return frozen;
    }

    private static void fill(boolean[] frozen, Instant start, Instant from, Instant to) {
        int first = (int) Math.max(0, Duration.between(start, from).toMinutes() / 15);
        int last = (int) Math.min(QUARTERS, Duration.between(start, to).toMinutes() / 15);
        for (int i = first; i < last; i++) {
            frozen[i] = true;
        }
    }
}
