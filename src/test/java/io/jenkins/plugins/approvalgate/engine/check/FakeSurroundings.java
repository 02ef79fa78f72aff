package io.jenkins.plugins.approvalgate.engine.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A host with a few credentials, no proxy, and a folder that it makes when asked. */
public final class FakeSurroundings implements Surroundings {

    public final Map<String, Secret> secrets = new ConcurrentHashMap<>();
    private volatile String rootUrl = "http://localhost/";
    private volatile Path cache;

    public void rootUrl(String url) {
        rootUrl = url;
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
        return HttpClient.newBuilder();
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
