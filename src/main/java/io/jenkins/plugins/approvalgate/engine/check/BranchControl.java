package io.jenkins.plugins.approvalgate.engine.check;

import io.jenkins.plugins.approvalgate.engine.gate.CheckResult;
import io.jenkins.plugins.approvalgate.engine.gate.GateRequest;
import io.jenkins.plugins.approvalgate.engine.gate.Origin.Head;
import java.util.List;
import java.util.Optional;

/**
 * Only builds of certain branches. An exclusion beats whatever is allowed. Pull requests and tags are not branches: they
 * pass only by patterns that are about them ({@link RefPattern}).
 *
 * @param allowed at least one
 */
record BranchControl(List<RefPattern> allowed, List<RefPattern> excluded) implements Check.OfRequest {

    BranchControl {
        allowed = List.copyOf(allowed);
        excluded = List.copyOf(excluded);
    }

    static BranchControl of(Options options) {
        options.someTexts("allowed");
        return new BranchControl(patterns(options, "allowed"), patterns(options, "excluded"));
    }

    private static List<RefPattern> patterns(Options options, String setting) {
        return Names.patterns(options, setting).stream().map(RefPattern::of).toList();
    }

    @Override
    public String summary() {
        return "only from " + Shown.list(allowed) + (excluded.isEmpty() ? "" : ", not from " + Shown.list(excluded));
    }

    @Override
    public CheckResult evaluate(Subject subject) {
        GateRequest request = subject.request();
        return request.origin()
                .head()
                .map(head -> evaluate(head, request.environment()))
                .orElseGet(() -> CheckResult.fail("It is not known which branch this build is of: " + request.environment()
                        + takes() + " Use a multibranch job, or a job that reads its Jenkinsfile from a repository."));
    }

    private CheckResult evaluate(Head head, String environment) {
        String what = Shown.sentence(new Head(head.kind(), Shown.text(head.name())).words());
        Optional<String> odd = Names.oddity(head.name());
        if (odd.isPresent()) {
            return CheckResult.fail(what + " is not allowed anywhere, because its name cannot be trusted: " + odd.get()
                    + ". Build it under another name.");
        }
        for (RefPattern pattern : excluded) {
            if (pattern.excludes(head)) {
                return CheckResult.fail(what + " is not allowed here: " + environment + " excludes "
                        + Shown.text(pattern.toString()) + ".");
            }
        }
        return allowed.stream()
                .filter(pattern -> pattern.allows(head))
                .findFirst()
                .map(pattern -> CheckResult.pass(what + " is allowed here" + by(pattern, head) + "."))
                .orElseGet(() -> CheckResult.fail(what + " is not allowed here: " + environment + takes() + otherKind(head)));
    }

    private String takes() {
        return " takes " + Shown.list(allowed) + " only.";
    }

    private static String by(RefPattern pattern, Head head) {
        return pattern.toString().equals(head.name()) ? "" : " by the pattern " + Shown.text(pattern.toString());
    }

    /** The hint for those who wonder why {@code **} does not take their tag. */
    private String otherKind(Head head) {
        if (allowed.stream().anyMatch(pattern -> pattern.concerns(head))) {
            return "";
        }
        return switch (head.kind()) {
            case BRANCH -> "";
            case PULL_REQUEST -> " None of these is a pattern for pull requests, as PR-* is.";
            case TAG -> " None of these is a pattern for tags, as refs/tags/* is.";
        };
    }
}
