package io.jenkins.plugins.approvalgate.engine.gate;

import java.util.Objects;

/** One entry of an {@link ApprovalPolicy}: a user, or a group that has to bring a number of its members. */
public sealed interface Approver {

    /** The id of the user or the name of the group, as the administrator wrote it. */
    String name();

    /** How many different people this entry needs, at least 1; with {@link Order#ANY} always 1. */
    int required();

    /** The entry as it stands in a sentence: {@code ds-lead}, or {@code group security-team}. */
    String words();

    static Approver user(String id) {
        return new User(id);
    }

    static Approver group(String name, int required) {
        return new Group(name, required);
    }

    /** The one person with this id. */
    record User(String id) implements Approver {
        public User {
            requireName(id, "a user's id");
        }

        @Override
        public String name() {
            return id;
        }

        @Override
        public int required() {
            return 1;
        }

        @Override
        public String words() {
            return id;
        }
    }

    /** {@code required} different members of a group, whoever is in it at the moment of their decision. */
    record Group(String name, int required) implements Approver {
        public Group {
            requireName(name, "a group's name");
            if (required < 1) {
                throw new IllegalArgumentException("a group entry needs at least 1 member, not " + required);
            }
        }

        @Override
        public String words() {
            return "group " + name;
        }
    }

    private static void requireName(String name, String what) {
        if (Objects.requireNonNull(name, what).isBlank()) {
            throw new IllegalArgumentException(what + " is empty");
        }
    }
}
