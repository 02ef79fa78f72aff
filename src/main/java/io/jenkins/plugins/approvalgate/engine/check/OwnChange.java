package io.jenkins.plugins.approvalgate.engine.check;

import io.jenkins.plugins.approvalgate.engine.gate.CheckSpec;
import io.jenkins.plugins.approvalgate.engine.gate.Environment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an environment's own administrators may change of it: everything but its name, who they are, and whom its checks ask.
 * A check that asks others carries an address and a credential; whoever could choose these could have the controller call
 * anybody, and send the credential there.
 */
public final class OwnChange {

    private OwnChange() {}

    /** Whether it asks others, or could: one that cannot be made now may do so again when its plugin is back. */
    public static boolean asksOthers(CheckTypes types, CheckSpec spec) {
        if (spec.settings().containsKey("credentials")) {
            return true;
        }
        try {
            return types.create(spec) instanceof Check.Asking;
        } catch (IllegalArgumentException cannotBeMeant) {
            return true;
        }
    }

    /** Why they may not change it so; empty if they may. */
    public static Optional<String> whyNot(CheckTypes types, Environment before, Environment after) {
        if (!before.name().equals(after.name())) {
            return Optional.of("The name of an environment can only be changed by those who may configure all environments.");
        }
        if (!before.administrators().equals(after.administrators())) {
            return Optional.of(
                    "The administrators of an environment can only be changed by those who may configure all environments.");
        }
        List<CheckSpec> there = new ArrayList<>(before.checks());
        for (int i = 0; i < after.checks().size(); i++) {
            CheckSpec check = after.checks().get(i);
            // In their order: what comes after one that stays is looked for behind it.
            int at = there.indexOf(check);
            if (at >= 0 && asksOthers(types, check)) {
                there = there.subList(at + 1, there.size());
            } else if (asksOthers(types, check)) {
                return Optional.of("checks[" + i + "]: a check that asks others (" + check.kind()
                        + ") can only be added or changed by those who may configure all environments."
                        + " Here it can stay as it is, or be taken out.");
            }
        }
        return Optional.empty();
    }
}
