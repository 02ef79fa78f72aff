package io.jenkins.plugins.approvalgate.engine.check.http;

import io.jenkins.plugins.approvalgate.engine.check.Secret;
import io.jenkins.plugins.approvalgate.engine.check.Surroundings;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntPredicate;

/** Asks over HTTP, through the host's proxy and with the host's credentials. Thread-safe; keep one for many asks. */
public final class HttpCalls {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** A client is made anew after this, so that a changed proxy counts. Each has threads of its own, so not for each ask. */
    private static final Duration CLIENT_LIVES = Duration.ofMinutes(1);

    private final Surroundings surroundings;
    private final Duration pause;
    private final Map<Duration, Made> clients = new ConcurrentHashMap<>();

    private record Made(HttpClient client, long at) {}

    public HttpCalls(Surroundings surroundings) {
        this(surroundings, PAUSE);
    }

    /** @param pause the first pause between two attempts; the others follow from it */
    HttpCalls(Surroundings surroundings, Duration pause) {
        this.surroundings = surroundings;
        this.pause = pause;
    }

    /**
     * Asks {@code question}, and again, after growing pauses, if there is no connection, the reply breaks off or comes too
     * late, or says 429, 500, 502, 503 or 504. Every method is asked again, POST too: a check is a question, and whoever is
     * asked by POST is told by the same {@code Idempotency-Key} that it is the same one.
     * Redirects are followed within the same origin.
     *
     * @param login the credential is asked for anew each time
     * @param wanted statuses that are an answer whatever they mean elsewhere: neither followed nor asked again for
     * @param now for a {@code Retry-After} that names an instant
     * @return with any status but those that were asked again for
     * @throws IOException if there is no answer; the message is fit to be shown, and the same as long as the cause is
     */
    public Reply ask(Question question, Optional<Login> login, Limits limits, IntPredicate wanted, Instant now)
            throws IOException, InterruptedException {
        Question whole = question;
        Masks masks = Masks.of(question.hidden());
        if (login.isPresent()) {
            Secret secret = surroundings.secret(login.get().credentials());
            masks = Masks.of(secret, question.hidden());
            whole = question.headers(login.get().headers(secret));
        }
        return new Attempts(client(limits.connect()), whole, masks, limits, wanted, now, pause).make();
    }

    private HttpClient client(Duration connect) {
        return clients.compute(connect, (any, made) -> made == null || isOld(made) ? make(connect) : made).client();
    }

    private static boolean isOld(Made made) {
        return System.nanoTime() - made.at() > CLIENT_LIVES.toNanos();
    }

    private Made make(Duration connect) {
        HttpClient client = surroundings
                .httpClient()
                // Redirects are ours to follow; version 2 would begin with an upgrade that some servers stumble over.
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(connect)
                .build();
        return new Made(client, System.nanoTime());
    }
}
