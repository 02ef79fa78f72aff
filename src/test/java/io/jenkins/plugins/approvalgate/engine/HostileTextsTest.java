package io.jenkins.plugins.approvalgate.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.approvalgate.engine.check.CheckTypes;
import io.jenkins.plugins.approvalgate.engine.check.FakeSurroundings;
import io.jenkins.plugins.approvalgate.engine.gate.CheckSpec;
import io.jenkins.plugins.approvalgate.engine.gate.TimeSpan;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.junit.Test;

/** Texts that are made to be read slowly are not: four times the text takes about four times as long, be it right or wrong. */
public class HostileTextsTest {

    private static final int SHORT = 2_000;
    private static final int RUNS = 5;
    /** Below this, in nanoseconds of the processor, a time says nothing. */
    private static final long NOISE = 2_000_000;

    private static final CheckTypes TYPES = CheckTypes.of(new FakeSurroundings(), List.of());

    /** What regular expressions with more than one way to match stumble over. */
    private static final Map<String, IntFunction<String>> TEXTS = new LinkedHashMap<>();

    static {
        for (String part : List.of(
                " ", "a", "a ", "/", "//a", "*", "**", "**/", "?", "*a", "[", "(", ")", "!", "\"", "\\", "\\\"", "${", "${a}", "a=", "a,", ",",
                "=", "==", "== ", "1", "1.", "-", ".", "..", "../", "@", ":", ";", "; ", "\n", "\t", "~", "~1", "%", "%2e", "&&", "||", "a&&",
                "FREQ=DAILY;", "MON-", "2026-12-24,", "\u00e9", "\ud83d\ude00", "{", "}", "\r\n")) {
            TEXTS.put(part.replace("\r", "\\r").replace("\n", "\\n") + "…", length -> part.repeat(length / part.length()));
            TEXTS.put(part.replace("\r", "\\r").replace("\n", "\\n") + "…x", length -> part.repeat(length / part.length()) + "x");
        }
    }

    private static Consumer<String> setting(String kind, String name, String prefix, Object... others) {
        return text -> {
            Map<String, Object> settings = new LinkedHashMap<>();
            for (int i = 0; i < others.length; i += 2) {
                settings.put((String) others[i], others[i + 1]);
            }
            settings.put(name, prefix + text);
            TYPES.create(new CheckSpec(kind, settings));
        };
    }

    /** All that reads a text of a setting by a grammar of ours. */
    private static Map<String, Consumer<String>> readers() {
        String url = "https://example.org/";
        Map<String, Consumer<String>> readers = new LinkedHashMap<>();
        readers.put("time span", TimeSpan::parse);
        readers.put("branchControl allowed", setting("branchControl", "allowed", ""));
        readers.put("allowedJobs allowed", setting("allowedJobs", "allowed", ""));
        readers.put("requiredTemplate repository", setting("requiredTemplate", "repository", ""));
        readers.put("requiredTemplate path", setting("requiredTemplate", "path", ""));
        readers.put("metricThreshold condition", setting("metricThreshold", "condition", ""));
        readers.put("restCheck url", setting("restCheck", "url", url));
        readers.put("restCheck url, its host", setting("restCheck", "url", "https://"));
        readers.put("restCheck success", setting("restCheck", "success", "", "url", url));
        readers.put("restCheck statuses", setting("restCheck", "statuses", "", "url", url));
        readers.put("restCheck body", setting("restCheck", "body", "", "url", url, "method", "POST"));
        readers.put("opaPolicy url", setting("opaPolicy", "url", url, "path", "a"));
        readers.put("opaPolicy path", setting("opaPolicy", "path", "", "url", url));
        readers.put("prometheusAlerts selector", setting("prometheusAlerts", "selector", "", "url", url));
        readers.put("prometheusAlerts selector, its value", setting("prometheusAlerts", "selector", "a=\"", "url", url));
        readers.put("businessHours days", setting("businessHours", "days", "", "from", "09:00", "to", "17:00", "timeZone", "UTC"));
        readers.put("businessHours closedDates", setting("businessHours", "closedDates", "", "from", "09:00", "to", "17:00", "timeZone", "UTC"));
        readers.put("businessHours holidays", setting("businessHours", "holidays", "", "from", "09:00", "to", "17:00", "timeZone", "UTC"));
        readers.put("changeFreeze calendar", setting("changeFreeze", "calendar", "webcal://"));
        readers.put("changeFreeze rule", text -> TYPES.create(new CheckSpec(
                "changeFreeze", Map.of("recurring", List.of(Map.of("start", "2026-01-01T00:00", "duration", "1h", "rule", text))))));
        return readers;
    }

    private static long leastTime(Consumer<String> reader, String text) {
        long least = Long.MAX_VALUE;
        for (int run = 0; run < RUNS && least > NOISE / 10; run++) {
            long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            try {
                reader.accept(text);
            } catch (IllegalArgumentException refused) {
                // as good as taken: only the time counts here
            } catch (StackOverflowError endless) {
                return Long.MAX_VALUE;
            }
            least = Math.min(least, ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start);
        }
        return least;
    }

    @Test
    public void fourTimesTheText_takesAboutFourTimesAsLong() {
        List<String> slow = new ArrayList<>();
        readers().forEach((name, reader) -> TEXTS.forEach((text, maker) -> {
            long once = leastTime(reader, maker.apply(SHORT));
            long fourTimes = leastTime(reader, maker.apply(4 * SHORT));
            if (fourTimes > 12 * Math.max(once, NOISE)) {
                slow.add(name + " of " + text + ": " + once / 1_000 + " µs, of four times as much " + fourTimes / 1_000 + " µs");
            }
        }));
        assertThat(slow).isEmpty();
    }
}
