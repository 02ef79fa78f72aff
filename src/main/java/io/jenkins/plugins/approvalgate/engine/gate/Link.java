package io.jenkins.plugins.approvalgate.engine.gate;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * Something to look at before deciding.
 *
 * @param url absolute with http or https, or relative to the host's root
 */
public record Link(String name, String url) {

    /** @throws IllegalArgumentException for an address that a browser would not simply open, such as {@code javascript:} */
    public Link {
        String scheme = scheme(name, url);
        if (scheme != null && !scheme.equals("http") && !scheme.equals("https")) {
            throw new IllegalArgumentException(
                    "link \"" + name + "\" has the scheme " + scheme + ": only http and https can be opened");
        }
    }

    private static String scheme(String name, String url) {
        try {
            String scheme = new URI(url).getScheme();
            return scheme == null ? null : scheme.toLowerCase(Locale.ROOT);
        } catch (URISyntaxException malformed) {
            throw new IllegalArgumentException(
                    "link \"" + name + "\" is not an address: " + malformed.getReason(), malformed);
        }
    }
}
