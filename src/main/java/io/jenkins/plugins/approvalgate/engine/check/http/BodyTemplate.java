package io.jenkins.plugins.approvalgate.engine.check.http;

import java.io.IOException;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * A body of the settings with placeholders ({@code ${name}}) for what is told. In JSON a value stays within the string where
 * its placeholder stands, in a form within the form's value; in anything else there are no placeholders. Immutable.
 */
public final class BodyTemplate {

    /** The type where the settings name none. */
    public static final String USUAL_TYPE = "application/json";

    private final Sent sent;

    private BodyTemplate(Sent sent) {
        this.sent = sent;
    }

    /**
     * Reads {@code text}.
     *
     * @param known throws {@link IllegalArgumentException} if there is no placeholder of this name
     * @param numbers which placeholders are numbers, so that in JSON they may stand outside of a string
     * @throws IllegalArgumentException if it cannot be meant; the message goes on after its name
     */
    public static BodyTemplate read(String text, String type, UnaryOperator<String> known, Predicate<String> numbers) {
        return new BodyTemplate(Sent.read(Template.parse(text, known), type, numbers));
    }

    /** Whether {@code type} can be the value of a {@code Content-Type}. */
    public static boolean isType(String type) {
        return !type.isBlank() && Headers.fits(type) && type.contains("/");
    }

    /**
     * The body with {@code values} in its places, escaped.
     *
     * @throws IOException if that would not be what the type says
     */
    public Question.Body fill(UnaryOperator<String> values) throws IOException {
        try {
            return sent.fill(place -> values.apply(place.name()));
        } catch (Unfit notJson) {
            throw new IOException("what its template makes is not JSON any more: does a placeholder stand in a name?");
        }
    }
}
