package io.jenkins.plugins.approvalgate.engine.check.http;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where clouds tell a machine its own secrets. Nothing of ours is sent there, whoever configured it and whatever a name turns
 * out to mean, unless whoever starts the host names that very host in the system property {@link #ALLOWED}.
 *
 * <p>A name is looked up when a request is about to be made, and again for each hop of a redirect. The JVM keeps what it was
 * told for a while ({@code networkaddress.cache.ttl}), so the connection goes to the address that was looked at; with a proxy,
 * it is the proxy that looks the name up in the end.
 */
public final class MetadataServices {

    /** Hosts that may be asked all the same, as they stand in the addresses, with commas between them. */
    public static final String ALLOWED = "io.jenkins.plugins.approvalgate.allowedMetadataHosts";

    private static final Set<String> NAMES = Set.of("metadata.google.internal", "metadata.goog");

    /** Those that are not link-local: Alibaba, Azure, Oracle; Amazon, Google and Scaleway by IPv6. */
    private static final Set<String> ADDRESSES = Set.of(
            "100.100.100.200", "168.63.129.16", "192.0.0.192", "fd00:ec2:0:0:0:0:0:254", "fd20:ce:0:0:0:0:0:254",
            "fd00:42:0:0:0:0:0:42");

    private static final String REFUSED = "is where a cloud keeps this machine's own secrets; nothing is sent there";

    /** What is an address and no name; {@link InetAddress} asks nobody for those. */
    private static final Pattern LITERAL = Pattern.compile("[0-9]+(\\.[0-9]+){0,3}|[0-9a-f:.%]*:.*");

    /** Who says what addresses a host has. */
    @FunctionalInterface
    interface Lookup {
        InetAddress[] of(String host) throws UnknownHostException;
    }

    private MetadataServices() {}

    /** Why {@code address} cannot be meant, told from how it is written alone; empty if nothing stands against it. */
    public static Optional<String> whyNot(URI address) {
        String host = host(address);
        if (isAllowed(host) || !NAMES.contains(host) && !LITERAL.matcher(host).matches()) {
            return Optional.empty();
        }
        return isOne(host, InetAddress::getAllByName) ? Optional.of(REFUSED) : Optional.empty();
    }

    /** May wait for a name to be looked up. */
    static void refuse(URI address) throws NoAnswer {
        refuse(address, InetAddress::getAllByName);
    }

    static void refuse(URI address, Lookup lookup) throws NoAnswer {
        String host = host(address);
        if (!isAllowed(host) && isOne(host, lookup)) {
            throw NoAnswer.lasting("its host " + REFUSED);
        }
    }

    private static boolean isAllowed(String host) {
        return Arrays.stream(System.getProperty(ALLOWED, "").split(","))
                .anyMatch(allowed -> allowed.strip().equalsIgnoreCase(host));
    }

    private static boolean isOne(String host, Lookup lookup) {
        if (NAMES.contains(host)) {
            return true;
        }
        try {
            return Arrays.stream(lookup.of(host)).anyMatch(MetadataServices::isOne);
        } catch (UnknownHostException unknown) {
            // A proxy may know it.
            return false;
        }
    }

    private static boolean isOne(InetAddress address) {
        return address.isLinkLocalAddress()
                || ADDRESSES.contains(address.getHostAddress().replaceFirst("%.*", ""))
                || inside(address.getAddress()).filter(MetadataServices::isOne).isPresent();
    }

    /** The IPv4 address that an IPv6 address leads to: RFC 4291 (2.5.5), RFC 6052 (2.1), RFC 8215, RFC 3056. */
    private static Optional<InetAddress> inside(byte[] six) {
        if (six.length != 16) {
            return Optional.empty();
        }
        if (begins(six, 0x20, 0x02)) {
            return Optional.of(four(six, 2));
        }
        boolean compatible = begins(six, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        boolean translated = begins(six, 0, 0x64, 0xff, 0x9b);
        return compatible || translated ? Optional.of(four(six, 12)) : Optional.empty();
    }

    private static boolean begins(byte[] bytes, int... prefix) {
        for (int i = 0; i < prefix.length; i++) {
            if ((bytes[i] & 0xFF) != prefix[i]) {
                return false;
            }
        }
        return true;
    }

    private static InetAddress four(byte[] six, int from) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(six, from, from + 4));
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** As it is looked up: in lower case, without brackets and without the dot of the root. */
    private static String host(URI address) {
        String host = address.getHost().toLowerCase(Locale.ROOT);
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        return bare.endsWith(".") ? bare.substring(0, bare.length() - 1) : bare;
    }
}
