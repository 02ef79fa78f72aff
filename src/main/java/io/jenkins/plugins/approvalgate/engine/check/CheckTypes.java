package io.jenkins.plugins.approvalgate.engine.check;

import io.jenkins.plugins.approvalgate.engine.gate.CheckSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The kinds of checks that there are: ours and those that other plugins add. Thread-safe. */
public final class CheckTypes {

    private final Map<String, CheckType> byKind = new LinkedHashMap<>();

    private CheckTypes(Collection<CheckType> types) {
        types.forEach(type -> byKind.putIfAbsent(type.kind(), type));
    }

    /**
     * Our own kinds, and {@code others}, which cannot take the place of ours.
     *
     * @param surroundings asked only when a check asks somebody
     */
    public static CheckTypes of(Surroundings surroundings, List<CheckType> others) {
        List<CheckType> types = new ArrayList<>(BuiltIn.types(surroundings));
        types.addAll(others);
        return new CheckTypes(types);
    }

    /** The kinds, in the order in which they are to be offered. */
    public List<String> kinds() {
        return List.copyOf(byKind.keySet());
    }

    /**
     * The check that {@code spec} means. Asks nobody.
     *
     * @throws IllegalArgumentException if it cannot be meant; the message names the kind and the setting
     */
    public Check create(CheckSpec spec) {
        CheckType type = byKind.get(spec.kind());
        if (type == null) {
            throw new IllegalArgumentException("there is no check \"" + spec.kind() + "\"; there are "
                    + String.join(", ", new TreeSet<>(byKind.keySet())));
        }
        Options options = Options.of(spec);
        try {
            Check check = type.create(options);
            options.end();
            return check;
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(spec.kind() + ": " + wrong.getMessage(), wrong);
        }
    }
}
