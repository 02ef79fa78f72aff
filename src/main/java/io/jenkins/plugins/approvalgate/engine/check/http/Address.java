package io.jenkins.plugins.approvalgate.engine.check.http;

import io.jenkins.plugins.approvalgate.engine.check.Options;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address of the settings. Its host is fixed; what a gate puts into the rest stays within the part of the path or the
 * query where its placeholder stands.
 *
 * @param origin scheme, host and port
 * @param rest path and query
 * @param shown as it is configured, without the query
 */
record Address(String origin, Template rest, String shown) {

    private static final Pattern FORM = Pattern.compile("(https?://[^/?#]*)(.*)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final String UNRESERVED = "-._~"; // RFC 3986, 2.3
    private static final int HIGHEST_PORT = 65_535;

    /** Reads the setting {@code url}, and {@code suffix} after it. */
    static Address read(Options options, String suffix, boolean callback) {
        String url = options.text("url");
        String base = suffix.isEmpty() ? url : url.replaceAll("(?<!/)/++$", "");
        Matcher form = FORM.matcher(base + suffix);
        if (!form.matches()) {
            throw options.wrong("url", "has to begin with http:// or https://");
        }
        String origin = form.group(1);
        if (origin.contains("${")) {
            throw options.wrong("url", "a placeholder cannot stand in the host: what a build passes must not choose whom we"
                    + " ask");
        }
        if (origin.contains("@")) {
            throw options.wrong("url", "has a user in it; name a credential in credentials instead");
        }
        if (form.group(2).contains("#") || !suffix.isEmpty() && base.contains("?")) {
            throw options.wrong("url", "must not have a fragment" + (suffix.isEmpty() ? "" : " or a query"));
        }
        Template rest = template(options, form.group(2), callback);
        requireUsable(options, origin + rest.with("x"));
        return new Address(origin, rest, origin + form.group(2).replaceFirst("(?s)\\?.*", ""));
    }

    private static Template template(Options options, String text, boolean callback) {
        try {
            return Template.parse(text, callback);
        } catch (IllegalArgumentException wrong) {
            throw options.wrong("url", wrong.getMessage());
        }
    }

    private static void requireUsable(Options options, String example) {
        URI uri;
        try {
            uri = new URI(example);
        } catch (URISyntaxException unreadable) {
            throw options.wrong("url", "has a character that cannot stand in an address: " + unreadable.getReason());
        }
        if (uri.getHost() == null || uri.getPort() > HIGHEST_PORT) {
            throw options.wrong("url", "has no host that can be asked");
        }
        Optional<String> why = MetadataServices.whyNot(uri);
        if (why.isPresent()) {
            throw options.wrong("url", why.get());
        }
        if (hasDots(uri)) {
            throw options.wrong("url", "must not have . or .. as a part of its path");
        }
    }

    /** The address for a gate. */
    URI fill(Facts facts) throws Unfit {
        URI uri = URI.create(origin + rest.fill(place -> encode(facts.value(place.name()))));
        if (hasDots(uri)) {
            throw new Unfit("The address to ask would have . or .. as a part of its path, because of what the build passed.");
        }
        return uri;
    }

    // Servers and proxies take them for a way upwards, encoded or not.
    private static boolean hasDots(URI uri) {
        return Arrays.stream(uri.getRawPath().split("/"))
                .map(part -> part.toLowerCase(Locale.ROOT).replace("%2e", "."))
                .anyMatch(part -> part.equals(".") || part.equals(".."));
    }

    /** {@code text} as a part of a path or a query, or as a value of a form. */
    static String encode(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xFF);
            if (c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || UNRESERVED.indexOf(c) >= 0) {
                encoded.append(c);
            } else {
                encoded.append(String.format("%%%02X", (int) c));
            }
        }
        return encoded.toString();
    }
}
