package io.jenkins.plugins.approvalgate.engine.audit.history;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What differs between two descriptions, in as few and as small places as one would tell it. Pure. */
final class Differences {

    private static final Pattern PLAIN_KEY = Pattern.compile("[A-Za-z0-9_-]+");

    private final List<Difference> found = new ArrayList<>();

    private Differences() {}

    /** None if they are equal; the order within lists counts, that of a map's keys does not. */
    static List<Difference> between(JsonNode before, JsonNode after) {
        Differences differences = new Differences();
        differences.compare("", before, after);
        return differences.found;
    }

    private void compare(String path, JsonNode before, JsonNode after) {
        if (before.equals(after)) {
            return;
        }
        if (isMap(before) && isMap(after)) {
            compareMaps(path, before, after);
        } else if (isListOfMaps(before) && isListOfMaps(after)) {
            compareLists(path, before, after);
        } else {
            found.add(new Difference(path, given(before), given(after)));
        }
    }

    private static boolean isMap(JsonNode node) {
        return node.isObject() && !SecretMask.isMasked(node);
    }

    private static boolean isListOfMaps(JsonNode node) {
        if (!node.isArray()) {
            return false;
        }
        for (JsonNode item : node) {
            if (!isMap(item)) {
                return false;
            }
        }
        return true;
    }

    private static Optional<JsonNode> given(JsonNode node) {
        return node.isMissingNode() ? Optional.empty() : Optional.of(node);
    }

    private void compareMaps(String path, JsonNode before, JsonNode after) {
        Set<String> keys = new LinkedHashSet<>();
        for (JsonNode map : List.of(before, after)) {
            for (Map.Entry<String, JsonNode> field : map.properties()) {
                keys.add(field.getKey());
            }
        }
        for (String key : keys) {
            compare(below(path, key), before.path(key), after.path(key));
        }
    }

    private static String below(String path, String key) {
        if (!PLAIN_KEY.matcher(key).matches()) {
            return path + "[" + key + "]";
        }
        return path.isEmpty() ? key : path + "." + key;
    }

    /** What stands alike at both ends is passed over; between, as many as before are those that were changed. */
    private void compareLists(String path, JsonNode before, JsonNode after) {
        int start = 0;
        while (start < Math.min(before.size(), after.size()) && before.get(start).equals(after.get(start))) {
            start++;
        }
        int end = 0;
        while (end < Math.min(before.size(), after.size()) - start
                && before.get(before.size() - 1 - end).equals(after.get(after.size() - 1 - end))) {
            end++;
        }
        boolean changed = before.size() == after.size();
        for (int i = start; changed && i < before.size() - end; i++) {
            compare(path + "[" + i + "]", before.get(i), after.get(i));
        }
        for (int i = start; !changed && i < before.size() - end; i++) {
            found.add(new Difference(path + "[" + i + "]", Optional.of(before.get(i)), Optional.empty()));
        }
        for (int i = start; !changed && i < after.size() - end; i++) {
            found.add(new Difference(path + "[" + i + "]", Optional.empty(), Optional.of(after.get(i))));
        }
    }
}
