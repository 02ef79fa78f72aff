package io.jenkins.plugins.approvalgate.engine.check.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/**
 * Why an attempt has no answer. It has no cause: what the HTTP client says can quote what the server sent, and that can be
 * the credential.
 */
final class NoAnswer extends IOException {

    private static final long serialVersionUID = 1;
    private static final int LONGEST = 200;
    /** How the JDK's client words that its proxy does not connect it. */
    private static final Pattern TUNNEL = Pattern.compile("^Tunnel failed, got: ([0-9]{3})");

    private final boolean passing;
    private final transient Optional<Duration> pause;

    private NoAnswer(String why, boolean passing, Optional<Duration> pause) {
        super(why);
        this.passing = passing;
        this.pause = pause;
    }

    /** It will not be otherwise if asked again at once. */
    static NoAnswer lasting(String why) {
        return new NoAnswer(why, false, Optional.empty());
    }

    /** It may be otherwise after a moment. */
    static NoAnswer passing(String why) {
        return new NoAnswer(why, true, Optional.empty());
    }

    /** It may be otherwise after {@code pause}, as the server said. */
    static NoAnswer passing(String why, Optional<Duration> pause) {
        return new NoAnswer(why, true, pause);
    }

    /** Whether to ask again. */
    boolean isPassing() {
        return passing;
    }

    /** How long to wait before that, where the server says so. */
    Optional<Duration> pause() {
        return pause;
    }

    /** The same in words that do not change from one attempt to the next. */
    static NoAnswer because(Throwable failure, Masks masks) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof NoAnswer known) {
                return known;
            }
            if (cause instanceof HttpConnectTimeoutException) {
                return passing("it could not be connected to in time");
            }
            if (cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException) {
                return passing("its host is not known");
            }
            Matcher refused = TUNNEL.matcher(String.valueOf(cause.getMessage()));
            if (refused.find()) {
                return passing("the proxy says " + refused.group(1));
            }
            if (cause instanceof NoRouteToHostException) {
                return passing("there is no route to its host");
            }
            if (cause instanceof SSLException tls) {
                return lasting("TLS: " + Texts.atMost(LONGEST, Texts.line(masks.hide(String.valueOf(tls.getMessage())))));
            }
        }
        return passing(failure instanceof ConnectException refused ? connecting(refused) : "the connection was cut off");
    }

    private static String connecting(ConnectException refused) {
        String said = String.valueOf(refused.getMessage()).toLowerCase(Locale.ROOT);
        return said.contains("refused") || said.equals("null") ? "connection refused" : "it could not be connected to";
    }
}
