package io.jenkins.plugins.approvalgate.preview;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.commons.text.StringSubstitutor;

/**
 * Puts the values of environment variables into the texts of a YAML, as Jenkins' configuration as code does: {@code ${NAME}},
 * {@code ${NAME:-otherwise}}, and {@code ^${NAME}} for that text itself. Stricter than there, where a variable that is not
 * set and has no other value becomes an empty text.
 *
 * @param environment gives a variable's value, {@code null} if it is not set
 */
record Variables(UnaryOperator<String> environment) {

    /** What stands at {@code place} and below, with the values put in. */
    Place resolved(Place place) throws Place.Misfit {
        return new Place(place.path(), node(place));
    }

    private JsonNode node(Place place) throws Place.Misfit {
        JsonNode value = place.value();
        if (value.isObject()) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            for (Map.Entry<String, JsonNode> entry : value.properties()) {
                object.set(entry.getKey(), node(place.get(entry.getKey())));
            }
            return object;
        }
        if (value.isArray()) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            for (Place item : place.items()) {
                array.add(node(item));
            }
            return array;
        }
        return value.isTextual() ? TextNode.valueOf(text(place)) : value;
    }

    private String text(Place place) throws Place.Misfit {
        String text = place.text();
        if (!text.contains("${")) {
            return text;
        }
        Lookup lookup = new Lookup();
        StringSubstitutor substitutor = new StringSubstitutor(lookup::value)
                .setEscapeChar('^')
                .setEnableSubstitutionInVariables(true)
                // A secret is what it is, whatever characters it has.
                .setDisableSubstitutionInValues(true)
                .setEnableUndefinedVariableException(true);
        try {
            return substitutor.replace(text);
        } catch (IllegalArgumentException notSet) {
            throw place.misfit(lookup.complaint(text));
        }
    }

    /** Remembers which variable it did not find: the substitutor's own message holds values. */
    private final class Lookup {
        private String missing = "";

        private String value(String name) {
            String value = environment.apply(name);
            if (value == null) {
                missing = name;
            }
            return value;
        }

        private String complaint(String text) {
            // A name that was put together from values is one of them.
            String which = text.contains("${" + missing) ? "the environment variable " + missing : "an environment variable";
            return which + " is not set; set it, give another value as in ${NAME:-value}, or write ^${NAME} for the text itself";
        }
    }
}
