package io.jenkins.plugins.approvalgate.engine.findings;

import io.jenkins.plugins.approvalgate.engine.gate.AuditSettings.FindingRules;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is to be found, in another way: a bag for each series, out of which falls what is too old, and which is emptied when it
 * holds enough. Writes a finding as its kind, whom it is about and its last line.
 */
final class NaiveDetector {

    private record Entry(long seq, Instant at, String who, String what, int times) {}

    private final FindingRules rules;
    private final Map<String, List<Entry>> bags = new HashMap<>();
    private final Set<String> ownBuilds = new HashSet<>();
    final List<String> found = new ArrayList<>();

    NaiveDetector(FindingRules rules) {
        this.rules = rules;
    }

    private List<Entry> bag(String name, Entry entry, Duration within) {
        List<Entry> bag = bags.computeIfAbsent(name, n -> new ArrayList<>());
        bag.add(entry);
        bag.removeIf(old -> old.at().plus(within).isBefore(entry.at()));
        return bag;
    }

    private void found(Kind kind, Set<String> about, long seq) {
        found.add(kind + " " + new TreeSet<>(about) + " " + seq);
    }

    void refused(long seq, Instant at, String who, String gate, int times, boolean ownBuild) {
        if (ownBuild && ownBuilds.add(who + " " + gate)) {
            found(Kind.SELF_APPROVAL_REFUSED, Set.of(who), seq);
        }
        List<Entry> bag = bag("refused " + who, new Entry(seq, at, who, gate, times), rules.refusalsWithin());
        if (bag.stream().mapToInt(Entry::times).sum() >= rules.refusals()) {
            found(Kind.REFUSED_ATTEMPTS, Set.of(who), seq);
            bag.clear();
        }
    }

    void bypassed(long seq, Instant at, String who, String environment) {
        Entry entry = new Entry(seq, at, who, environment, 1);
        List<Entry> ofPerson = bag("bypassed by " + who, entry, rules.bypassesWithin());
        if (ofPerson.size() >= rules.bypasses()) {
            found(Kind.REPEATED_BYPASS, Set.of(who), seq);
            ofPerson.clear();
        }
        List<Entry> ofEnvironment = bag("bypassed at " + environment, entry, rules.bypassesWithin());
        Set<String> people = new TreeSet<>();
        ofEnvironment.forEach(one -> people.add(one.who()));
        if (ofEnvironment.size() >= rules.bypasses() && people.size() > 1) {
            found(Kind.REPEATED_BYPASS, people, seq);
            ofEnvironment.clear();
        }
    }

    /** @param approvers whose approvals were in effect */
    void opened(long seq, Instant at, String requester, List<String> approvers, String build) {
        for (String approver : approvers) {
            if (approver.equals(requester)) {
                continue;
            }
            String pair = "pair " + new TreeSet<>(Set.of(approver, requester));
            List<Entry> bag = bag(pair, new Entry(seq, at, approver, build, 1), rules.mutualWithin());
            long there = bag.stream().filter(e -> e.who().equals(approver)).map(Entry::what).distinct().count();
            long back = bag.stream().filter(e -> e.who().equals(requester)).map(Entry::what).distinct().count();
            if (there >= rules.mutualApprovals() && back >= rules.mutualApprovals()) {
                found(Kind.MUTUAL_APPROVAL, Set.of(approver, requester), seq);
                bag.clear();
            }
        }
    }

    void approved(long seq, Instant at, String who, Instant requestedAt, boolean looked) {
        if (!looked || at.isBefore(requestedAt.plus(rules.rubberStamp()))) {
            found(Kind.RUBBER_STAMP, Set.of(who), seq);
        }
    }
}
