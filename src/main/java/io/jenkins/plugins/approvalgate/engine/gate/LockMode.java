package io.jenkins.plugins.approvalgate.engine.gate;

import java.util.Arrays;
import java.util.stream.Collectors;

/** How builds that want an environment's exclusive lock take turns. */
public enum LockMode {
    /** The gate that was asked for first, among those that wait for nothing else. */
    SEQUENTIAL("sequential"),
    /** As above, and a newer build of the same job ends the waiting gates of the older ones. */
    NEWEST_ONLY("newestOnly");

    private final String word;

    LockMode(String word) {
        this.word = word;
    }

    /** As it stands in the YAML and the journal. */
    public String word() {
        return word;
    }

    /** @throws IllegalArgumentException if {@code word} is that of no mode, saying which there are */
    public static LockMode of(String word) {
        for (LockMode mode : values()) {
            if (mode.word.equals(word)) {
                return mode;
            }
        }
        throw new IllegalArgumentException("\"" + word + "\" is no way to lock: use "
                + Arrays.stream(values()).map(LockMode::word).collect(Collectors.joining(" or ")));
    }
}
