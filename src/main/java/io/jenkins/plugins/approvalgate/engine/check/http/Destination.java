package io.jenkins.plugins.approvalgate.engine.check.http;

import io.jenkins.plugins.approvalgate.engine.check.Options;
import io.jenkins.plugins.approvalgate.engine.gate.CheckSpec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** A fixed address that something is sent to. */
public final class Destination {

    /** Where clouds tell a machine its own secrets, other than by link-local addresses. */
    private static final Set<String> METADATA =
            Set.of("metadata.google.internal", "metadata.goog", "100.100.100.200", "fd00:ec2:0:0:0:0:0:254");

    private Destination() {}

    /**
     * Reads {@code url}.
     *
     * @throws IllegalArgumentException if nothing can be sent there; the message begins with {@code url}
     */
    public static URI of(String url) {
        Options options = Options.of(new CheckSpec("webhook", Map.of("url", url)));
        Address address = Address.read(options, "", false);
        if (address.rest().hasPlaces()) {
            throw options.wrong("url", "has a placeholder; where this is sent is fixed");
        }
        URI uri = URI.create(address.origin() + address.rest().with(""));
        if (METADATA.contains(host(uri))) {
            throw options.wrong("url", "is where a cloud keeps this machine's own secrets; nothing is sent there");
        }
        return uri;
    }

    /**
     * Refuses an address of the machine's own network segment ({@code 169.254.0.0/16}, {@code fe80::/10}), where clouds tell
     * a machine its secrets. Asks for the host's addresses, and may wait for them.
     *
     * @throws IOException if it is one
     */
    public static void refuseLinkLocal(URI address) throws IOException {
        try {
            for (InetAddress one : InetAddress.getAllByName(host(address))) {
                if (one.isLinkLocalAddress() || METADATA.contains(one.getHostAddress())) {
                    throw new IOException("its host is a link-local address, where clouds keep a machine's own secrets;"
                            + " nothing is sent there");
                }
            }
        } catch (UnknownHostException unknown) {
            // A proxy may know it.
        }
    }

    private static String host(URI address) {
        String host = address.getHost().toLowerCase(Locale.ROOT);
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        return bare.endsWith(".") ? bare.substring(0, bare.length() - 1) : bare;
    }

    /** {@code address} as it may be shown: without path and query, which are a secret with many services. */
    public static String shown(URI address) {
        return Question.origin(address);
    }
}
