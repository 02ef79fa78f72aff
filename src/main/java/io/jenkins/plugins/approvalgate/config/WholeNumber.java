package io.jenkins.plugins.approvalgate.config;

import hudson.Util;
import java.util.regex.Pattern;
import org.apache.commons.beanutils.Converter;

/**
 * A number in a setting, as it was written: Jenkins would take anything else for no number at all, and so the engine could
 * not say what is wrong with it. Never empty: none at all is {@code null}.
 */
public final class WholeNumber {

    private static final Pattern FORM = Pattern.compile("-?\\d{1,15}");

    private final String written;

    private WholeNumber(String written) {
        this.written = written;
    }

    public static WholeNumber of(int number) {
        return new WholeNumber(String.valueOf(number));
    }

    /** @return {@code null} if {@code text} is blank */
    public static WholeNumber parse(String text) {
        String trimmed = Util.fixEmptyAndTrim(text);
        return trimmed == null ? null : new WholeNumber(trimmed);
    }

    /** The number, or the text that is none. */
    public Object value() {
        return FORM.matcher(written).matches() ? (Object) Long.valueOf(written) : written;
    }

    /**
     * The number that is meant.
     *
     * @param number {@code null} for {@code usual}
     * @throws IllegalArgumentException if something else was written; the message names {@code field}
     */
    static int orUsual(String field, WholeNumber number, int usual) {
        if (number == null) {
            return usual;
        }
        if (number.value() instanceof Long value && value == value.intValue()) {
            return value.intValue();
        }
        throw new IllegalArgumentException(field + ": \"" + number + "\" has to be a whole number");
    }

    /** As the form shows it. */
    @Override
    public String toString() {
        return written;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WholeNumber number && written.equals(number.written);
    }

    @Override
    public int hashCode() {
        return written.hashCode();
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
