package io.jenkins.plugins.approvalgate.engine.check.http;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A text of the settings with placeholders for what a gate is: {@code ${branch}}. {@code $${} writes {@code ${}; a dollar
 * sign before anything else is one.
 */
record Template(List<Part> parts) {

    sealed interface Part {}

    /** Stands as it is. */
    record Fixed(String text) implements Part {}

    /** Something of the gate takes its place. */
    record Place(String name) implements Part {}

    /** What takes the place of a placeholder. */
    @FunctionalInterface
    interface Filler {
        String text(Place place) throws Unfit;
    }

    Template {
        parts = List.copyOf(parts);
    }

    /**
     * Reads {@code text}.
     *
     * @param callback whether there is a call-back address to be told
     * @throws IllegalArgumentException if a placeholder does not end or is not known
     */
    static Template parse(String text, boolean callback) {
        return parse(text, name -> known(name, callback));
    }

    /**
     * Reads {@code text}.
     *
     * @param known gives a placeholder's name, or throws {@link IllegalArgumentException} if it is not known
     * @throws IllegalArgumentException if a placeholder does not end or is not known
     */
    static Template parse(String text, UnaryOperator<String> known) {
        List<Part> parts = new ArrayList<>();
        StringBuilder fixed = new StringBuilder();
        int i = 0;
        while (i < text.length()) {
            if (text.startsWith("$${", i)) {
                fixed.append("${");
                i += 3;
            } else if (text.startsWith("${", i)) {
                int end = text.indexOf('}', i);
                if (end < 0) {
                    throw new IllegalArgumentException("a placeholder begins with ${ and does not end; write $${ for ${");
                }
                parts.add(new Fixed(fixed.toString()));
                fixed.setLength(0);
                parts.add(new Place(known.apply(text.substring(i + 2, end))));
                i = end + 1;
            } else {
                fixed.append(text.charAt(i));
                i++;
            }
        }
        parts.add(new Fixed(fixed.toString()));
        return new Template(parts);
    }

    private static String known(String name, boolean callback) {
        boolean metric = name.startsWith(Facts.METRIC) && name.length() > Facts.METRIC.length();
        if (metric || Facts.NAMES.contains(name) || callback && name.equals(Facts.CALLBACK)) {
            return name;
        }
        throw new IllegalArgumentException(
                name.equals(Facts.CALLBACK)
                        ? "${callbackUrl} is only for functions with callback: true"
                        : "there is no placeholder ${" + name + "}; there are " + String.join(", ", Facts.NAMES)
                                + " and metrics.NAME");
    }

    boolean hasPlaces() {
        return parts.stream().anyMatch(Place.class::isInstance);
    }

    String fill(Filler filler) throws Unfit {
        StringBuilder filled = new StringBuilder();
        for (Part part : parts) {
            if (part instanceof Place place) {
                filled.append(filler.text(place));
            } else {
                filled.append(((Fixed) part).text());
            }
        }
        return filled.toString();
    }

    /** With {@code text} in every place. */
    String with(String text) {
        try {
            return fill(place -> text);
        } catch (Unfit never) {
            throw new IllegalStateException(never);
        }
    }
}
