package io.jenkins.plugins.approvalgate.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.beanutils.Converter;

/**
 * HTTP headers: as code a map, in the form a text area with {@code Name: value} lines. Holds the lines as they were written,
 * so that one that cannot be read is told and not lost. Never empty: none at all is {@code null}.
 */
public final class Headers {

    /** Of a class that Jenkins takes from its files. */
    private final ArrayList<String> lines;

    private Headers(List<String> lines) {
        this.lines = new ArrayList<>(lines);
    }

    /** @return {@code null} if there are none */
    public static Headers of(Map<String, String> headers) {
        List<String> lines = new ArrayList<>();
        headers.forEach((name, value) -> lines.add(name + ": " + value));
        return lines.isEmpty() ? null : new Headers(lines);
    }

    /** The lines of {@code text}; {@code null} if there are none. */
    public static Headers parse(String text) {
        List<String> lines = text == null ? List.of() : Lines.of(text);
        return lines.isEmpty() ? null : new Headers(lines);
    }

    /**
     * Names and values, in their order.
     *
     * @throws IllegalArgumentException if a line is of another form, or a name stands there twice
     */
    public Map<String, String> toMap() {
        Map<String, String> map = new LinkedHashMap<>();
        for (String line : lines) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new IllegalArgumentException("\"" + line + "\" is not of the form Name: value");
            }
            String name = line.substring(0, colon).strip();
            if (map.put(name, line.substring(colon + 1).strip()) != null) {
                throw new IllegalArgumentException(name + " is there twice");
            }
        }
        return map;
    }

    /** As the form shows it: one a line. */
    @Override
    public String toString() {
        return String.join("\n", lines);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Headers headers && lines.equals(headers.lines);
    }

    @Override
    public int hashCode() {
        return lines.hashCode();
    }

    /** How Stapler reads what the form sends; found by its name. */
    public static final class StaplerConverterImpl implements Converter {

        @Override
        @SuppressWarnings("rawtypes")
        public Object convert(Class type, Object value) {
            return parse(String.valueOf(value));
        }
    }
}
