package io.jenkins.plugins.approvalgate.engine.check;

import io.jenkins.plugins.approvalgate.engine.gate.CheckResult;
import io.jenkins.plugins.approvalgate.engine.gate.GateRequest;
import java.util.List;
import java.util.Optional;

/**
 * Only builds of certain jobs, by patterns over their full names ({@code team/app/main}). An exclusion beats whatever is
 * allowed.
 *
 * @param allowed at least one
 */
record AllowedJobs(List<Glob> allowed, List<Glob> excluded) implements Check.OfRequest {

    AllowedJobs {
        allowed = List.copyOf(allowed);
        excluded = List.copyOf(excluded);
    }

    static AllowedJobs of(Options options) {
        options.someTexts("allowed");
        return new AllowedJobs(patterns(options, "allowed"), patterns(options, "excluded"));
    }

    private static List<Glob> patterns(Options options, String setting) {
        return Names.patterns(options, setting).stream().map(Glob::of).toList();
    }

    @Override
    public String summary() {
        return "only jobs " + Shown.list(allowed) + (excluded.isEmpty() ? "" : ", not " + Shown.list(excluded));
    }

    @Override
    public CheckResult evaluate(Subject subject) {
        GateRequest request = subject.request();
        String job = request.job();
        String what = "Job " + Shown.text(job);
        Optional<String> odd = Names.oddity(job);
        if (odd.isPresent()) {
            return CheckResult.fail(what + " is not allowed anywhere, because its name cannot be trusted: " + odd.get() + ".");
        }
        Optional<Glob> out = first(excluded, job);
        if (out.isPresent()) {
            return CheckResult.fail(
                    what + " is not allowed here: " + request.environment() + " excludes " + Shown.text(out.get().toString()) + ".");
        }
        return first(allowed, job)
                .map(pattern -> CheckResult.pass(what + " is allowed here" + by(pattern, job) + "."))
                .orElseGet(() -> CheckResult.fail(what + " is not allowed here: " + request.environment() + " takes "
                        + Shown.list(allowed) + " only."));
    }

    private static Optional<Glob> first(List<Glob> patterns, String job) {
        return patterns.stream().filter(pattern -> pattern.matches(job)).findFirst();
    }

    private static String by(Glob pattern, String job) {
        return pattern.toString().equals(job) ? "" : " by the pattern " + Shown.text(pattern.toString());
    }
}
