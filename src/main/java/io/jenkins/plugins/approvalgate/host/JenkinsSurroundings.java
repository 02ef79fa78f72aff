package io.jenkins.plugins.approvalgate.host;

import hudson.ProxyConfiguration;
import io.jenkins.plugins.approvalgate.engine.check.Secret;
import io.jenkins.plugins.approvalgate.engine.check.Surroundings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import jenkins.model.Jenkins;

/** Jenkins' credentials, proxy and address, for the checks. */
public final class JenkinsSurroundings implements Surroundings {

    @Override
    public Secret secret(String id) throws IOException {
        throw new IOException("there is no credential \"" + id + "\"");
    }

    @Override
    public HttpClient.Builder httpClient() {
        return ProxyConfiguration.newHttpClientBuilder();
    }

    @Override
    public Optional<String> rootUrl() {
        return Optional.ofNullable(Jenkins.get().getRootUrl());
    }

    @Override
    public Path cache() {
        try {
            return Files.createDirectories(
                    Jenkins.get().getRootDir().toPath().resolve("approval-gate").resolve("cache"));
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }
}
