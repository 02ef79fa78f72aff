package io.jenkins.plugins.approvalgate.engine.check.http;

import io.jenkins.plugins.approvalgate.engine.check.Options;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What may stand in a header (RFC 9110). */
final class Headers {

    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    /** Those that belong to the connection, and with which a request could be made to mean two things. */
    private static final Set<String> OURS = Set.of(
            "host", "connection", "content-length", "transfer-encoding", "expect", "upgrade", "te", "trailer",
            "accept-encoding", "keep-alive", "date", "via");

    private static final Set<String> SECRET = Set.of("authorization", "proxy-authorization", "cookie");

    private Headers() {}

    /** Whether every character of {@code value} is visible ASCII, a space or a tab. */
    static boolean fits(String value) {
        return value.chars().allMatch(c -> c >= ' ' && c <= '~' || c == '\t');
    }

    static void requireUsable(Options options, String setting, String name) {
        if (!TOKEN.matcher(name).matches()) {
            throw options.wrong(setting, "\"" + name + "\" is no name of a header");
        }
        if (OURS.contains(name.toLowerCase(Locale.ROOT))) {
            throw options.wrong(setting, "the header " + name + " cannot be set");
        }
    }

    /** The names and values of the setting {@code headers}. */
    static Map<String, String> read(Options options) {
        Map<String, String> headers = options.textMap("headers");
        headers.keySet().forEach(name -> {
            requireUsable(options, "headers." + name, name);
            if (SECRET.contains(name.toLowerCase(Locale.ROOT))) {
                throw options.wrong("headers." + name, "is for secrets, which do not belong into the settings: name a"
                        + " credential in credentials instead");
            }
        });
        return headers;
    }
}
