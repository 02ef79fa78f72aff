package io.jenkins.plugins.approvalgate.engine.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** A host with a few credentials, no proxy unless told, and a folder that it makes when asked. */
public final class FakeSurroundings implements Surroundings {

    public final Map<String, Secret> secrets = new ConcurrentHashMap<>();
    private volatile String rootUrl = "http://localhost/";
    private volatile UnaryOperator<HttpClient.Builder> client = UnaryOperator.identity();
    private volatile Path cache;

    public void rootUrl(String url) {
        rootUrl = url;
    }

    /** What the host does to every client: a proxy, who logs in to it. */
    public void client(UnaryOperator<HttpClient.Builder> settings) {
        client = settings;
    }

    public void cache(Path folder) {
        cache = folder;
    }

    @Override
    public Secret secret(String id) throws IOException {
        Secret secret = secrets.get(id);
        if (secret == null) {
            throw new IOException("there is no credential \"" + id + "\"");
        }
        return secret;
    }

    @Override
    public HttpClient.Builder httpClient() {
        return client.apply(HttpClient.newBuilder());
    }

    @Override
    public Optional<String> rootUrl() {
        return Optional.ofNullable(rootUrl);
    }

    @Override
    public synchronized Path cache() {
        try {
            if (cache == null) {
                cache = Files.createTempDirectory("approval-gate-cache");
                cache.toFile().deleteOnExit();
            }
            return Files.createDirectories(cache);
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }
}
