package io.jenkins.plugins.approvalgate.host;

import hudson.model.User;
import hudson.security.GroupDetails;
import hudson.security.SecurityRealm;
import hudson.security.UserMayOrMayNotExistException2;
import io.jenkins.plugins.approvalgate.engine.Realm;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.IdStrategy;
import jenkins.model.Jenkins;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.userdetails.UsernameNotFoundException;

/** The security realm's users and groups. */
public final class JenkinsRealm implements Realm {

    private static final Logger LOGGER = Logger.getLogger(JenkinsRealm.class.getName());

    @Override
    public boolean same(String userId, String otherUserId) {
        return same(Jenkins.get().getSecurityRealm().getUserIdStrategy(), userId, otherUserId);
    }

    /**
     * What the strategy compares is not always what it keeps apart: the usual one takes {@code alice} with a dotless i for
     * {@code alice} ({@link String#equalsIgnoreCase}), but keeps two users of these names. Only who is one in both is one.
     */
    private static boolean same(IdStrategy strategy, String id, String other) {
        return strategy.equals(id, other) && strategy.keyFor(id).equals(strategy.keyFor(other));
    }

    /**
     * Asks the realm for the user's groups as they are now. A realm that cannot look a user up (OpenID Connect, SAML)
     * counts with the groups that it named at the user's last login, which Jenkins keeps.
     */
    @Override
    public boolean inGroup(String userId, String group) {
        User user = User.getById(userId, false);
        if (user == null) {
            return false;
        }
        IdStrategy groups = Jenkins.get().getSecurityRealm().getGroupIdStrategy();
        try {
            return user.impersonate2().getAuthorities().stream()
                    .anyMatch(authority -> same(groups, authority.getAuthority(), group));
        } catch (AuthenticationException unknown) {
            LOGGER.log(Level.FINE, unknown, () -> "The realm does not know " + userId);
            return false;
        }
    }

    @Override
    public Optional<List<String>> members(String group) {
        try {
            GroupDetails details = Jenkins.get().getSecurityRealm().loadGroupByGroupname2(group, true);
            Set<String> members = details == null ? null : details.getMembers();
            return Optional.ofNullable(members).map(ids -> ids.stream().sorted().toList());
        } catch (AuthenticationException cannotSay) {
            LOGGER.log(Level.FINE, cannotSay, () -> "The realm cannot list group " + group);
            return Optional.empty();
        }
    }

    /** Whether the realm knows the user; empty where it cannot say. May be slow. */
    public static Optional<Boolean> knowsUser(String userId) {
        return knows(realm -> realm.loadUserByUsername2(userId));
    }

    /** Whether the realm knows the group; empty where it cannot say. May be slow. */
    public static Optional<Boolean> knowsGroup(String group) {
        return knows(realm -> realm.loadGroupByGroupname2(group, false));
    }

    private static Optional<Boolean> knows(Consumer<SecurityRealm> lookUp) {
        try {
            lookUp.accept(Jenkins.get().getSecurityRealm());
            return Optional.of(true);
        } catch (UserMayOrMayNotExistException2 cannotSay) {
            return Optional.empty();
        } catch (UsernameNotFoundException unknown) {
            return Optional.of(false);
        } catch (AuthenticationException unreachable) {
            LOGGER.log(Level.FINE, "The realm cannot be asked", unreachable);
            return Optional.empty();
        }
    }
}
