package io.jenkins.plugins.approvalgate.engine.check.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.jenkins.plugins.approvalgate.engine.check.Options;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A body of the settings. In JSON, what a gate puts into it stays within the string where its placeholder stands; outside of
 * strings there can be only numbers. In a form it stays within the value. In anything else there are no placeholders,
 * because nobody knows how to escape them.
 *
 * @param bare the numbers of those parts that are places outside of a string
 */
record Sent(String type, Template content, Set<Integer> bare) {

    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
    private static final String JSON = "application/json";
    private static final String FORM = "application/x-www-form-urlencoded";

    /** Reads the setting {@code body} as {@code text}. */
    static Sent read(Options options, String text, String type, boolean callback) {
        try {
            return read(
                    Template.parse(text, callback), type, name -> name.equals("build") || name.startsWith(Facts.METRIC));
        } catch (IllegalArgumentException wrong) {
            throw options.wrong("body", wrong.getMessage());
        }
    }

    /**
     * A body of this type.
     *
     * @param numbers which of its placeholders may be numbers, so that they may stand outside of a string
     * @throws IllegalArgumentException if it cannot be one
     */
    static Sent read(Template content, String type, Predicate<String> numbers) {
        Sent sent = new Sent(type, content, new HashSet<>());
        if (sent.isJson()) {
            sent.findBare(numbers);
            sent.requireJson();
        } else if (content.hasPlaces() && !sent.is(FORM)) {
            throw new IllegalArgumentException("can have placeholders only if it is JSON or a form, and it is " + type);
        }
        return sent;
    }

    /** The type where the settings name none. */
    static String usualType() {
        return JSON;
    }

    private boolean is(String media) {
        return type.split(";", 2)[0].strip().equalsIgnoreCase(media);
    }

    private boolean isJson() {
        return is(JSON) || type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).endsWith("+json");
    }

    private void findBare(Predicate<String> numbers) {
        boolean inside = false;
        for (int i = 0; i < content.parts().size(); i++) {
            Template.Part part = content.parts().get(i);
            if (part instanceof Template.Fixed fixed) {
                inside = insideAfter(fixed.text(), inside);
            } else if (!inside) {
                String name = ((Template.Place) part).name();
                if (!numbers.test(name)) {
                    throw new IllegalArgumentException("${" + name + "} has to stand in quotes");
                }
                bare.add(i);
            }
        }
    }

    private static boolean insideAfter(String text, boolean inside) {
        boolean is = inside;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '"') {
                is = !is;
            } else if (is && text.charAt(i) == '\\') {
                i++;
            }
        }
        return is;
    }

    // A digit in every place: after a lone backslash it makes no escape, so that such a body is refused here.
    private void requireJson() {
        try {
            Reply.MAPPER.readTree(content.with("1"));
        } catch (JsonProcessingException | IllegalArgumentException wrong) {
            throw new IllegalArgumentException("is not JSON; if it is to be something else, say so in the header Content-Type");
        }
    }

    Question.Body fill(Facts facts) throws Unfit {
        return fill(place -> facts.value(place.name()));
    }

    /** @param values what stands in a place, not escaped */
    Question.Body fill(Template.Filler values) throws Unfit {
        StringBuilder filled = new StringBuilder();
        for (int i = 0; i < content.parts().size(); i++) {
            Template.Part part = content.parts().get(i);
            if (part instanceof Template.Place place) {
                filled.append(escape(place.name(), values.text(place), bare.contains(i)));
            } else {
                filled.append(((Template.Fixed) part).text());
            }
        }
        if (isJson()) {
            requireStillJson(filled.toString());
        }
        return new Question.Body(type, filled.toString().getBytes(StandardCharsets.UTF_8));
    }

    private String escape(String name, String value, boolean isBare) throws Unfit {
        if (isBare && !NUMBER.matcher(value).matches()) {
            throw new Unfit("The check sends " + name + " as a number, and what the build passed is none.");
        }
        if (isJson()) {
            return isBare ? value : new String(JsonStringEncoder.getInstance().quoteAsString(value));
        }
        return Address.encode(value);
    }

    // What is left to go wrong: a name that the build chose stands twice.
    private static void requireStillJson(String filled) throws Unfit {
        try {
            Reply.MAPPER.readTree(filled);
        } catch (JsonProcessingException | IllegalArgumentException wrong) {
            throw new Unfit("What the check sends would not be JSON any more, because of what the build passed.");
        }
    }
}
