package io.jenkins.plugins.approvalgate.engine.check.http;

import io.jenkins.plugins.approvalgate.engine.check.Options;
import io.jenkins.plugins.approvalgate.engine.check.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * Which credential goes along, and how.
 *
 * @param credentials the credential's id
 * @param header the header that takes a secret text as it is; empty for {@code Authorization}, as a bearer token (RFC 6750)
 *     or as a user's name and password (RFC 7617)
 */
public record Login(String credentials, Optional<String> header) {

    /** Reads {@code credentials} and {@code credentialsHeader}; empty if nobody is to log in. */
    public static Optional<Login> of(Options options) {
        return read(options, "credentialsHeader", Optional.empty());
    }

    /** Reads {@code credentials} and {@code keyHeader}, as functions have it; empty if there is no key. */
    static Optional<Login> withKey(Options options) {
        return read(options, "keyHeader", Optional.of("x-functions-key"));
    }

    private static Optional<Login> read(Options options, String setting, Optional<String> usual) {
        Optional<String> id = options.textIfGiven("credentials");
        Optional<String> header = options.textIfGiven(setting);
        header.ifPresent(name -> Headers.requireUsable(options, setting, name));
        if (header.isPresent() && id.isEmpty()) {
            throw options.wrong("credentials", "is missing; " + setting + " says where the credential goes");
        }
        return id.map(given -> new Login(given, header.or(() -> usual)));
    }

    /** The header that the credential goes into. */
    String place() {
        return header.orElse("Authorization");
    }

    /** What {@code secret} is in the request. */
    Map<String, String> headers(Secret secret) throws IOException {
        if (secret instanceof Secret.Text token) {
            String text = token.text().strip();
            return Map.of(place(), fit(header.isPresent() ? text : "Bearer " + text));
        }
        Secret.UserPassword basic = (Secret.UserPassword) secret;
        if (header.isPresent()) {
            throw new IOException("the credential \"" + credentials + "\" is a user name and password; the header "
                    + header.get() + " takes a secret text");
        }
        return Map.of("Authorization", basic(basic));
    }

    static String basic(Secret.UserPassword login) {
        byte[] pair = (login.user() + ":" + login.password()).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    // Asked here, because the HTTP client would put the value into its complaint.
    private String fit(String value) throws IOException {
        if (!Headers.fits(value)) {
            throw new IOException("the credential \"" + credentials
                    + "\" has a character that cannot stand in a header, as a line end");
        }
        return value;
    }
}
