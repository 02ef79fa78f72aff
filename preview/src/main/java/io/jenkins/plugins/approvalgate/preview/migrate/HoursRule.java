package io.jenkins.plugins.approvalgate.preview.migrate;

import io.jenkins.plugins.approvalgate.preview.Place;
import java.time.DayOfWeek;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Business hours: the task {@code evaluateBusinessHours} with the inputs {@code businessDays} ({@code Monday, Tuesday}),
 * {@code startTime}, {@code endTime} ({@code 04:00}) and {@code timeZone}, which Windows names
 * ({@code resource_check_business_hours.go}). {@code approvals.md}: approvals are taken at any time and wait for the hours, as
 * with our {@code outside: defer}.
 */
final class HoursRule {

    private static final Pattern TIME = Pattern.compile("([01]\\d|2[0-3]):[0-5]\\d");
    private static final Set<DayOfWeek> WORKING = EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);

    private HoursRule() {}

    static void add(AzureCheck check, Draft draft) throws Place.Misfit {
        Place inputs = check.settings().get("inputs").requireObject();
        String from = Json.textIfGiven(inputs.get("startTime"));
        String to = Json.textIfGiven(inputs.get("endTime"));
        String zone = Json.textIfGiven(inputs.get("timeZone"));
        Optional<Set<DayOfWeek>> days = days(Json.textIfGiven(inputs.get("businessDays")));
        Optional<String> known = WindowsZones.zone(zone);
        if (days.isEmpty()) {
            draft.shut(check, "its days are not known; name them in a businessHours");
        } else if (!TIME.matcher(from).matches() || !TIME.matcher(to).matches() || from.compareTo(to) >= 0) {
            draft.shut(check, "its hours do not end after they begin on the same day; name them in a businessHours");
        } else if (known.isEmpty()) {
            draft.shut(check, "its time zone " + Words.quoted(zone) + " is not known; name it in a businessHours");
        } else {
            Map<String, Object> settings = new LinkedHashMap<>();
            settings.put("days", words(days.get()));
            settings.put("from", from);
            settings.put("to", to);
            settings.put("timeZone", known.get());
            draft.check(check, "businessHours", settings);
        }
    }

    /** Empty if there is none, or one that nobody knows. */
    private static Optional<Set<DayOfWeek>> days(String text) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (String name : text.split(",")) {
            try {
                days.add(DayOfWeek.valueOf(name.strip().toUpperCase(Locale.ROOT)));
            } catch (IllegalArgumentException unknown) {
                return Optional.empty();
            }
        }
        return Optional.of(days);
    }

    private static String words(Set<DayOfWeek> days) {
        return days.equals(WORKING)
                ? "MON-FRI"
                : days.stream().map(day -> day.name().substring(0, 3)).collect(Collectors.joining(","));
    }
}
