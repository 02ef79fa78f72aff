package io.jenkins.plugins.approvalgate.engine.check.http;

import io.jenkins.plugins.approvalgate.engine.check.Options;
import io.jenkins.plugins.approvalgate.engine.gate.CheckSpec;
import java.net.URI;
import java.util.Map;

/** A fixed address that something is sent to. */
public final class Destination {

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
        return URI.create(address.origin() + address.rest().with(""));
    }

    /** {@code address} as it may be shown: without path and query, which are a secret with many services. */
    public static String shown(URI address) {
        return Question.origin(address);
    }
}
