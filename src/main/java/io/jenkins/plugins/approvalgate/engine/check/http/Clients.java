package io.jenkins.plugins.approvalgate.engine.check.http;

import io.jenkins.plugins.approvalgate.engine.check.Secret;
import io.jenkins.plugins.approvalgate.engine.check.Surroundings;
import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.MalformedURLException;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The HTTP clients of a host, one for each connection time limit. Thread-safe. */
final class Clients {

    /** A client is made anew after this, so that a changed proxy counts. Each has threads of its own, so not for each ask. */
    private static final Duration LIFE = Duration.ofMinutes(1);

    private final Surroundings surroundings;
    private final Map<Duration, Made> clients = new ConcurrentHashMap<>();

    private record Made(Client client, long at) {}

    /**
     * A client, and who logs in to its proxy. These two are apart, because a client that has an {@link Authenticator} leaves
     * out every {@code Authorization} that a request has, without a word
     * (<a href="https://bugs.openjdk.org/browse/JDK-8326949">JDK-8326949</a>).
     */
    record Client(HttpClient http, Optional<Authenticator> authenticator) {

        /** Who we are to the proxy on the way to {@code address}; empty if there is none, or it does not ask. */
        Optional<Secret.UserPassword> proxyLogin(URI address) {
            return authenticator.flatMap(asked -> http.proxy()
                    .map(selector -> selector.select(address))
                    .orElse(List.of())
                    .stream()
                    .filter(proxy -> proxy.type() == Proxy.Type.HTTP)
                    .findFirst()
                    .flatMap(proxy -> login(asked, (InetSocketAddress) proxy.address(), address)));
        }

        private static Optional<Secret.UserPassword> login(Authenticator asked, InetSocketAddress proxy, URI address) {
            try {
                PasswordAuthentication login = asked.requestPasswordAuthenticationInstance(
                        proxy.getHostString(), proxy.getAddress(), proxy.getPort(), "http", "", "basic", address.toURL(),
                        Authenticator.RequestorType.PROXY);
                return Optional.ofNullable(login)
                        .map(given -> new Secret.UserPassword(given.getUserName(), new String(given.getPassword())));
            } catch (MalformedURLException impossible) {
                throw new IllegalArgumentException(impossible);
            }
        }
    }

    Clients(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** @param connect the longest to wait for a connection */
    Client client(Duration connect) {
        return clients.compute(connect, (any, made) -> made == null || isOld(made) ? make(connect) : made).client();
    }

    private static boolean isOld(Made made) {
        return System.nanoTime() - made.at() > LIFE.toNanos();
    }

    private Made make(Duration connect) {
        HttpClient client = ours(surroundings.httpClient(), connect).build();
        Optional<Authenticator> authenticator = client.authenticator();
        HttpClient without = authenticator.isPresent() ? without(client, connect) : client;
        return new Made(new Client(without, authenticator), System.nanoTime());
    }

    private static HttpClient.Builder ours(HttpClient.Builder builder, Duration connect) {
        return builder
                // Redirects are ours to follow; version 2 would begin with an upgrade that some servers stumble over.
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(connect);
    }

    /** The same without its authenticator. */
    private static HttpClient without(HttpClient client, Duration connect) {
        HttpClient.Builder builder = ours(HttpClient.newBuilder(), connect)
                .sslContext(client.sslContext())
                .sslParameters(client.sslParameters());
        client.proxy().ifPresent(builder::proxy);
        client.executor().ifPresent(builder::executor);
        client.cookieHandler().ifPresent(builder::cookieHandler);
        return builder.build();
    }
}
