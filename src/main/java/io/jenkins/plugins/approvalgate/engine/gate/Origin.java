package io.jenkins.plugins.approvalgate.engine.gate;

import java.util.List;
import java.util.Optional;

/**
 * Where a build's pipeline comes from, as the host recorded it: nothing in here can be set by the pipeline's script.
 *
 * @param head what of the repository it was built from; empty where the host does not know
 * @param script where the pipeline's script was read; empty if it stands in the job's configuration, or is not known
 * @param libraries the shared libraries that were loaded by the time the gate was asked for
 * @param replayed whether the build is a replay, whose script may be another than the one in the repository
 */
public record Origin(Optional<Head> head, Optional<Script> script, List<Library> libraries, boolean replayed) {

    /** Nothing is known. */
    public static final Origin UNKNOWN = new Origin(Optional.empty(), Optional.empty(), List.of(), false);

    /** The kinds of heads: a pull request or tag that is called {@code main} is not the branch {@code main}. */
    public enum Kind {
        BRANCH("branch"),
        PULL_REQUEST("pullRequest"),
        TAG("tag");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }

        /** @throws IllegalArgumentException if {@code word} is that of no kind */
        public static Kind of(String word) {
            for (Kind kind : values()) {
                if (kind.word.equals(word)) {
                    return kind;
                }
            }
            throw new IllegalArgumentException("\"" + word + "\" is no kind of head");
        }
    }

    /**
     * A branch, pull request or tag.
     *
     * @param name without {@code refs/heads/} or {@code refs/tags/}; of a pull request as the host calls it: {@code PR-12}
     */
    public record Head(Kind kind, String name) {

        /** As it is shown, and told apart: {@code main}, {@code PR-12}, {@code refs/tags/v1.2}. */
        public String shown() {
            return kind == Kind.TAG ? "refs/tags/" + name : name;
        }

        /** The same in a sentence: {@code branch main}, {@code pull request PR-12}, {@code tag v1.2}. */
        public String words() {
            return switch (kind) {
                case BRANCH -> "branch " + name;
                case PULL_REQUEST -> "pull request " + name;
                case TAG -> "tag " + name;
            };
        }
    }

    /**
     * A pipeline script that was read from a repository.
     *
     * @param repository as the host names it: its address
     * @param path of the file in it: {@code Jenkinsfile}
     */
    public record Script(String repository, String path) {}

    /**
     * A shared library.
     *
     * @param version the one that was asked for: a branch, tag or commit
     * @param trusted whether an administrator provides it, so that its code is not the pipeline author's
     */
    public record Library(String name, String version, boolean trusted) {}

    public Origin {
        libraries = List.copyOf(libraries);
    }

    /** A build of a branch, of which nothing else is known. */
    public static Origin branch(String name) {
        return of(new Head(Kind.BRANCH, name));
    }

    /** A build of {@code head}, of which nothing else is known. */
    public static Origin of(Head head) {
        return new Origin(Optional.of(head), Optional.empty(), List.of(), false);
    }
}
