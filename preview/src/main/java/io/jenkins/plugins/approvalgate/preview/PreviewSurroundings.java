package io.jenkins.plugins.approvalgate.preview;

import io.jenkins.plugins.approvalgate.engine.check.Secret;
import io.jenkins.plugins.approvalgate.engine.check.Surroundings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The preview's credentials, the proxy of the Java runtime, and the address that it listens on. */
final class PreviewSurroundings implements Surroundings {

    private final Map<String, Secret> secrets;
    private final String rootUrl;
    private final Path cache;

    /** @param secrets by id */
    PreviewSurroundings(Map<String, Secret> secrets, String rootUrl, Path cache) {
        this.secrets = Map.copyOf(secrets);
        this.rootUrl = rootUrl;
        this.cache = cache;
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
        return HttpClient.newBuilder().proxy(ProxySelector.getDefault());
    }

    @Override
    public Optional<String> rootUrl() {
        return Optional.of(rootUrl);
    }

    @Override
    public Path cache() {
        try {
            return Files.createDirectories(cache);
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }
}
