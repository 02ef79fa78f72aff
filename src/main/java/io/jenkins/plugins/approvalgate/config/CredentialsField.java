package io.jenkins.plugins.approvalgate.config;

import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import hudson.security.ACL;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.approvalgate.host.ApprovalPermissions;
import io.jenkins.plugins.approvalgate.host.JenkinsSurroundings;
import java.util.List;
import jenkins.model.Jenkins;

/** A field for the id of a credential: a secret text, or a user's name and password, of the global scope. */
final class CredentialsField {

    private CredentialsField() {}

    /** What there is to choose from, for those who may configure; who may not sees the one that is chosen. */
    static ListBoxModel items(String current) {
        StandardListBoxModel items = new StandardListBoxModel();
        if (!Jenkins.get().hasPermission(ApprovalPermissions.CONFIGURE)) {
            return items.includeCurrentValue(current);
        }
        return items.includeEmptyValue()
                .includeMatchingAs(ACL.SYSTEM2, Jenkins.get(), StandardCredentials.class, List.of(), JenkinsSurroundings.USABLE)
                .includeCurrentValue(current);
    }

    /**
     * Whether there is such a credential, for those who may configure all environments: none is a warning, because it may be
     * added later.
     */
    static FormValidation check(String id) {
        if (!Jenkins.get().hasPermission(ApprovalPermissions.CONFIGURE)) {
            return FormValidation.ok();
        }
        return Fields.check(() -> id.isBlank() || known(id.strip())
                ? FormValidation.ok()
                : FormValidation.warning(Messages.CredentialsField_unknown(id.strip())));
    }

    private static boolean known(String id) {
        return !CredentialsProvider.listCredentialsInItemGroup(
                        StandardCredentials.class,
                        Jenkins.get(),
                        ACL.SYSTEM2,
                        List.of(),
                        CredentialsMatchers.allOf(JenkinsSurroundings.USABLE, CredentialsMatchers.withId(id)))
                .isEmpty();
    }
}
