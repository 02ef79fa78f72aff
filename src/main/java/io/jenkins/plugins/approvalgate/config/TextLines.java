package io.jenkins.plugins.approvalgate.config;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.beanutils.Converter;

/** {@link Texts} that may have commas in them: as code a list, or one text with line ends between them. */
public final class TextLines extends Texts {

    private TextLines(List<String> items) {
        super(items);
    }

    /** @return {@code null} if nothing is left without the blank ones */
    public static TextLines of(List<String> items) {
        List<String> kept = Lines.of(items);
        return kept.isEmpty() ? null : new TextLines(kept);
    }

    /** @return {@code null} if nothing is left without the blank ones */
    public static TextLines of(String... items) {
        return of(Arrays.asList(items));
    }

    /** The lines of {@code text}; {@code null} if there are none. */
    public static TextLines parse(String text) {
        return text == null ? null : of(text.lines().toList());
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
