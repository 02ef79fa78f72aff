package io.jenkins.plugins.approvalgate.engine.check;

import io.jenkins.plugins.approvalgate.engine.gate.Origin.Head;
import java.util.List;
import java.util.stream.Stream;

/**
 * A {@link Glob} over branches, and over pull requests and tags only where it says so: who opens a pull request or sets a
 * tag chooses its name, and needs no right to push for it. Immutable.
 */
final class RefPattern {

    private static final String PULL_REQUEST = "PR-";
    /** What GitLab's plugin calls them. */
    private static final String MERGE_REQUEST = "MR-";

    private final String text;
    private final Glob written;
    private final Glob branch;

    private RefPattern(String text) {
        this.text = text;
        this.written = Glob.of(text);
        this.branch = Glob.of(Refs.branch(text));
    }

    /** @param text with or without {@code refs/heads/} */
    static RefPattern of(String text) {
        return new RefPattern(text);
    }

    /** Whether it is about heads of the kind of {@code head} at all. */
    boolean concerns(Head head) {
        return switch (head.kind()) {
            case BRANCH -> !text.startsWith(Refs.TAGS) && !text.startsWith(Refs.PULL_REQUESTS);
            case PULL_REQUEST -> isByName() || text.startsWith(Refs.PULL_REQUESTS);
            case TAG -> text.startsWith(Refs.TAGS);
        };
    }

    /**
     * Whether {@code head} may pass by it. A branch by its name. A tag by {@code refs/tags/} and its name. A pull request by
     * its name where the pattern begins with {@code PR-} or {@code MR-}; where it begins with {@code refs/pull/}, PR-12 is
     * {@code refs/pull/12}, PR-12-head is {@code refs/pull/12/head} too and PR-12-merge {@code refs/pull/12/merge}.
     */
    boolean allows(Head head) {
        if (!concerns(head)) {
            return false;
        }
        return switch (head.kind()) {
            case BRANCH -> branch.matches(head.name());
            case PULL_REQUEST -> isByName()
                    ? written.matches(head.name())
                    : pullRequestRefs(head.name()).anyMatch(written::matches);
            case TAG -> written.matches(Refs.TAGS + head.name());
        };
    }

    private boolean isByName() {
        return text.startsWith(PULL_REQUEST) || text.startsWith(MERGE_REQUEST);
    }

    /** Whether {@code head} is kept out by it: under any name, short or in full, and of whatever kind it is. */
    boolean excludes(Head head) {
        Stream<String> names =
                switch (head.kind()) {
                    case BRANCH -> Stream.of(head.name(), Refs.BRANCHES + head.name());
                    case PULL_REQUEST -> Stream.concat(Stream.of(head.name()), pullRequestRefs(head.name()));
                    case TAG -> Stream.of(head.name(), Refs.TAGS + head.name());
                };
        return names.anyMatch(written::matches);
    }

    private static Stream<String> pullRequestRefs(String name) {
        if (!name.startsWith(PULL_REQUEST) || name.equals(PULL_REQUEST)) {
            return Stream.empty();
        }
        String number = name.substring(PULL_REQUEST.length());
        return List.of("-head", "-merge").stream()
                .filter(number::endsWith)
                .map(strategy -> number.substring(0, number.length() - strategy.length()) + strategy.replace('-', '/'))
                .findFirst()
                .map(both -> Stream.of(number, both, both.substring(0, both.lastIndexOf('/'))))
                .orElse(Stream.of(number))
                .map(rest -> Refs.PULL_REQUESTS + rest);
    }

    /** As it was written. */
    @Override
    public String toString() {
        return text;
    }
}
