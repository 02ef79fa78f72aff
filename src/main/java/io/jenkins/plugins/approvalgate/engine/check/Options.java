package io.jenkins.plugins.approvalgate.engine.check;

import io.jenkins.plugins.approvalgate.engine.gate.CheckSpec;
import io.jenkins.plugins.approvalgate.engine.gate.TimeSpan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Reads the settings of a check by name and kind. Every reader throws {@link IllegalArgumentException}, naming the setting;
 * {@link #end()} refuses those that nobody asked for. Not thread-safe.
 */
public final class Options {

    private final Map<String, Object> settings;
    private final String path;
    private final Set<String> asked = new HashSet<>();

    private Options(Map<String, Object> settings, String path) {
        this.settings = settings;
        this.path = path;
    }

    public static Options of(CheckSpec spec) {
        return new Options(spec.settings(), "");
    }

    public boolean has(String name) {
        asked.add(name);
        return settings.containsKey(name);
    }

    /** A text; a whole number or a boolean counts as its text. */
    public String text(String name) {
        return textIfGiven(name).orElseThrow(() -> wrong(name, "is missing"));
    }

    public String text(String name, String otherwise) {
        return textIfGiven(name).orElse(otherwise);
    }

    /** A text that is not blank; empty where nothing stands. */
    public Optional<String> textIfGiven(String name) {
        asked.add(name);
        Object value = settings.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof Map || value instanceof List) {
            throw wrong(name, "has to be a text");
        }
        return Optional.of(value.toString().strip()).filter(text -> !text.isEmpty());
    }

    /** A list of texts, or one text with commas or line ends between them; none where nothing stands. */
    public List<String> texts(String name) {
        asked.add(name);
        Object value = settings.get(name);
        if (value == null) {
            return List.of();
        }
        Stream<String> parts;
        if (value instanceof List<?> list) {
            if (list.stream().anyMatch(item -> item instanceof Map || item instanceof List)) {
                throw wrong(name, "has to be a list of texts");
            }
            parts = list.stream().map(Object::toString);
        } else if (value instanceof Map) {
            throw wrong(name, "has to be a list of texts");
        } else {
            parts = Arrays.stream(value.toString().split("[,\n]"));
        }
        return parts.map(String::strip).filter(part -> !part.isEmpty()).toList();
    }

    /** The same, at least one. */
    public List<String> someTexts(String name) {
        List<String> texts = texts(name);
        if (texts.isEmpty()) {
            throw wrong(name, "is missing");
        }
        return texts;
    }

    public boolean flag(String name, boolean otherwise) {
        asked.add(name);
        Object value = settings.get(name);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw wrong(name, "has to be true or false");
    }

    public int number(String name, int otherwise, int least, int most) {
        asked.add(name);
        Object value = settings.get(name);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Long number && number >= least && number <= most) {
            return number.intValue();
        }
        throw wrong(name, "has to be a whole number from " + least + " to " + most);
    }

    /** A time span as {@link TimeSpan} reads it. */
    public Duration span(String name, Duration otherwise) {
        return spanIfGiven(name).orElse(otherwise);
    }

    public Optional<Duration> spanIfGiven(String name) {
        return textIfGiven(name).map(text -> {
            try {
                return TimeSpan.parse(text);
            } catch (IllegalArgumentException unreadable) {
                throw wrong(name, unreadable.getMessage());
            }
        });
    }

    /** One of {@code words}; the first where nothing stands. */
    public String word(String name, String... words) {
        String word = text(name, words[0]);
        if (!List.of(words).contains(word)) {
            throw wrong(name, "\"" + word + "\" has to be one of " + String.join(", ", words));
        }
        return word;
    }

    /** A map of texts, in their order; empty where nothing stands. */
    public Map<String, String> textMap(String name) {
        Map<String, String> texts = new LinkedHashMap<>();
        inner(name).ifPresent(inner -> inner.settings.keySet().forEach(key -> texts.put(key, inner.text(key, ""))));
        return texts;
    }

    /** The settings below {@code name}; empty where nothing stands. */
    public Optional<Options> inner(String name) {
        asked.add(name);
        Object value = settings.get(name);
        if (value == null) {
            return Optional.empty();
        }
        return Optional.of(inner(value, path + name));
    }

    /** The settings of each item of the list {@code name}; none where nothing stands. */
    public List<Options> list(String name) {
        asked.add(name);
        Object value = settings.get(name);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> items)) {
            throw wrong(name, "has to be a list");
        }
        List<Options> list = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            list.add(inner(items.get(i), path + name + "[" + i + "]"));
        }
        return list;
    }

    @SuppressWarnings("unchecked")
    private Options inner(Object value, String where) {
        if (!(value instanceof Map)) {
            throw new IllegalArgumentException(where + " has to be a map");
        }
        return new Options((Map<String, Object>) value, where + ".");
    }

    /** What is wrong with the setting {@code name}, for whoever wrote it. */
    public IllegalArgumentException wrong(String name, String what) {
        return new IllegalArgumentException(path + name + ": " + what);
    }

    /** Refuses settings that were not asked for. */
    public void end() {
        Set<String> unknown = new TreeSet<>(settings.keySet());
        unknown.removeAll(asked);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(path + unknown.iterator().next() + ": there is no such setting; there are "
                    + String.join(", ", new TreeSet<>(asked)));
        }
    }
}
