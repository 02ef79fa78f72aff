package io.jenkins.plugins.approvalgate.step;

import groovy.lang.GString;
import hudson.AbortException;
import hudson.Util;
import hudson.model.BooleanParameterDefinition;
import hudson.model.ChoiceParameterDefinition;
import hudson.model.ParameterDefinition;
import hudson.model.StringParameterDefinition;
import hudson.model.TextParameterDefinition;
import io.jenkins.plugins.approvalgate.engine.gate.InputField;
import io.jenkins.plugins.approvalgate.engine.gate.Link;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Takes what a script passed to the step and makes it plain, bounded and storable; what cannot be is refused. */
final class ScriptValues {

    private static final int MOST_ENTRIES = 200;
    private static final int LONGEST_TEXT = 1_000;
    static final int LONGEST_MESSAGE = 10_000;

    private ScriptValues() {}

    /** Metrics by name, numbers as their decimal text. */
    static LinkedHashMap<String, String> metrics(Map<String, ?> given) throws AbortException {
        LinkedHashMap<String, String> metrics = new LinkedHashMap<>();
        for (Map.Entry<?, ?> metric : bounded("metrics", given).entrySet()) {
            String name = text("the name of a metric", metric.getKey());
            metrics.put(name, text("metric " + name, plain(name, metric.getValue())));
        }
        return metrics;
    }

    private static Object plain(String name, Object value) throws AbortException {
        if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            if (Double.isNaN(number) || Double.isInfinite(number)) {
                throw new AbortException("approvalGate: metric " + name + " is not a finite number");
            }
            return digits(new BigDecimal(value.toString()));
        }
        return value instanceof BigDecimal number ? digits(number) : value;
    }

    /** Without an exponent, unless that would be a long row of zeros: {@code 1e999999999} would not fit into memory. */
    private static String digits(BigDecimal number) {
        return Math.abs((long) number.precision() - number.scale()) > LONGEST_TEXT ? number.toString() : number.toPlainString();
    }

    /** Addresses by the name to show. */
    static LinkedHashMap<String, String> links(Map<String, ?> given) throws AbortException {
        LinkedHashMap<String, String> links = new LinkedHashMap<>();
        for (Map.Entry<?, ?> link : bounded("links", given).entrySet()) {
            String name = text("the name of a link", link.getKey());
            links.put(name, text("link " + name, link.getValue()));
        }
        try {
            asLinks(links);
        } catch (IllegalArgumentException unusable) {
            throw new AbortException("approvalGate: " + unusable.getMessage());
        }
        return links;
    }

    /** The same addresses as the engine knows them. */
    static List<Link> asLinks(Map<String, String> links) {
        return links.entrySet().stream()
                .map(link -> new Link(link.getKey(), link.getValue()))
                .toList();
    }

    /** What Jenkins' own parameter definitions ask, as the engine knows it. */
    static List<InputField> inputs(List<ParameterDefinition> parameters) throws AbortException {
        List<InputField> fields = new ArrayList<>();
        try {
            for (ParameterDefinition parameter : parameters) {
                fields.add(input(parameter));
            }
        } catch (IllegalArgumentException unusable) {
            throw new AbortException("approvalGate: " + unusable.getMessage());
        }
        return fields;
    }

    /** Exactly the kinds that we know: a subclass may mean something else by its value, or hide one. */
    private static InputField input(ParameterDefinition parameter) throws AbortException {
        Class<?> kind = parameter.getClass();
        if (kind == StringParameterDefinition.class) {
            String initial = ((StringParameterDefinition) parameter).getDefaultValue();
            return field(parameter, InputField.Kind.STRING, List.of(), initial);
        }
        if (kind == TextParameterDefinition.class) {
            String initial = ((TextParameterDefinition) parameter).getDefaultValue();
            return field(parameter, InputField.Kind.TEXT, List.of(), initial);
        }
        if (kind == ChoiceParameterDefinition.class) {
            List<String> choices = ((ChoiceParameterDefinition) parameter).getChoices();
            return field(parameter, InputField.Kind.CHOICE, choices, choices.isEmpty() ? "" : choices.get(0));
        }
        if (kind == BooleanParameterDefinition.class) {
            boolean initial = ((BooleanParameterDefinition) parameter).isDefaultValue();
            return field(parameter, InputField.Kind.BOOLEAN, List.of(), Boolean.toString(initial));
        }
        throw new AbortException("approvalGate: parameter " + parameter.getName() + " is of a kind that cannot be asked at a"
                + " gate, because the answer is kept for good: use string, text, choice or booleanParam");
    }

    private static InputField field(
            ParameterDefinition parameter, InputField.Kind kind, List<String> choices, String initial)
            throws AbortException {
        return new InputField(
                text("the name of a parameter", parameter.getName()),
                kind,
                choices,
                Util.fixNull(initial),
                Util.fixNull(parameter.getDescription()));
    }

    /**
     * The answers as a script expects them: booleans as such.
     *
     * @param fields what was asked
     */
    static LinkedHashMap<String, Object> answers(List<InputField> fields, Map<String, String> given) {
        LinkedHashMap<String, Object> answers = new LinkedHashMap<>();
        for (InputField field : fields) {
            String answer = given.getOrDefault(field.name(), field.defaultValue());
            answers.put(field.name(), field.kind() == InputField.Kind.BOOLEAN ? Boolean.valueOf(answer) : answer);
        }
        return answers;
    }

    private static Map<String, ?> bounded(String what, Map<String, ?> given) throws AbortException {
        if (given == null) {
            return Map.of();
        }
        if (given.size() > MOST_ENTRIES) {
            throw new AbortException("approvalGate: " + what + " has more than " + MOST_ENTRIES + " entries");
        }
        return given;
    }

    /** An object of the script's own could say something else each time it is asked, or run code where nobody watches it. */
    private static boolean isPlain(Object value) {
        boolean number = value instanceof Number && value.getClass().getClassLoader() == null;
        return number || value instanceof String || value instanceof GString || value instanceof Boolean
                || value instanceof Character;
    }

    private static String text(String what, Object value) throws AbortException {
        if (value != null && !isPlain(value)) {
            throw new AbortException("approvalGate: " + what + " is neither a text nor a number");
        }
        String text = value == null ? "" : value.toString();
        if (text.isBlank()) {
            throw new AbortException("approvalGate: " + what + " is empty");
        }
        if (text.length() > LONGEST_TEXT) {
            throw new AbortException("approvalGate: " + what + " is longer than " + LONGEST_TEXT + " characters");
        }
        return text;
    }
}
