package io.jenkins.plugins.approvalgate.engine.findings;

import java.time.Instant;
import java.util.Locale;

/**
 * What somebody did, or wanted to, as a line of the journal says it.
 *
 * @param seq the line's number; of an approval, that of the line with which the gate then opened
 * @param shownBy the number of the line that shows it best; of an approval, its own
 * @param times for how many the line stands
 * @param ownBuild whether it was an approval of a build that they had started themselves
 */
public record Deed(long seq, long shownBy, Instant at, String who, Place place, int times, boolean ownBuild) {

    /**
     * Where it was done.
     *
     * @param requestedBy who asked for the gate
     */
    public record Place(String gate, String environment, String job, int build, String requestedBy) {
        /** The build, as it stands in a sentence. */
        String buildName() {
            return job + " #" + build;
        }
    }

    /** One that stands for itself. */
    public static Deed of(long seq, Instant at, String who, Place place) {
        return new Deed(seq, seq, at, who, place, 1, false);
    }

    /** A name as people are told apart where the realm is not asked: whatever the case of its letters. */
    static String fold(String user) {
        return user.toLowerCase(Locale.ROOT);
    }
}
