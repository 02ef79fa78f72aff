package io.jenkins.plugins.approvalgate.engine.check;

import java.util.List;

/** A credential of the host, for one call. Never kept, shown, logged or put into an exception. */
public sealed interface Secret {

    /** What must not be seen in anything that a call leaves behind. */
    List<String> hidden();

    /** A token or key. */
    record Text(String text) implements Secret {
        @Override
        public List<String> hidden() {
            return List.of(text);
        }

        @Override
        public String toString() {
            return "secret text";
        }
    }

    /** A user name and password. */
    record UserPassword(String user, String password) implements Secret {
        @Override
        public List<String> hidden() {
            return List.of(password);
        }

        @Override
        public String toString() {
            return "user name and password";
        }
    }
}
