package io.jenkins.plugins.approvalgate.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.commons.beanutils.Converter;

/**
 * Several texts in one setting: as code a list, or one text with commas or line ends between them; in a form a text area with
 * one a line. Never empty: a setter takes {@code null} for none.
 */
public final class Texts {

    /** Of a class that Jenkins' files may name. */
    private final ArrayList<String> items;

    private Texts(List<String> items) {
        this.items = new ArrayList<>(items);
    }

    /** @return {@code null} if nothing is left without blank ones */
    public static Texts of(List<String> items) {
        List<String> kept = Lines.of(items);
        return kept.isEmpty() ? null : new Texts(kept);
    }

    public static Texts of(String... items) {
        return of(Arrays.asList(items));
    }

    /** The parts of {@code text} between its commas and line ends; {@code null} if there is none. */
    public static Texts parse(String text) {
        return text == null ? null : of(text.split("[,\n]"));
    }

    public List<String> items() {
        return List.copyOf(items);
    }

    /** As a form shows it: one a line. */
    @Override
    public String toString() {
        return String.join("\n", items);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Texts texts && items.equals(texts.items);
    }

    @Override
    public int hashCode() {
        return Objects.hash(items);
    }

    /** How Stapler reads what a form sends; found by its name. */
    public static final class StaplerConverterImpl implements Converter {

        @Override
        @SuppressWarnings("rawtypes")
        public Object convert(Class type, Object value) {
            return value == null ? null : parse(value.toString());
        }
    }
}
