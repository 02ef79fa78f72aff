package io.jenkins.plugins.approvalgate.engine.gate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;

/** All that an administrator configures: the environments, and the approver groups of our own. */
public record Settings(List<Environment> environments, List<ApproverGroup> approverGroups) {

    public static final Settings EMPTY = new Settings(List.of(), List.of());

    public Settings {
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
        return problems;
    }
}
