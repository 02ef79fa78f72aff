package io.jenkins.plugins.approvalgate.config;

import hudson.util.FormValidation;
import io.jenkins.plugins.approvalgate.host.ApprovalPermissions;
import io.jenkins.plugins.approvalgate.host.EnvironmentAdministrators;
import io.jenkins.plugins.approvalgate.host.JenkinsRealm;
import io.jenkins.plugins.approvalgate.host.SettingsSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import jenkins.model.Jenkins;

/** Validation of the forms' fields, with the engine's own rules. Answers nobody who may configure nothing. */
final class Fields {

    private static final Pattern VERB = Pattern.compile("(is|has|can|cannot|must|ends|stands) ");

    private Fields() {}

    /** Something that may find a value impossible. */
    @FunctionalInterface
    interface Check {
        /** @throws IllegalArgumentException with a message for the administrator */
        FormValidation run();
    }

    /** What {@code check} finds, for those who may configure an environment; who may not learns nothing of users and groups. */
    static FormValidation check(Check check) {
        if (!Jenkins.get().hasPermission(ApprovalPermissions.CONFIGURE) && !EnvironmentAdministrators.includeCurrentUser()) {
            return FormValidation.ok();
        }
        try {
            return check.run();
        } catch (IllegalArgumentException impossible) {
            return FormValidation.error(impossible.getMessage());
        }
    }

    /** What the engine says of {@code field}, whatever may be wrong with the others; it names a field before a colon. */
    static FormValidation of(String field, Supplier<?> meaning) {
        try {
            meaning.get();
            return FormValidation.ok();
        } catch (IllegalArgumentException wrong) {
            String told = wrong.getMessage();
            return told.startsWith(field + ": ")
                    ? FormValidation.error(sentence(told.substring(field.length() + 2)))
                    : FormValidation.ok();
        }
    }

    /** The engine's words go on after the setting's name, which the form has above the field. */
    static String sentence(String told) {
        return VERB.matcher(told).lookingAt() ? Messages.Fields_this(told) : told;
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
