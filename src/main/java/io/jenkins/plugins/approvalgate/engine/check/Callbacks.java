package io.jenkins.plugins.approvalgate.engine.check;

import java.io.IOException;
import java.net.URI;
import java.time.Instant;

/** Addresses on which somebody who was asked may answer later, once. Thread-safe. */
@FunctionalInterface
public interface Callbacks {

    /**
     * A new address for the answer to {@code subject}; one that was issued for it before works no more. It is on disk, as a
     * digest, before this returns. POST to it {@code {"decision":"pass|fail|wait|approve","reason":…}}.
     *
     * @param expires from when on the answer comes too late
     * @throws IOException if none can be made: the host does not know its address, or the journal cannot be written
     */
    URI issue(Subject subject, Instant expires) throws IOException;
}
