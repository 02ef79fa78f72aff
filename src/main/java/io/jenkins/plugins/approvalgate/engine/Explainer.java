package io.jenkins.plugins.approvalgate.engine;

import static java.util.regex.Matcher.quoteReplacement;

import io.jenkins.plugins.approvalgate.engine.check.Check;
import io.jenkins.plugins.approvalgate.engine.check.Subject;
import io.jenkins.plugins.approvalgate.engine.gate.CheckResult;
import io.jenkins.plugins.approvalgate.engine.gate.CheckResult.Verdict;
import io.jenkins.plugins.approvalgate.engine.gate.CheckSpec;
import io.jenkins.plugins.approvalgate.engine.gate.Conditions;
import io.jenkins.plugins.approvalgate.engine.gate.Environment;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.GateEvent;
import io.jenkins.plugins.approvalgate.engine.gate.GateRequest;
import io.jenkins.plugins.approvalgate.engine.gate.GateRules;
import io.jenkins.plugins.approvalgate.engine.gate.Recorded;
import io.jenkins.plugins.approvalgate.engine.gate.Standing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What would happen to a build that asked to pass, and why: the same checks and rules as for a real gate, over one that is
 * only imagined. Writes nothing, tells nobody, and asks nobody outside unless it is told to.
 */
public final class Explainer {

    private static final long SECONDS_FOR_CHECKS = 60;

    /**
     * What one check would say.
     *
     * @param result empty if it was not run, for the reason given
     */
    public record Row(CheckSpec spec, Optional<CheckResult> result, String reason) {
        Row(CheckSpec spec, CheckResult result) {
            this(spec, Optional.of(result), result.reason());
        }
    }

    /** What the checks together come to; people apart. */
    public enum Outlook {
        /** Nothing but the approvals is needed. */
        OPEN,
        /** It would wait, whoever approves. */
        WAIT,
        /** The gate would be closed at once. */
        REFUSED
    }

    /**
     * The answer.
     *
     * @param sentence the same in words
     * @param mayDecide whether the user asked about could approve
     * @param whyDecide a sentence on that
     * @param changesAt when the first of the checks would say something else; empty if none ever would by itself
     */
    public record Explanation(
            Outlook outlook,
            String sentence,
            List<Row> checks,
            boolean mayDecide,
            String whyDecide,
            Optional<Instant> changesAt) {}

    private final GateKeeper keeper;
    private final Directory directory;

    public Explainer(GateKeeper keeper, Host host) {
        this.keeper = keeper;
        directory = new Directory(host.approverGroups(), host.realm());
    }

    /**
     * Explains what {@code request} would meet at {@code environment}.
     *
     * @param user who would try to approve; empty to leave that out
     * @param at when it would ask
     * @param askOthers whether the checks that ask others are run; then this may take a minute
     */
    public Explanation explain(
            Environment environment, GateRequest request, String user, Instant at, boolean askOthers) {
        Gate gate = Gate.open("explain", new Recorded(0, GateEvent.Requested.of(request, environment, at)));
        List<Row> rows = rows(gate, at, askOthers);
        Conditions conditions = new Conditions(
                rows.stream().map(row -> row.result().orElse(CheckResult.pass(row.reason()))).toList(),
                Optional.empty(),
                Optional.empty());
        Outlook outlook = outlook(rows);
        Optional<String> whyNot = whyNotDecide(gate, user, outlook, conditions, at);
        return new Explanation(
                outlook,
                sentence(outlook, gate, conditions),
                rows,
                whyNot.isEmpty(),
                whyNot.orElseGet(() -> whyDecide(gate, user)),
                // What refuses looks at the build alone, and no time changes that.
                conditions.changeAfter(at).filter(change -> outlook != Outlook.REFUSED));
    }

    private List<Row> rows(Gate gate, Instant at, boolean askOthers) {
        List<CheckSpec> specs = gate.requested().checks();
        List<Future<CheckResult>> asked = new ArrayList<>();
        for (int i = 0; i < specs.size(); i++) {
            Optional<Check> check = keeper.check(specs.get(i));
            boolean asks = askOthers && check.isPresent() && check.get() instanceof Check.Asking;
            asked.add(asks ? keeper.askOnce(specs.get(i), (Check.Asking) check.get(), subject(gate, i)) : null);
        }
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_FOR_CHECKS);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < specs.size(); i++) {
            rows.add(asked.get(i) != null
                    ? new Row(specs.get(i), await(asked.get(i), end))
                    : row(specs.get(i), subject(gate, i), at));
        }
        return rows;
    }

    private static Subject subject(Gate gate, int index) {
        return Checks.subject(gate, index);
    }

    private Row row(CheckSpec spec, Subject subject, Instant at) {
        Optional<Check> check = keeper.check(spec);
        if (check.isEmpty()) {
            return new Row(spec, Checks.unusable(spec));
        }
        if (check.get() instanceof Check.OfRequest ofRequest) {
            Optional<String> missing = ofRequest.needsBuild(subject.request());
            if (missing.isPresent()) {
                return new Row(spec, Optional.empty(), missing.get());
            }
        }
        return Checks.evaluate(check.get(), subject, at)
                .map(result -> new Row(spec, result))
                .orElseGet(() -> new Row(spec, Optional.empty(), "It asks others, and was not run for this."));
    }

    /** @param end by {@link System#nanoTime()}; the same for all checks of one explanation */
    private static CheckResult await(Future<CheckResult> asked, long end) {
        try {
            return asked.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException tooLong) {
            return CheckResult.waiting("No answer within a minute.");
        } catch (ExecutionException failed) {
            return CheckResult.waiting("The check itself failed.");
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return CheckResult.waiting("The question was broken off.");
        }
    }

    private static Outlook outlook(List<Row> rows) {
        List<Verdict> verdicts =
                rows.stream().flatMap(row -> row.result().stream()).map(CheckResult::verdict).toList();
        if (verdicts.contains(Verdict.FAIL)) {
            return Outlook.REFUSED;
        }
        return verdicts.contains(Verdict.WAIT) ? Outlook.WAIT : Outlook.OPEN;
    }

    private static String sentence(Outlook outlook, Gate gate, Conditions conditions) {
        String approvals = String.join(", and ", gate.tally().missing());
        boolean byCheck = conditions.checks().stream().anyMatch(result -> result.verdict() == Verdict.APPROVE);
        return switch (outlook) {
            case REFUSED -> "It would be refused at once. " + reasons(conditions, Verdict.FAIL);
            case WAIT -> "It would wait, however many approve. " + reasons(conditions, Verdict.WAIT);
            case OPEN -> byCheck
                    ? "It would open at once, approved by a check."
                    : "It would open with " + approvals + ".";
        };
    }

    private static String reasons(Conditions conditions, Verdict verdict) {
        return String.join(
                " ",
                conditions.checks().stream()
                        .filter(result -> result.verdict() == verdict)
                        .map(CheckResult::reason)
                        .toList());
    }

    private Optional<String> whyNotDecide(
            Gate gate, String user, Outlook outlook, Conditions conditions, Instant at) {
        if (user.isEmpty()) {
            return Optional.of("No user was named.");
        }
        if (outlook == Outlook.REFUSED) {
            return Optional.of("There would be nothing to decide: the gate would be closed at once.");
        }
        return GateRules.whyNotApprove(gate, Standing.of(gate, user, directory), conditions, at)
                .map(reason -> reason.replaceFirst("^You are not", quoteReplacement(user) + " is not")
                        .replaceFirst("^You started", quoteReplacement(user) + " started"));
    }

    private String whyDecide(Gate gate, String user) {
        String entries = String.join(
                ", ",
                Standing.of(gate, user, directory).entries().stream()
                        .sorted()
                        .map(entry -> gate.policy().approvers().get(entry).words())
                        .toList());
        boolean fourEyes = !gate.policy().requesterMayApprove() && gate.request().requesters().isEmpty();
        return user + " may approve, as " + entries + (fourEyes ? ", unless they started the build." : ".");
    }
}
