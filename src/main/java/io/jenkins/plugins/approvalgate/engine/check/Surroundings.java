package io.jenkins.plugins.approvalgate.engine.check;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.Optional;

/** What the checks that ask others need of the host. Every method may be called by any thread. */
public interface Surroundings {

    /**
     * The host's credential with this id, as it is now.
     *
     * @throws IOException if there is none that a check may use; the message names the id
     */
    Secret secret(String id) throws IOException;

    /** A client that goes through the host's proxy, ready to be given further settings. */
    HttpClient.Builder httpClient();

    /** The address under which the host is reached from outside, ending in a slash; empty if it does not know it. */
    Optional<String> rootUrl();

    /** A folder of ours for what can be fetched again; exists. */
    Path cache();
}
