package io.jenkins.plugins.approvalgate.preview.migrate;

import io.jenkins.plugins.approvalgate.preview.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Branch control: the task {@code evaluatebranchProtection} with the inputs {@code allowedBranches}, {@code
 * ensureProtectionOfBranch} and {@code allowUnknownStatusBranch} ({@code resource_check_branch_control.go}). {@code
 * approvals.md}: names are fully qualified, {@code refs/heads/…}; {@code *} alone is any branch.
 */
final class BranchRule {

    private static final String BRANCHES = "refs/heads/";
    private static final String TAGS = "refs/tags/";

    private BranchRule() {}

    static void add(AzureCheck check, Draft draft) throws Place.Misfit {
        Place inputs = check.settings().get("inputs").requireObject();
        if (Json.flag(inputs.get("ensureProtectionOfBranch"), false)) {
            draft.shut(check, "it wants the branch to be protected, which is not asked here; protect the allowed branches where"
                    + " they are kept");
        }
        List<String> allowed = new ArrayList<>();
        for (String written : Json.textIfGiven(inputs.get("allowedBranches")).split(",")) {
            if (!written.isBlank()) {
                add(written.strip(), allowed, check, draft);
            }
        }
        if (allowed.isEmpty()) {
            draft.shut(check, "it lets no branch through that could be named here; name them in a branchControl");
            return;
        }
        draft.check(check, "branchControl", Map.of("allowed", allowed));
    }

    private static void add(String written, List<String> allowed, AzureCheck check, Draft draft) {
        if (written.equals("*")) {
            allowed.add("**");
        } else if (!isName(written)) {
            draft.remark(check, Words.quoted(written) + " is left out: it is no full name of a branch, " + BRANCHES + "…");
        } else {
            allowed.add(pattern(written));
            if (written.contains("*")) {
                draft.remark(check, "* in " + Words.quoted(written) + " stands for a part without a slash here; write ** for any");
            }
        }
    }

    /** What Git takes for the name of a branch or tag (git-check-ref-format), but for asterisks; those one by one. */
    private static boolean isName(String written) {
        return (written.startsWith(BRANCHES) || written.startsWith(TAGS))
                && !written.endsWith("/")
                && !written.contains("**")
                && written.codePoints().noneMatch(point -> point <= ' ' || point == 0x7F || "?[\\~^:\"".indexOf(point) >= 0);
    }

    /** Without {@code refs/heads/}, unless what is left could be taken for a pattern of something else. */
    private static String pattern(String written) {
        String branch = written.startsWith(BRANCHES) ? written.substring(BRANCHES.length()) : written;
        return branch.matches("(?s)(refs/|[PM]R-|\\*).*") ? written : branch;
    }
}
