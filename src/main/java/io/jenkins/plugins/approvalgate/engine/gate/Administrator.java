package io.jenkins.plugins.approvalgate.engine.gate;

/** Who may change an environment without being allowed to configure all of them. */
public sealed interface Administrator {

    /** The id of the user or the name of the group, as it was written. */
    String name();

    /** With its kind: {@code user ds-lead}, {@code group platform-team}. */
    String words();

    /** @throws IllegalArgumentException if {@code id} is empty */
    static Administrator user(String id) {
        return new User(id);
    }

    /** @throws IllegalArgumentException if {@code name} is empty */
    static Administrator group(String name) {
        return new Group(name);
    }

    /** The one person with this id. */
    record User(String id) implements Administrator {
        public User {
            if (id.isBlank()) {
                throw new IllegalArgumentException("administrators: a user's id is empty");
            }
        }

        @Override
        public String name() {
            return id;
        }

        @Override
        public String words() {
            return "user " + id;
        }
    }

    /** Whoever is in a group, one of our own or the realm's, at the moment of asking. */
    record Group(String name) implements Administrator {
        public Group {
            if (name.isBlank()) {
                throw new IllegalArgumentException("administrators: a group's name is empty");
            }
        }

        @Override
        public String words() {
            return "group " + name;
        }
    }
}
