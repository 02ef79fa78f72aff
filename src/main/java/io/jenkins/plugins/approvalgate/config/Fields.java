package io.jenkins.plugins.approvalgate.config;

import hudson.util.FormValidation;
import io.jenkins.plugins.approvalgate.host.ApprovalPermissions;
import io.jenkins.plugins.approvalgate.host.JenkinsRealm;
import io.jenkins.plugins.approvalgate.host.SettingsSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import jenkins.model.Jenkins;

/** Validation of the form's fields, with the engine's own rules. Answers nobody who may not configure. */
final class Fields {

    private Fields() {}

    /** Something that may find a value impossible. */
    @FunctionalInterface
    interface Check {
        /** @throws IllegalArgumentException with a message for the administrator */
        FormValidation run();
    }

    /** What {@code check} finds, for those who may configure; who may not learns nothing of users and groups. */
    static FormValidation check(Check check) {
        if (!Jenkins.get().hasPermission(ApprovalPermissions.CONFIGURE)) {
            return FormValidation.ok();
        }
        try {
            return check.run();
        } catch (IllegalArgumentException impossible) {
            return FormValidation.error(impossible.getMessage());
        }
    }

    /** A user's id: an unknown one is a warning, because the realm may come to know it later. */
    static FormValidation user(String id) {
        if (id.isBlank()) {
            return FormValidation.error(Messages.Fields_required());
        }
        return JenkinsRealm.knowsUser(id.strip()).orElse(true)
                ? FormValidation.ok()
                : FormValidation.warning(Messages.Fields_unknownUser(id.strip()));
    }

    /** A group's name: one of our own, or one that the realm may know. */
    static FormValidation group(String name) {
        if (name.isBlank()) {
            return FormValidation.error(Messages.Fields_required());
        }
        boolean own = SettingsSource.current().approverGroups().stream()
                .anyMatch(group -> group.name().equals(name.strip()));
        return own ? FormValidation.ok(Messages.Fields_ownGroup()) : realmGroup(name.strip());
    }

    /** The name of a group of the realm. */
    static FormValidation realmGroup(String name) {
        return JenkinsRealm.knowsGroup(name)
                .map(known -> known
                        ? FormValidation.ok(Messages.Fields_realmGroup())
                        : FormValidation.warning(Messages.Fields_unknownGroup(name)))
                .orElseGet(() -> FormValidation.warning(Messages.Fields_uncheckedGroup(name)));
    }

    /** What {@code check} finds of any of the lines. */
    static FormValidation each(List<String> lines, Function<String, FormValidation> check) {
        List<FormValidation> found = new ArrayList<>();
        for (String line : lines) {
            FormValidation result = check.apply(line);
            if (result.kind != FormValidation.Kind.OK) {
                found.add(result);
            }
        }
        return found.isEmpty() ? FormValidation.ok() : FormValidation.aggregate(found);
    }
}
