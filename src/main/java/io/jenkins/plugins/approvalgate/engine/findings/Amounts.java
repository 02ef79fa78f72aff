package io.jenkins.plugins.approvalgate.engine.findings;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** Numbers and times as they stand in a sentence. */
final class Amounts {

    private static final List<ChronoUnit> UNITS = List.of(ChronoUnit.DAYS, ChronoUnit.HOURS, ChronoUnit.MINUTES);

    private Amounts() {}

    /** {@code 1 gate}, {@code 3 gates}. */
    static String of(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    /** In the largest unit of which it is a whole number: {@code 30 days}, {@code 90 minutes}. */
    static String of(Duration span) {
        for (ChronoUnit unit : UNITS) {
            long number = span.dividedBy(unit.getDuration());
            if (number > 0 && span.equals(unit.getDuration().multipliedBy(number))) {
                String plural = unit.toString().toLowerCase(Locale.ROOT);
                return of(number, plural.substring(0, plural.length() - 1));
            }
        }
        return of(span.toSeconds(), "second");
    }
}
