package io.jenkins.plugins.approvalgate.engine.gate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A check as it is configured: its kind and its settings, in the words of the YAML. A gate carries a copy, so that later
 * changes never reach it. What the settings mean is the check's to say; here they are only data.
 *
 * @param kind {@code branchControl}, {@code businessHours}, …
 * @param settings values are {@code String}, {@code Long}, {@code Boolean}, and lists and maps of these
 */
public record CheckSpec(String kind, Map<String, Object> settings) {

    /** @throws IllegalArgumentException if a value is of no kind that the journal could keep */
    public CheckSpec {
        settings = copy(settings);
    }

    private static Map<String, Object> copy(Map<?, ?> map) {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((name, value) -> copy.put((String) name, copy(value)));
        return Collections.unmodifiableMap(copy);
    }

    private static Object copy(Object value) {
        if (value instanceof Map<?, ?> map) {
            return copy(map);
        }
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>(list.size());
            list.forEach(item -> copy.add(copy(item)));
            return List.copyOf(copy);
        }
        if (value instanceof Integer number) {
            return number.longValue();
        }
        if (value instanceof String || value instanceof Long || value instanceof Boolean) {
            return value;
        }
        throw new IllegalArgumentException(value + " is neither a text, a whole number, true or false, nor a list or map of"
                + " these; write numbers with a fraction in quotes");
    }
}
