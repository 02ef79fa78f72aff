package io.jenkins.plugins.approvalgate.engine;

import io.jenkins.plugins.approvalgate.engine.gate.People;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A realm whose groups a test writes down; membership may change while a gate waits. Thread-safe. */
public final class Town implements Realm, People {

    private final ConcurrentMap<String, Set<String>> groups = new ConcurrentHashMap<>();
    private final boolean caseSensitive;

    private Town(boolean caseSensitive) {
        this.caseSensitive = caseSensitive;
    }

    /** Groups in one line: {@code team=carol,dave sec=erin}. Upper and lower case name the same person. */
    public static Town of(String text) {
        return new Town(false).with(text);
    }

    /** The same, where {@code Carol} and {@code carol} are two people. */
    public static Town caseSensitive(String text) {
        return new Town(true).with(text);
    }

    private Town with(String text) {
        Stream.of(text.split(" ")).filter(group -> !group.isEmpty()).forEach(group -> {
            String[] halves = group.split("=", 2);
            set(halves[0], Set.of(halves[1].split(",")));
        });
        return this;
    }

    public void set(String group, Set<String> members) {
        groups.put(group, members);
    }

    @Override
    public boolean same(String userId, String otherUserId) {
        return caseSensitive ? userId.equals(otherUserId) : userId.equalsIgnoreCase(otherUserId);
    }

    @Override
    public boolean inGroup(String userId, String group) {
        return groups.getOrDefault(group, Set.of()).stream().anyMatch(member -> same(member, userId));
    }

    @Override
    public Optional<List<String>> members(String group) {
        return Optional.ofNullable(groups.get(group)).map(members -> members.stream().sorted().toList());
    }

    @Override
    public String toString() {
        return Map.copyOf(groups).entrySet().stream()
                .map(group -> group.getKey() + "=" + String.join(",", group.getValue()))
                .collect(Collectors.joining(" "));
    }
}
