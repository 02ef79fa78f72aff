package io.jenkins.plugins.approvalgate.preview;

import java.io.IOException;
import java.util.Map;

/** What somebody wants to have run. */
record RunOrder(String branch, String user, Map<String, String> metrics) {

    private static final int LONGEST_BRANCH = 200;

    static RunOrder read(Call call, Accounts accounts) throws IOException, Refused {
        Fields fields = Fields.read(call, "pipeline", "branch", "user", "metrics");
        if (!fields.text("pipeline").equals(Pipeline.NAME)) {
            throw Refused.invalid("\"pipeline\" has to be \"" + Pipeline.NAME + "\": there is no other.");
        }
        return new RunOrder(
                branch(fields.text("branch")),
                user(fields.text("user"), accounts),
                fields.numbers("metrics").orElseGet(Pipeline::metrics));
    }

    private static String branch(String branch) throws Refused {
        if (branch.isBlank() || branch.length() > LONGEST_BRANCH || branch.chars().anyMatch(Character::isISOControl)) {
            throw Refused.invalid("\"branch\" has to be the name of a branch, such as "
                    + String.join(", ", Pipeline.BRANCHES) + ", of at most " + LONGEST_BRANCH + " characters.");
        }
        return branch;
    }

    private static String user(String user, Accounts accounts) throws Refused {
        Accounts.Account account = accounts.find(user)
                .orElseThrow(() -> Refused.invalid("\"user\" has to be one of the accounts, such as developer-1."));
        if (!account.readsJobs()) {
            throw new Refused(403, "forbidden", account.id() + " sees no job, so cannot start one.");
        }
        return account.id();
    }
}
