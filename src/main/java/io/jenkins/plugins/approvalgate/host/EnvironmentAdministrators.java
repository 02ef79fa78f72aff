package io.jenkins.plugins.approvalgate.host;

import hudson.model.User;
import io.jenkins.plugins.approvalgate.engine.Directory;
import io.jenkins.plugins.approvalgate.engine.gate.Environment;
import io.jenkins.plugins.approvalgate.engine.gate.Settings;

/** Who may change an environment without the permission to configure all of them. Asks the realm: may be slow. */
public final class EnvironmentAdministrators {

    /** Below which address each environment has a page of its own for them, relative to Jenkins' root. */
    public static final String PAGES = "approval-environments";

    private EnvironmentAdministrators() {}

    /** Whether the current user is one of the environment's own administrators. */
    public static boolean includeCurrentUser(Environment environment) {
        User user = User.current();
        return user != null
                && !environment.administrators().isEmpty()
                && directory().administers(user.getId(), environment);
    }

    /** Whether the current user is one of any environment. */
    public static boolean includeCurrentUser() {
        User user = User.current();
        Settings settings = SettingsSource.current();
        Directory directory = directory();
        return user != null
                && settings.environments().stream()
                        .anyMatch(environment -> directory.administers(user.getId(), environment));
    }

    private static Directory directory() {
        return new Directory(SettingsSource.current().approverGroups(), new JenkinsRealm());
    }
}
