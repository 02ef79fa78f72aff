package io.jenkins.plugins.approvalgate.engine.gate;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Copies that keep their order and cannot be changed. Most of what gates have is empty or of one, for which a table would be
 * the larger part of a gate in memory.
 */
final class Ordered {

    private Ordered() {}

    static <K, V> Map<K, V> copy(Map<K, V> map) {
        if (map.isEmpty()) {
            return Collections.emptyMap();
        }
        if (map.size() == 1) {
            Map.Entry<K, V> only = map.entrySet().iterator().next();
            return Collections.singletonMap(only.getKey(), only.getValue());
        }
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    static <T> Set<T> copy(Set<T> set) {
        if (set.isEmpty()) {
            return Collections.emptySet();
        }
        return set.size() == 1
                ? Collections.singleton(set.iterator().next())
                : Collections.unmodifiableSet(new LinkedHashSet<>(set));
    }
}
