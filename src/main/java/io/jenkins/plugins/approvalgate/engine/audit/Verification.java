package io.jenkins.plugins.approvalgate.engine.audit;

import java.util.List;

/**
 * The result of walking the whole chain.
 *
 * @param after the number of the last line that was removed, as a signed checkpoint says; 0 if none was
 * @param lines how many there are
 * @param head the last line's hash
 * @param damages what does not hold, first to last; none if all is as it was written
 */
public record Verification(long after, long lines, String head, List<Damage> damages) {
    public Verification {
        damages = List.copyOf(damages);
    }

    public boolean ok() {
        return damages.isEmpty();
    }
}
