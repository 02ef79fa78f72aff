package io.jenkins.plugins.approvalgate.engine.check.calendar;

import io.jenkins.plugins.approvalgate.engine.check.Options;
import java.time.DateTimeException;
import java.time.ZoneId;

/** Reads time zones. */
final class Zones {

    private Zones() {}

    /** The zone in the setting {@code timeZone}, which has to be there. */
    static ZoneId read(Options options) {
        return of(options, options.text("timeZone"));
    }

    static ZoneId of(Options options, String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException unknown) {
            throw options.wrong(
                    "timeZone",
                    "there is no time zone \"" + name + "\"" + hint(name));
        }
    }

    private static String hint(String name) {
        return Closest.to(name, ZoneId.getAvailableZoneIds())
                .map(closest -> "; did you mean \"" + closest + "\"?")
                .orElse("; write it as Europe/Berlin, America/New_York or UTC");
    }
}
