package io.jenkins.plugins.approvalgate.engine.check.http;

import io.jenkins.plugins.approvalgate.engine.check.Secret;
import io.jenkins.plugins.approvalgate.engine.check.Surroundings;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/** Asks over HTTP, through the host's proxy and with the host's credentials. Thread-safe; keep one for many asks. */
public final class HttpCalls {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Surroundings surroundings;
    private final Duration pause;
    private final Clients clients;

    public HttpCalls(Surroundings surroundings) {
        this(surroundings, PAUSE);
    }

    /** @param pause the first pause between two attempts; the others follow from it */
    HttpCalls(Surroundings surroundings, Duration pause) {
        this.surroundings = surroundings;
        this.pause = pause;
        clients = new Clients(surroundings);
    }

    /**
     * Asks {@code question}, and again, after growing pauses, if there is no connection, the reply breaks off or comes too
     * late, or says 429, 500, 502, 503 or 504. Every method is asked again, POST too: a check is a question. Redirects are followed within the same origin.
     *
     * @param login the credential is asked for anew each time
     * @param wanted statuses that are an answer whatever they mean elsewhere: neither followed nor asked again for
     * @param now for a {@code Retry-After} that names an instant
     * @return with any status but those that were asked again for
     * @throws IOException if there is no answer; the message is fit to be shown, and the same as long as the cause is
     */
    public Reply ask(Question question, Optional<Login> login, Limits limits, IntPredicate wanted, Instant now)
            throws IOException, InterruptedException {
        Clients.Client client = clients.client(limits.connect());
        List<Secret> secrets = new ArrayList<>();
        client.proxyLogin(question.address()).ifPresent(secrets::add);
        Question whole = question;
        if (login.isPresent()) {
            Secret secret = surroundings.secret(login.get().credentials());
            secrets.add(secret);
            whole = question.headers(login.get().headers(secret));
        }
        Masks masks = Masks.of(secrets, question.hidden());
        return new Attempts(client, whole, masks, limits, wanted, now, pause).make();
    }

    /** See {@link Surroundings#rootUrl}. */
    Optional<String> rootUrl() {
        return surroundings.rootUrl();
    }
}
