package io.jenkins.plugins.approvalgate.engine.check.calendar;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.dmfs.rfc5545.DateTime;
import org.dmfs.rfc5545.recur.Freq;
import org.dmfs.rfc5545.recur.InvalidRecurrenceRuleException;
import org.dmfs.rfc5545.recur.RecurrenceRule;
import org.dmfs.rfc5545.recur.RecurrenceRuleIterator;

/**
 * A recurrence rule of iCalendar (RFC 5545, 3.3.10), not finer than hourly. Its instances are local times, computed without
 * any zone. Immutable.
 */
final class Recurrence {

    private static final int LONGEST_INTERVAL = 10_000;
    private static final int MOST_A_DAY = 24;
    /** To find a first instance can be the work of some hundred. */
    private static final int EACH_RULE = 200;

    private final String text;

    private Recurrence(String text) {
        this.text = text;
    }

    /** @throws IllegalArgumentException if it is no rule, or one that would be too much work */
    static Recurrence of(String text) {
        Recurrence recurrence = new Recurrence(text.strip().toUpperCase(Locale.ROOT).replaceFirst(";$", ""));
        recurrence.requireModest();
        return recurrence;
    }

    private void requireModest() {
        RecurrenceRule rule = parse();
        Freq freq = rule.getFreq();
        if (freq == Freq.MINUTELY || freq == Freq.SECONDLY) {
            throw new IllegalArgumentException("a rule may not be finer than FREQ=HOURLY");
        }
        if (rule.getInterval() > LONGEST_INTERVAL) {
            throw new IllegalArgumentException("INTERVAL may not be above " + LONGEST_INTERVAL);
        }
        int hours = freq == Freq.HOURLY && !rule.hasPart(RecurrenceRule.Part.BYHOUR)
                ? 24
                : count(rule, RecurrenceRule.Part.BYHOUR);
        if (hours * count(rule, RecurrenceRule.Part.BYMINUTE) * count(rule, RecurrenceRule.Part.BYSECOND) > MOST_A_DAY) {
            throw new IllegalArgumentException("a rule may not have more than " + MOST_A_DAY + " instances a day");
        }
    }

    private static int count(RecurrenceRule rule, RecurrenceRule.Part part) {
        List<Integer> values = rule.getByPart(part);
        return values == null ? 1 : Math.max(1, values.size());
    }

    /** Anew each time, because it can be changed. */
    private RecurrenceRule parse() {
        try {
            RecurrenceRule rule = new RecurrenceRule(text, RecurrenceRule.RfcMode.RFC5545_STRICT);
            if (rule.getUntil() != null) {
                // lib-recur takes a thirteenth month, and then falls over it.
                local(rule.getUntil());
            }
            return rule;
        } catch (InvalidRecurrenceRuleException | IllegalArgumentException | DateTimeException wrong) {
            throw new IllegalArgumentException(
                    "\"" + Lines.one(text) + "\" is no recurrence rule: " + Lines.one(String.valueOf(wrong.getMessage())), wrong);
        }
    }

    /**
     * Gives the instances from {@code from} to before {@code to}, in their order. {@code start} is one only if the rule
     * says so.
     *
     * @param zone what an {@code UNTIL} in UTC is on the clock on the wall
     * @throws IllegalArgumentException if there are none for too long, or {@code effort} is spent
     */
    void each(
            LocalDateTime start,
            LocalDateTime from,
            LocalDateTime to,
            ZoneRules zone,
            Effort effort,
            Consumer<LocalDateTime> taker) {
        effort.spend(EACH_RULE);
        RecurrenceRule rule = parse();
        DateTime until = rule.getUntil();
        if (until != null) {
            rule.setUntil(dateTime(until(until, zone)));
        }
        try {
            RecurrenceRuleIterator instances = rule.iterator(dateTime(start));
            if (start.isBefore(from)) {
                effort.spend(steps(rule, start, from));
                instances.fastForward(dateTime(from));
            }
            while (instances.hasNext()) {
                LocalDateTime next = local(instances.nextDateTime());
                if (!next.isBefore(to)) {
                    return;
                }
                effort.spend(1);
                if (!next.isBefore(from)) {
                    taker.accept(next);
                }
            }
        } catch (IllegalStateException never) {
            // lib-recur says by either that it has searched for long.
            throw new IllegalArgumentException(never.getMessage(), never);
        }
    }

    private static long steps(RecurrenceRule rule, LocalDateTime start, LocalDateTime from) {
        ChronoUnit unit = switch (rule.getFreq()) {
            case YEARLY -> ChronoUnit.YEARS;
            case MONTHLY -> ChronoUnit.MONTHS;
            case WEEKLY -> ChronoUnit.WEEKS;
            case DAILY -> ChronoUnit.DAYS;
            default -> ChronoUnit.HOURS;
        };
        return unit.between(start, from) / rule.getInterval();
    }

    private static LocalDateTime until(DateTime until, ZoneRules zone) {
        if (until.isAllDay()) {
            return local(until).plusDays(1).minusSeconds(1);
        }
        return until.isFloating()
                ? local(until)
                : LocalDateTime.ofInstant(
                        Instant.ofEpochMilli(until.getTimestamp()),
                        zone.getOffset(Instant.ofEpochMilli(until.getTimestamp())));
    }

    private static DateTime dateTime(LocalDateTime local) {
        return new DateTime(
                DateTime.GREGORIAN_CALENDAR_SCALE,
                local.getYear(),
                local.getMonthValue() - 1,
                local.getDayOfMonth(),
                local.getHour(),
                local.getMinute(),
                local.getSecond());
    }

    private static LocalDateTime local(DateTime time) {
        return time.isAllDay()
                ? LocalDateTime.of(time.getYear(), time.getMonth() + 1, time.getDayOfMonth(), 0, 0)
                : LocalDateTime.of(
                        time.getYear(),
                        time.getMonth() + 1,
                        time.getDayOfMonth(),
                        time.getHours(),
                        time.getMinutes(),
                        time.getSeconds());
    }

    /**
     * Tries it out.
     *
     * @throws IllegalArgumentException if it has no instance from {@code start} on, or that cannot be found out
     */
    void requireInstance(LocalDateTime start) {
        boolean[] any = new boolean[1];
        Effort effort = new Effort(Duration.ofDays(50 * 366).toHours());
        each(start, start, start.plusYears(40), ZoneOffset.UTC.getRules(), effort, next -> any[0] = true);
        if (!any[0]) {
            throw new IllegalArgumentException("\"" + text + "\" has no instance from " + start + " on");
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
