package io.jenkins.plugins.approvalgate.engine.gate;

import java.util.Arrays;
import java.util.stream.Collectors;

/** To whom approvers may hand their place in a policy's entry. */
public enum ReassignTo {
    /** Anybody who may read the job and is not kept out by four eyes. */
    ANYONE("anyone"),
    /** Those of them who stand in the policy already, in another entry or as another member. */
    APPROVERS("approvers"),
    NOBODY("nobody");

    private final String word;

    ReassignTo(String word) {
        this.word = word;
    }

    /** As it stands in the YAML and the journal. */
    public String word() {
        return word;
    }

    /** @throws IllegalArgumentException if {@code word} is none of these, saying which there are */
    public static ReassignTo of(String word) {
        for (ReassignTo value : values()) {
            if (value.word.equals(word)) {
                return value;
            }
        }
        throw new IllegalArgumentException("\"" + word + "\" is not known: use "
                + Arrays.stream(values()).map(ReassignTo::word).collect(Collectors.joining(", ")));
    }
}
