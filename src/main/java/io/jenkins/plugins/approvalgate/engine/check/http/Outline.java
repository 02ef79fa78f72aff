package io.jenkins.plugins.approvalgate.engine.check.http;

import io.jenkins.plugins.approvalgate.engine.check.Options;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request of the settings, to be filled with what a gate is.
 *
 * @param headers by name
 * @param sent the body; empty for none, or for one that the check makes by itself
 */
record Outline(String method, Address address, Map<String, Template> headers, Optional<Sent> sent) {

    private static final String TYPE = "Content-Type";

    Outline {
        headers = Map.copyOf(headers);
    }

    /** Reads {@code url}, {@code headers} and {@code body}. */
    static Outline read(Options options, String method, Optional<Login> login, boolean callback) {
        Map<String, String> headers = Headers.read(options);
        login.map(Login::place).ifPresent(place -> headers.keySet().stream()
                .filter(place::equalsIgnoreCase)
                .forEach(name -> {
                    throw options.wrong("headers." + name, "is the header of the credential");
                }));
        String type = remove(headers, TYPE).orElse(Sent.usualType());
        if (!Headers.fits(type) || type.contains("${")) {
            throw options.wrong("headers." + TYPE, "\"" + type + "\" is no type");
        }
        return new Outline(
                method,
                Address.read(options, "", callback),
                templates(options, headers, callback),
                options.textIfGiven("body").map(text -> Sent.read(options, text, type, callback)));
    }

    private static Optional<String> remove(Map<String, String> headers, String name) {
        return headers.keySet().stream().filter(name::equalsIgnoreCase).findFirst().map(headers::remove);
    }

    private static Map<String, Template> templates(Options options, Map<String, String> headers, boolean callback) {
        Map<String, Template> templates = new LinkedHashMap<>();
        headers.forEach((name, text) -> {
            try {
                templates.put(name, Template.parse(text, callback));
            } catch (IllegalArgumentException wrong) {
                throw options.wrong("headers." + name, wrong.getMessage());
            }
            if (!Headers.fits(templates.get(name).with(""))) {
                throw options.wrong("headers." + name, "has a line end or another character that cannot stand in a header");
            }
        });
        return templates;
    }

    /** The request for a gate. */
    Question fill(Facts facts) throws Unfit {
        Map<String, String> filled = new LinkedHashMap<>();
        for (Map.Entry<String, Template> header : headers.entrySet()) {
            String value = header.getValue().fill(place -> facts.value(place.name()));
            if (!Headers.fits(value)) {
                throw new Unfit("The header " + header.getKey() + " cannot hold what the build passed: it has a line end or"
                        + " another character that cannot stand there.");
            }
            filled.put(header.getKey(), value);
        }
        Optional<Question.Body> body = sent.isPresent() ? Optional.of(sent.get().fill(facts)) : Optional.empty();
        Question question = new Question(method, address.fill(facts), filled, body, List.of());
        return facts.callback().map(secret -> question.hiding(secret.toString())).orElse(question);
    }
}
