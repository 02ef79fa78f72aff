package io.jenkins.plugins.approvalgate.engine.findings;

import io.jenkins.plugins.approvalgate.engine.gate.AuditSettings.FindingRules;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The patterns that only several lines show. Pure: from what was done, in the journal's order, to what is found now that
 * its last line is there. What an earlier finding of the same series has counted is not among it, so that hammering on does
 * not make a finding of each line.
 */
final class Patterns {

    private Patterns() {}

    /**
     * Somebody wanted to approve what they had started: found at the first time at each gate.
     *
     * @param attempts what this person was refused at this gate, the last of which is new
     */
    static Optional<Finding> selfApproval(List<Deed> attempts) {
        Deed last = last(attempts);
        boolean first = attempts.stream().filter(Deed::ownBuild).limit(2).count() == 1;
        return last.ownBuild() && first
                ? Optional.of(new Finding(
                        Kind.SELF_APPROVAL_REFUSED,
                        Optional.of(last.place().gate()),
                        List.of(last.who()),
                        Optional.of(last.place().environment()),
                        Optional.of(last.place().job()),
                        last.who() + " started " + last.place().buildName() + ", tried to approve it for "
                                + last.place().environment() + ", and was refused.",
                        List.of(last.seq())))
                : Optional.empty();
    }

    /** @param attempts what one person was refused, the last of which is new */
    static Optional<Finding> refusals(List<Deed> attempts, FindingRules rules) {
        List<Deed> lately = lately(attempts, rules.refusalsWithin());
        int times = lately.stream().mapToInt(Deed::times).sum();
        return times < rules.refusals()
                ? Optional.empty()
                : Optional.of(found(
                        Kind.REFUSED_ATTEMPTS,
                        List.of(last(lately).who()),
                        last(lately).who() + " was refused " + times + " times within " + Amounts.of(rules.refusalsWithin()) + ".",
                        lately));
    }

    /** @param bypasses those by one person, the last of which is new */
    static Optional<Finding> bypassesBy(List<Deed> bypasses, FindingRules rules) {
        List<Deed> lately = lately(bypasses, rules.bypassesWithin());
        return lately.size() < rules.bypasses()
                ? Optional.empty()
                : Optional.of(found(
                        Kind.REPEATED_BYPASS,
                        List.of(last(lately).who()),
                        last(lately).who() + " bypassed " + Amounts.of(lately.size(), "gate") + " within "
                                + Amounts.of(rules.bypassesWithin()) + ".",
                        lately));
    }

    /**
     * Where one person did them all, {@link #bypassesBy} says it.
     *
     * @param bypasses those of one environment, the last of which is new
     */
    static Optional<Finding> bypassesOf(List<Deed> bypasses, FindingRules rules) {
        List<Deed> lately = lately(bypasses, rules.bypassesWithin());
        List<String> people = people(lately);
        return lately.size() < rules.bypasses() || people.size() < 2
                ? Optional.empty()
                : Optional.of(found(
                        Kind.REPEATED_BYPASS,
                        people,
                        last(lately).place().environment() + " was bypassed " + lately.size() + " times within "
                                + Amounts.of(rules.bypassesWithin()) + ", by " + String.join(", ", people) + ".",
                        lately));
    }

    /**
     * Two approve for each other: as many builds are asked for of each side.
     *
     * @param there what one approved of the other's, the last of which is new
     * @param back what the other approved of this one's
     */
    static Optional<Finding> mutual(List<Deed> there, List<Deed> back, FindingRules rules) {
        Deed last = last(there);
        List<Deed> one = lately(there, rules.mutualWithin());
        List<Deed> other = back.stream().filter(deed -> isLately(deed, last.at(), rules.mutualWithin())).toList();
        long thereBuilds = builds(one);
        long backBuilds = builds(other);
        if (thereBuilds < rules.mutualApprovals() || backBuilds < rules.mutualApprovals()) {
            return Optional.empty();
        }
        String a = last.who();
        String b = last(other).who();
        return Optional.of(found(
                Kind.MUTUAL_APPROVAL,
                List.of(a, b),
                a + " approved " + Amounts.of(thereBuilds, "build") + " that " + b + " had started, and " + b + " "
                        + Amounts.of(backBuilds, "build") + " that " + a + " had started, within "
                        + Amounts.of(rules.mutualWithin()) + ".",
                Stream.concat(one.stream(), other.stream()).toList(),
                last.seq()));
    }

    private static long builds(List<Deed> deeds) {
        return deeds.stream().map(deed -> deed.place().buildName()).distinct().count();
    }

    private static Deed last(List<Deed> deeds) {
        return deeds.get(deeds.size() - 1);
    }

    /** Those no longer ago than {@code within}, seen from the last. */
    private static List<Deed> lately(List<Deed> deeds, Duration within) {
        Instant end = last(deeds).at();
        return deeds.stream().filter(deed -> isLately(deed, end, within)).toList();
    }

    private static boolean isLately(Deed deed, Instant end, Duration within) {
        return !deed.at().isBefore(end.minus(within));
    }

    /** Each once, as they were first written. */
    private static List<String> people(List<Deed> deeds) {
        return new ArrayList<>(deeds.stream()
                .collect(Collectors.toMap(
                        deed -> Deed.fold(deed.who()), Deed::who, (first, again) -> first, LinkedHashMap::new))
                .values());
    }

    private static Finding found(Kind kind, List<String> about, String sentence, List<Deed> evidence) {
        return found(kind, about, sentence, evidence, last(evidence).seq());
    }

    private static Finding found(Kind kind, List<String> about, String sentence, List<Deed> evidence, long completedBy) {
        return new Finding(
                kind,
                same(evidence, Deed.Place::gate),
                about,
                same(evidence, Deed.Place::environment),
                same(evidence, Deed.Place::job),
                sentence,
                Stream.concat(evidence.stream().map(Deed::shownBy), Stream.of(completedBy)).distinct().toList());
    }

    /** What all have in common; empty where they differ. */
    private static Optional<String> same(List<Deed> deeds, Function<Deed.Place, String> part) {
        List<String> parts = deeds.stream().map(Deed::place).map(part).distinct().limit(2).toList();
        return parts.size() == 1 ? Optional.of(parts.get(0)) : Optional.empty();
    }

}
