package io.jenkins.plugins.approvalgate.engine.findings;

import io.jenkins.plugins.approvalgate.engine.gate.AuditSettings.FindingRules;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The patterns that one decision shows by itself. Pure. */
final class Instances {

    private Instances() {}

    /**
     * Approved sooner than anybody reads, or unread. That somebody rejects in haste holds up nothing but their own build, so
     * it is none.
     *
     * @param request the number of the line with which the gate began
     * @param lookedAt when the person first had the review open; empty if never
     */
    static Optional<Finding> rubberStamp(
            Deed approval, long request, Instant requestedAt, Optional<Instant> lookedAt, FindingRules rules) {
        Duration after = Duration.between(requestedAt, approval.at());
        boolean hasty = after.compareTo(rules.rubberStamp()) < 0;
        boolean unread = lookedAt.filter(look -> !look.isAfter(approval.at())).isEmpty();
        if (!hasty && !unread) {
            return Optional.empty();
        }
        String time = after.toSeconds() < 1 ? "less than a second" : Amounts.of(after.toSeconds(), "second");
        String how = (hasty ? " " + time + " after the request" : "")
                + (hasty && unread ? ", and" : "")
                + (unread ? " without having opened the review" : "");
        return Optional.of(about(
                Kind.RUBBER_STAMP,
                approval,
                approval.who() + " approved " + approval.place().buildName() + " for " + approval.place().environment()
                        + how + ".",
                List.of(request, approval.seq())));
    }

    /**
     * Decided when the office is closed.
     *
     * @param did in words: {@code approved}
     * @param open whether it was open then
     */
    static Optional<Finding> offHours(Deed decision, String did, boolean open) {
        return open
                ? Optional.empty()
                : Optional.of(about(
                        Kind.OFF_HOURS,
                        decision,
                        decision.who() + " " + did + " " + decision.place().buildName() + " for "
                                + decision.place().environment() + " outside office hours.",
                        List.of(decision.seq())));
    }

    /**
     * Counted for a group, and is not in it when the gate opens.
     *
     * @param known whether the person is known at all
     * @param opened the number of the line that opened the gate
     * @param asked when the directory was asked
     */
    static Finding leftGroup(Deed approval, String group, boolean known, long opened, Instant asked) {
        return about(
                Kind.LEFT_GROUP,
                approval,
                approval.who() + " counted for the group " + group + " in " + approval.place().environment() + " for "
                        + approval.place().buildName() + ", but "
                        + (known ? "was not in that group any more" : "could not be found any more")
                        + " when it was asked at " + asked + ".",
                List.of(approval.seq(), opened));
    }

    private static Finding about(Kind kind, Deed deed, String sentence, List<Long> evidence) {
        return new Finding(
                kind,
                Optional.of(deed.place().gate()),
                List.of(deed.who()),
                Optional.of(deed.place().environment()),
                Optional.of(deed.place().job()),
                sentence,
                evidence);
    }
}
