package io.jenkins.plugins.approvalgate.config;

import io.jenkins.plugins.approvalgate.engine.gate.CheckSpec;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** Puts together what a check says, without the settings that were left empty. Not thread-safe. */
public final class SpecBuilder {

    private final String kind;
    private final Map<String, Object> settings = new LinkedHashMap<>();

    private SpecBuilder(String kind) {
        this.kind = kind;
    }

    /** Of {@code kind}, without any setting so far. */
    public static SpecBuilder of(String kind) {
        return new SpecBuilder(kind);
    }

    /** As {@code spec} is so far. */
    public static SpecBuilder of(CheckSpec spec) {
        SpecBuilder builder = new SpecBuilder(spec.kind());
        builder.settings.putAll(spec.settings());
        return builder;
    }

    /**
     * Adds a setting, unless it was left empty: {@code null}, a blank text, {@code false}, a list or map without anything.
     *
     * @param value a text, a whole number, a boolean, or lists and maps of these; {@link Texts}, {@link Headers} or a
     *     {@link WholeNumber}
     * @throws IllegalArgumentException if there are headers that cannot be read; the message names the kind and the setting
     */
    public SpecBuilder with(String setting, Object value) {
        Object plain = value;
        if (value instanceof Texts texts) {
            plain = texts.items();
        } else if (value instanceof Headers headers) {
            plain = map(setting, headers);
        } else if (value instanceof WholeNumber number) {
            plain = number.value();
        }
        if (!empty(plain)) {
            settings.put(setting, plain);
        }
        return this;
    }

    private Map<String, String> map(String setting, Headers headers) {
        try {
            return headers.toMap();
        } catch (IllegalArgumentException unreadable) {
            throw new IllegalArgumentException(kind + ": " + setting + ": " + unreadable.getMessage(), unreadable);
        }
    }

    private static boolean empty(Object value) {
        return value == null
                || Boolean.FALSE.equals(value)
                || value instanceof String text && text.isBlank()
                || value instanceof Collection<?> list && list.isEmpty()
                || value instanceof Map<?, ?> map && map.isEmpty();
    }

    /** Takes a setting out. */
    SpecBuilder without(String setting) {
        settings.remove(setting);
        return this;
    }

    /** The settings alone, for a part of a check. */
    Map<String, Object> settings() {
        return new LinkedHashMap<>(settings);
    }

    /** @throws IllegalArgumentException if a value is of no kind that could be kept */
    public CheckSpec build() {
        return new CheckSpec(kind, settings);
    }
}
