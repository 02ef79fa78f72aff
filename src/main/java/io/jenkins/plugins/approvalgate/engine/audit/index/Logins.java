package io.jenkins.plugins.approvalgate.engine.audit.index;

import java.io.IOException;

/** The host's credentials for databases. May be asked by any thread. */
@FunctionalInterface
public interface Logins {

    /** A user's name and password, for one connection. Never kept, shown or logged. */
    record Login(String user, String password) {
        @Override
        public String toString() {
            return "user name and password";
        }
    }

    /**
     * The credential with this id, as it is now.
     *
     * @throws IOException if there is none that may be used; the message says so, without a secret
     */
    Login login(String credentials) throws IOException;
}
