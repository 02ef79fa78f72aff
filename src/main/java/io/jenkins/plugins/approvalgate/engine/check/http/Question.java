package io.jenkins.plugins.approvalgate.engine.check.http;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A request as it is to be made, but for the credential.
 *
 * @param address http or https, with a host
 * @param headers by name, whatever its case
 * @param hidden what must not be seen in anything that the call leaves behind, beside the credential
 */
public record Question(
        String method, URI address, Map<String, String> headers, Optional<Body> body, List<String> hidden) {

    /** What is sent along. */
    public record Body(String type, byte[] content) {}

    public Question {
        Map<String, String> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        copy.putAll(headers);
        headers = Collections.unmodifiableMap(copy);
        hidden = List.copyOf(hidden);
    }

    public static Question get(URI address) {
        return new Question("GET", address, Map.of(), Optional.empty(), List.of());
    }

    public static Question post(URI address, Body body) {
        return new Question("POST", address, Map.of(), Optional.of(body), List.of());
    }

    /** The same with this header, in the place of one of the same name. */
    public Question header(String name, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        more.remove(name);
        more.put(name, value);
        return new Question(method, address, more, body, hidden);
    }

    Question headers(Map<String, String> added) {
        Question question = this;
        for (Map.Entry<String, String> header : added.entrySet()) {
            question = question.header(header.getKey(), header.getValue());
        }
        return question;
    }

    Question with(Body sent) {
        return new Question(method, address, headers, Optional.of(sent), hidden);
    }

    Question hiding(String text) {
        List<String> more = new ArrayList<>(hidden);
        more.add(text);
        return new Question(method, address, headers, body, more);
    }

    Question at(URI elsewhere) {
        return new Question(method, elsewhere, headers, body, hidden);
    }

    /** The same as a GET, without what is sent along. */
    Question asGet(URI elsewhere) {
        return new Question("GET", elsewhere, headers, Optional.empty(), hidden);
    }

    /** Whom it goes to, for those who read of it: without the query, which may hold anything. */
    String shown() {
        return shown(address);
    }

    static String shown(URI address) {
        String path = address.getRawPath();
        return origin(address) + (path == null || path.isEmpty() ? "/" : path);
    }

    /** Scheme, host, and port where it is not the scheme's own: what must not change on the way. */
    static String origin(URI address) {
        String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        int usual = scheme.equals("https") ? 443 : 80;
        int port = address.getPort();
        return scheme + "://" + String.valueOf(address.getHost()).toLowerCase(Locale.ROOT)
                + (port < 0 || port == usual ? "" : ":" + port);
    }

    /** Without its headers: one of them is the credential. */
    @Override
    public String toString() {
        return method + " " + shown();
    }
}
