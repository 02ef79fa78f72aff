package io.jenkins.plugins.approvalgate.engine;

import io.jenkins.plugins.approvalgate.engine.audit.index.AuditIndex;
import io.jenkins.plugins.approvalgate.engine.audit.index.Logins;
import io.jenkins.plugins.approvalgate.engine.check.Secret;
import java.io.IOException;
import java.nio.file.Path;

/** The search index of a host. */
public final class SearchIndex {

    private SearchIndex() {}

    /**
     * Begins to copy the keeper's journal into the database that the host configures. Returns at once.
     *
     * @param home of the host: the embedded database is kept in a folder there
     */
    public static AuditIndex start(Path home, GateKeeper keeper, Host host) {
        return AuditIndex.start(
                home, keeper.journal(), host.controller(), host::audit, id -> login(host, id), keeper::now);
    }

    private static Logins.Login login(Host host, String credentials) throws IOException {
        if (host.surroundings().secret(credentials) instanceof Secret.UserPassword login) {
            return new Logins.Login(login.user(), login.password());
        }
        throw new IOException("The credential \"" + credentials + "\" has no user name and password.");
    }
}
