package io.jenkins.plugins.approvalgate.config;

import io.jenkins.plugins.approvalgate.engine.gate.CheckSpec;
import java.util.LinkedHashMap;
import java.util.Map;

/** Puts together what a check says, without the settings that were left empty. Not thread-safe. */
public final class SpecBuilder {

    private final String kind;
    private final Map<String, Object> settings = new LinkedHashMap<>();

    private SpecBuilder(String kind) {
        this.kind = kind;
    }

    public static SpecBuilder of(String kind) {
        return new SpecBuilder(kind);
    }

    /** A text, number or flag; {@code null}, a blank text and {@code false} count as not given. */
    public SpecBuilder with(String setting, Object value) {
        boolean empty = value == null || Boolean.FALSE.equals(value) || value instanceof String text && text.isBlank();
        if (!empty) {
            settings.put(setting, value);
        }
        return this;
    }

    /** Several texts; {@code null} counts as none. */
    public SpecBuilder with(String setting, Texts texts) {
        return texts == null ? this : with(setting, (Object) texts.items());
    }

    /** @throws IllegalArgumentException if a value is of no kind that could be kept */
    public CheckSpec build() {
        return new CheckSpec(kind, settings);
    }
}
