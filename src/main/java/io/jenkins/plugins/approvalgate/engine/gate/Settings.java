package io.jenkins.plugins.approvalgate.engine.gate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;

/** All that an administrator configures: the environments, the approver groups of our own, who is called, and the audit. */
public record Settings(
        List<Environment> environments, List<ApproverGroup> approverGroups, List<Webhook> webhooks, AuditSettings audit) {

    public static final Settings EMPTY = new Settings(List.of(), List.of());

    /** Each has a thread of its own. */
    private static final int MOST_WEBHOOKS = 50;

    /** Those that call nobody. */
    public Settings(List<Environment> environments, List<ApproverGroup> approverGroups) {
        this(environments, approverGroups, List.of());
    }

    /** Those of an audit as usual. */
    public Settings(List<Environment> environments, List<ApproverGroup> approverGroups, List<Webhook> webhooks) {
        this(environments, approverGroups, webhooks, AuditSettings.USUAL);
    }

    public Settings {
        webhooks = List.copyOf(webhooks);
        environments = List.copyOf(environments);
        approverGroups = List.copyOf(approverGroups);
    }

    /**
     * Something that does not fit together, although each part is well formed.
     *
     * @param path where it stands, in the words of the YAML: {@code environments[2].approvers}
     */
    public record Problem(String path, String message) {}

    /**
     * What does not fit together; none if all does.
     *
     * @param same whether two ids mean the same person
     */
    public List<Problem> problems(BiPredicate<String, String> same) {
        List<Problem> problems = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < approverGroups.size(); i++) {
            if (!names.add(approverGroups.get(i).name())) {
                problems.add(new Problem(
                        "approverGroups[" + i + "].name",
                        "there is already a group \"" + approverGroups.get(i).name() + "\""));
            }
        }
        names.clear();
        for (int i = 0; i < environments.size(); i++) {
            Environment environment = environments.get(i);
            String path = "environments[" + i + "]";
            if (!names.add(environment.name())) {
                problems.add(new Problem(
                        path + ".name", "there is already an environment \"" + environment.name() + "\""));
            }
            Feasibility.whyNever(environment.policy(), approverGroups, same)
                    .ifPresent(why -> problems.add(
                            new Problem(path + ".approvers", "nobody could ever open the gate: " + why)));
        }
        webhookProblems(names, problems);
        return problems;
    }

    private void webhookProblems(Set<String> environmentNames, List<Problem> problems) {
        if (webhooks.size() > MOST_WEBHOOKS) {
            problems.add(new Problem("webhooks", "there are more than " + MOST_WEBHOOKS));
        }
        Set<Webhook> seen = new HashSet<>();
        for (int i = 0; i < webhooks.size(); i++) {
            Webhook webhook = webhooks.get(i);
            String path = "webhooks[" + i + "]";
            if (!seen.add(webhook)) {
                problems.add(new Problem(path, "there is already a webhook that is the same in everything"));
            }
            webhook.environments().stream()
                    .filter(name -> !environmentNames.contains(name))
                    .forEach(name -> problems.add(
                            new Problem(path + ".environments", "there is no environment \"" + name + "\"")));
        }
    }
}
