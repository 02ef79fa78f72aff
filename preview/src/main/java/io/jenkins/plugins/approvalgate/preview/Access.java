package io.jenkins.plugins.approvalgate.preview;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who calls, by the name in HTTP Basic authentication; and whether a page of somebody else made the browser call. */
final class Access {

    private static final Pattern HOST = Pattern.compile("(\\[[0-9a-fA-F:]+]|[^:]+)(:\\d+)?");
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Accounts accounts;

    Access(Accounts accounts) {
        this.accounts = accounts;
    }

    /** A name was given that nobody has. */
    static final class UnknownAccount extends Exception {
        private static final long serialVersionUID = 1L;

        private UnknownAccount(String message) {
            super(message, null, false, false);
        }
    }

    /** The caller's account; empty where no name is given: the anonymous user. The password may be anything. */
    Optional<Accounts.Account> account(Call call) throws UnknownAccount {
        Optional<String> header = call.header("Authorization");
        if (header.isEmpty()) {
            return Optional.empty();
        }
        String name = name(header.get());
        if (name.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(accounts.find(name)
                .orElseThrow(() -> new UnknownAccount("There is no account \"" + name + "\" in the preview.")));
    }

    private static String name(String header) throws UnknownAccount {
        String[] parts = header.strip().split("\\s+", 2);
        if (!parts[0].equalsIgnoreCase("Basic") || parts.length < 2) {
            throw new UnknownAccount("Use HTTP Basic with the name of an account and any password.");
        }
        try {
            return new String(Base64.getDecoder().decode(parts[1]), StandardCharsets.UTF_8).split(":", 2)[0];
        } catch (IllegalArgumentException notBase64) {
            throw new UnknownAccount("The Authorization header is not Base64.");
        }
    }

    /** The answer to somebody who is not known. For a page's script no browser should ask: the pages have a picker. */
    static Reply unauthorized(Call call, Reply reply) {
        boolean script = call.header("Sec-Fetch-Mode").filter(mode -> !mode.equals("navigate")).isPresent();
        return script ? reply : reply.with("WWW-Authenticate", "Basic realm=\"Approval Gate preview\"");
    }

    /**
     * Why a call is refused whoever makes it: another site's page reached us through the browser, by a name of its own that
     * leads to this computer (DNS rebinding) or by sending a form across.
     */
    static Optional<String> whyForeign(Call call) {
        String host = call.header("Host").orElse("");
        Matcher matcher = HOST.matcher(host);
        if (!matcher.matches() || !LOOPBACK.contains(matcher.group(1).toLowerCase(Locale.ROOT))) {
            return Optional.of("The preview answers only to localhost and 127.0.0.1, not to \"" + host + "\".");
        }
        Optional<String> origin = call.header("Origin");
        if (!call.isRead() && origin.isPresent() && !origin.get().equalsIgnoreCase("http://" + host)) {
            return Optional.of("A page of another site, " + origin.get() + ", may not send this.");
        }
        return Optional.empty();
    }
}
