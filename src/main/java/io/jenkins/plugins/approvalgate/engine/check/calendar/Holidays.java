package io.jenkins.plugins.approvalgate.engine.check.calendar;

import de.focus_shift.jollyday.core.CalendarHierarchy;
import de.focus_shift.jollyday.core.HolidayManager;
import de.focus_shift.jollyday.core.HolidayType;
import de.focus_shift.jollyday.core.ManagerParameters;
import io.jenkins.plugins.approvalgate.engine.check.Options;
import java.time.LocalDate;
import java.time.Year;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The public holidays of a country or one of its regions: the holiday itself, and the day on which it is kept where the law
 * moves it ({@code US}: Friday, 3 July 2026). Thread-safe.
 */
final class Holidays {

    private static final int FIRST_YEAR = 1950;
    private static final int LAST_YEAR = 2150;
    private static final int MOST_YEARS = 50;

    /** As many as there are countries and regions, at most. */
    private static final Map<String, Holidays> KNOWN = new ConcurrentHashMap<>();

    private final String code;
    private final HolidayManager manager;
    private final String[] region;
    private final Map<Integer, Set<LocalDate>> years = new ConcurrentHashMap<>();

    private Holidays(String code, HolidayManager manager, String[] region) {
        this.code = code;
        this.manager = manager;
        this.region = region;
    }

    /** Reads one item of {@code holidays}: {@code US}, {@code DE-BY}. */
    static Holidays of(Options options, String text) {
        String code = text.toUpperCase(Locale.ROOT);
        Holidays known = KNOWN.get(code);
        if (known != null) {
            return known;
        }
        String[] parts = code.split("-", -1);
        requireCountry(options, parts[0]);
        HolidayManager manager = manager(parts[0]);
        String[] region = Arrays.copyOfRange(parts, 1, parts.length);
        requireRegion(options, code, parts[0], manager.getCalendarHierarchy(), region);
        for (int i = 0; i < region.length; i++) {
            region[i] = region[i].toLowerCase(Locale.ROOT);
        }
        return KNOWN.computeIfAbsent(code, any -> new Holidays(code, manager, region));
    }

    private static void requireCountry(Options options, String country) {
        Set<String> countries = new TreeSet<>(HolidayManager.getSupportedCalendarCodes());
        if (!countries.contains(country)) {
            String hint = country.equals("UK") ? "; did you mean \"GB\"?" : "";
            throw options.wrong("holidays", "there is no country \"" + country + "\"" + hint
                    + (hint.isEmpty() ? "; there are " : " There are ") + String.join(", ", countries));
        }
    }

    private static void requireRegion(
            Options options, String code, String path, CalendarHierarchy hierarchy, String[] region) {
        if (region.length == 0) {
            return;
        }
        Map<String, CalendarHierarchy> children = hierarchy.getChildren();
        CalendarHierarchy child = children.get(region[0].toLowerCase(Locale.ROOT));
        if (child == null) {
            Set<String> regions = children.keySet().stream()
                    .map(name -> path + "-" + name.toUpperCase(Locale.ROOT))
                    .collect(Collectors.toCollection(TreeSet::new));
            throw options.wrong("holidays", "there is no region \"" + code + "\"; "
                    + (regions.isEmpty() ? path + " has none" : "there are " + String.join(", ", regions)));
        }
        requireRegion(options, code, path + "-" + region[0], child, Arrays.copyOfRange(region, 1, region.length));
    }

    /**
     * Jollyday and JAXB look for their parts by the thread's class loader, and Jollyday remembers for good that it found
     * none: so the right one, and one thread at a time.
     */
    private static synchronized HolidayManager manager(String country) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(Holidays.class.getClassLoader());
        try {
            return HolidayManager.getInstance(ManagerParameters.create(country.toLowerCase(Locale.ROOT)));
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    boolean contains(LocalDate date) {
        int year = date.getYear();
        return year >= FIRST_YEAR && year <= LAST_YEAR && year(year).contains(date);
    }

    private Set<LocalDate> year(int year) {
        Set<LocalDate> known = years.get(year);
        if (known != null) {
            return known;
        }
        if (years.size() >= MOST_YEARS) {
            years.clear();
        }
        return years.computeIfAbsent(year, this::find);
    }

    /** With the neighbours, because New Year's Day may be kept on 31 December. */
    private Set<LocalDate> find(int year) {
        return IntStream.rangeClosed(year - 1, year + 1)
                .mapToObj(Year::of)
                .flatMap(any -> manager.getHolidays(any, region).stream())
                .filter(holiday -> holiday.getType() == HolidayType.PUBLIC_HOLIDAY)
                .flatMap(holiday -> Stream.of(holiday.getDate(), holiday.getActualDate()))
                .filter(date -> date.getYear() == year)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public String toString() {
        return code;
    }
}
