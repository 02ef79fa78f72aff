package io.jenkins.plugins.approvalgate.host;

import com.cloudbees.plugins.credentials.CredentialsMatcher;
import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.ProxyConfiguration;
import hudson.security.ACL;
import io.jenkins.plugins.approvalgate.engine.check.Secret;
import io.jenkins.plugins.approvalgate.engine.check.Surroundings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/** Jenkins' credentials, proxy and address, for the checks. */
public final class JenkinsSurroundings implements Surroundings {

    /** What {@link #secret} finds. */
    public static final CredentialsMatcher USABLE = CredentialsMatchers.allOf(
            CredentialsMatchers.withScope(CredentialsScope.GLOBAL),
            CredentialsMatchers.anyOf(
                    CredentialsMatchers.instanceOf(StringCredentials.class),
                    CredentialsMatchers.instanceOf(StandardUsernamePasswordCredentials.class)));

    /**
     * {@inheritDoc}
     *
     * <p>Those of this Jenkins' own store with the scope Global: one with the scope System is for Jenkins' own use, like
     * reaching its agents, and whoever may configure a check must not be able to send it elsewhere. A use is not recorded
     * with the credential, as Jenkins records uses by jobs, builds and agents alone.
     */
    @Override
    public Secret secret(String id) throws IOException {
        return CredentialsProvider.lookupCredentialsInItemGroup(
                        StandardCredentials.class, Jenkins.get(), ACL.SYSTEM2, List.of())
                .stream()
                .filter(credential -> credential.getId().equals(id))
                .filter(USABLE::matches)
                .findFirst()
                .flatMap(JenkinsSurroundings::secret)
                .orElseThrow(() -> new IOException("there is no credential \"" + id + "\" that a check may use: it has to be a"
                        + " secret text, or a user name with password, with the scope Global"));
    }

    private static Optional<Secret> secret(StandardCredentials credential) {
        if (credential instanceof StringCredentials text) {
            return Optional.of(new Secret.Text(text.getSecret().getPlainText()));
        }
        if (credential instanceof StandardUsernamePasswordCredentials login) {
            return Optional.of(new Secret.UserPassword(
                    login.getUsername(), login.getPassword().getPlainText()));
        }
        return Optional.empty();
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
