package io.jenkins.plugins.approvalgate.engine.check.calendar;

import io.jenkins.plugins.approvalgate.engine.check.Options;
import java.time.DayOfWeek;
import java.time.format.TextStyle;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Days of the week: {@code MON-FRI}, {@code MON,WED,FRI}, {@code SAT-MON}. */
record Weekdays(Set<DayOfWeek> days) {

    private static final List<String> KNOWN =
            Arrays.stream(DayOfWeek.values()).map(Weekdays::abbreviation).toList();

    static Weekdays read(Options options) {
        List<String> texts = options.texts("days");
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (String text : texts.isEmpty() ? List.of("MON-FRI") : texts) {
            String[] ends = text.split("-", -1);
            if (ends.length > 2) {
                throw options.wrong("days", "\"" + text + "\" is neither a day nor two with a hyphen, as MON-FRI");
            }
            addAll(days, day(options, ends[0]), day(options, ends[ends.length - 1]));
        }
        return new Weekdays(Set.copyOf(days));
    }

    private static void addAll(Set<DayOfWeek> days, DayOfWeek first, DayOfWeek last) {
        for (DayOfWeek day = first; day != last; day = day.plus(1)) {
            days.add(day);
        }
        days.add(last);
    }

    private static DayOfWeek day(Options options, String text) {
        String name = text.strip().toUpperCase(Locale.ROOT);
        return Arrays.stream(DayOfWeek.values())
                .filter(day -> name.equals(day.name()) || name.equals(abbreviation(day)))
                .findAny()
                .orElseThrow(() -> options.wrong(
                        "days",
                        "there is no day \"" + text.strip() + "\"; there are " + String.join(", ", KNOWN)));
    }

    private static String abbreviation(DayOfWeek day) {
        return day.name().substring(0, 3);
    }

    boolean contains(DayOfWeek day) {
        return days.contains(day);
    }

    /** {@code Monday to Friday}, {@code Monday, Wednesday and Friday}, {@code every day}. */
    String words() {
        if (days.size() == 7) {
            return "every day";
        }
        List<DayOfWeek> firsts = days.stream().filter(day -> !days.contains(day.minus(1))).toList();
        if (days.size() > 2 && firsts.size() == 1) {
            return name(firsts.get(0)) + " to " + name(firsts.get(0).plus(days.size() - 1L));
        }
        List<String> names = Stream.of(DayOfWeek.values()).filter(days::contains).map(Weekdays::name).toList();
        return names.size() == 1
                ? names.get(0)
                : String.join(", ", names.subList(0, names.size() - 1)) + " and " + names.get(names.size() - 1);
    }

    private static String name(DayOfWeek day) {
        return day.getDisplayName(TextStyle.FULL, Locale.ENGLISH);
    }
}
