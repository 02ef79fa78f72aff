package io.jenkins.plugins.approvalgate.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.beanutils.Converter;

/**
 * Several texts in one setting: as code a list, or one text with commas or line ends between them; in the form a text area
 * with one a line. Never empty: none at all is {@code null}.
 */
public class Texts {

    /** Of a class that Jenkins takes from its files. */
    private final ArrayList<String> items;

    Texts(List<String> items) {
        this.items = new ArrayList<>(items);
    }

    /** @return {@code null} if nothing is left without the blank ones */
    public static Texts of(List<String> items) {
        List<String> kept = Lines.of(items);
        return kept.isEmpty() ? null : new Texts(kept);
    }

    /** @return {@code null} if nothing is left without the blank ones */
    public static Texts of(String... items) {
        return of(Arrays.asList(items));
    }

    /** The parts of {@code text} between its commas and line ends; {@code null} if there are none. */
    public static Texts parse(String text) {
        return text == null ? null : of(text.split("[,\r\n]"));
    }

    public List<String> items() {
        return List.copyOf(items);
    }

    /** As the form shows it: one a line. */
    @Override
    public String toString() {
        return String.join("\n", items);
    }

    @Override
    public boolean equals(Object other) {
        return other != null && getClass() == other.getClass() && items.equals(((Texts) other).items);
    }

    @Override
    public int hashCode() {
        return items.hashCode();
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
