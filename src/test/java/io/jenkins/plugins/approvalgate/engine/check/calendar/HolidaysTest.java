package io.jenkins.plugins.approvalgate.engine.check.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.approvalgate.engine.check.Options;
import io.jenkins.plugins.approvalgate.engine.gate.CheckSpec;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.LocalDate;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.Test;

public class HolidaysTest {

    private static final Options NONE = Options.of(new CheckSpec("any", Map.of()));

    private static boolean holiday(String code, String date) {
        return Holidays.of(NONE, code).contains(LocalDate.parse(date));
    }

    @Test
    public void knownHolidays() {
        for (String[] row : new String[][] {
            {"US", "2026-11-26"}, // Thanksgiving
            {"US", "2027-11-25"},
            {"US", "2026-06-19"},
            {"US", "2026-07-03"}, // Independence Day on a Saturday is kept on Friday
            {"US", "2026-07-04"},
            {"US", "2027-07-05"}, // on a Sunday, on Monday
            {"US", "2021-12-31"}, // New Year's Day of 2022
            {"US", "2022-01-01"},
            {"DE-BY", "2027-01-06"}, // Epiphany
            {"DE-BW", "2027-01-06"},
            {"DE-BY", "2026-11-01"},
            {"DE-BY", "2026-10-03"},
            {"DE", "2026-10-03"},
            {"DE", "2026-04-03"}, // Good Friday
            {"DE", "2026-12-26"},
            {"GB", "2026-12-25"},
            {"GB", "2026-12-28"}, // Boxing Day on a Saturday is kept on Monday
            {"GB-SCT", "2026-11-30"}, // St Andrew's Day
            {"GB-ENG", "2026-08-31"},
            {"FR", "2026-07-14"},
            {"IN", "2026-08-15"},
            {"CA", "2026-07-01"},
            {"us", "2026-12-25"},
        }) {
            assertThat(holiday(row[0], row[1])).as(row[0] + " " + row[1]).isTrue();
        }
    }

    @Test
    public void noHolidays() {
        for (String[] row : new String[][] {
            {"US", "2026-11-25"},
            {"US", "2026-11-19"},
            {"DE", "2027-01-06"},
            {"DE-BE", "2027-01-06"},
            {"DE", "2026-12-24"},
            {"GB", "2026-11-30"},
            {"GB-ENG", "2026-11-30"},
            {"US", "1066-12-25"},
            {"US", "9999-12-25"},
        }) {
            assertThat(holiday(row[0], row[1])).as(row[0] + " " + row[1]).isFalse();
        }
    }

    @Test
    public void anyThread_findsThem() {
        // In Jenkins a thread often has the class loader of somebody else.
        CompletableFuture<Boolean> found = new CompletableFuture<>();
        Thread stranger = new Thread(() -> {
            try {
                found.complete(holiday("NZ", "2027-02-06"));
            } catch (RuntimeException failure) {
                found.completeExceptionally(failure);
            }
        });
        stranger.setContextClassLoader(new URLClassLoader(new URL[0], null));
        stranger.start();
        assertThat(found.join()).isTrue();
    }

    @Test
    public void manyYears_doNotPileUp() {
        for (int year = 1900; year < 2200; year++) {
            assertThat(holiday("US", year + "-12-25")).isEqualTo(year >= 1950 && year <= 2150);
        }
    }
}
