package io.jenkins.plugins.approvalgate.engine.docs;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes a whole configuration of a block of YAML that shows a part of one, by what stands at its outermost level:
 *
 * <ul>
 *   <li>{@code unclassified:} and others of Jenkins' own: it is whole;
 *   <li>{@code environments:} and what else stands below {@code approvalGate:} goes there;
 *   <li>{@code approvers:}, {@code checks:} and what else an environment has goes into an environment, which gets a name and
 *       an approver if it has none;
 *   <li>a list of environments, of approvers or of checks goes into the list of that name.
 * </ul>
 *
 * Anything else is no configuration, and has to be marked as another language.
 */
public final class WholeYaml {

    private static final Pattern KEY = Pattern.compile("(?m)^(- )?([A-Za-z]+):");
    private static final Set<String> OF_JENKINS = Set.of("credentials", "jenkins", "security", "unclassified");
    private static final Set<String> OF_OURS = Set.of("approverGroups", "audit", "environments", "webhooks");
    private static final Set<String> OF_AN_ENVIRONMENT = Set.of(
            "administrators", "approvers", "checklist", "checks", "commentRequired", "description", "escalateAfter", "escalateTo",
            "instructions", "lock", "minimumApprovals", "name", "order", "reassignTo", "remindBefore", "requesterMayApprove",
            "sla", "timeout");

    private WholeYaml() {}

    /** @throws AssertionError naming the block, if it is no configuration */
    public static String of(Documents.Block block) {
        Set<String> keys = new TreeSet<>();
        boolean list = false;
        for (Matcher key = KEY.matcher(block.text()); key.find(); ) {
            list |= key.group(1) != null;
            keys.add(key.group(2));
        }
        String text = block.text();
        if (!list && OF_JENKINS.containsAll(keys)) {
            return text;
        }
        if (!list && OF_OURS.containsAll(keys)) {
            return ours(text);
        }
        if (!list && OF_AN_ENVIRONMENT.containsAll(keys)) {
            return ours(environment(text, keys));
        }
        if (list && keys.equals(Set.of("name"))) {
            return ours("environments:\n" + text.indent(2));
        }
        if (list && Set.of("user", "group").containsAll(keys)) {
            return ours(environment("approvers:\n" + text.indent(2), Set.of("approvers")));
        }
        if (list && !keys.isEmpty()) {
            return ours(environment("checks:\n" + text.indent(2), Set.of("checks")));
        }
        throw new AssertionError(block + ": is it configuration? It has " + keys + " at its outermost level.");
    }

    private static String ours(String text) {
        return "unclassified:\n  approvalGate:\n" + text.indent(4);
    }

    private static String environment(String text, Set<String> keys) {
        String name = keys.contains("name") ? "" : "name: \"documented\"\n";
        String approvers = keys.contains("approvers") ? "" : "approvers: [{user: \"alice\"}]\n";
        return "environments:\n  -\n" + (name + approvers + text).indent(4);
    }
}
