package io.jenkins.plugins.approvalgate.host.mail;

import hudson.Util;
import hudson.model.Run;
import hudson.model.User;
import hudson.tasks.MailAddressResolver;
import hudson.tasks.Mailer;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.notice.mail.MailPeople;
import io.jenkins.plugins.approvalgate.host.Builds;
import io.jenkins.plugins.approvalgate.host.JenkinsRealm;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jenkins.model.JenkinsLocationConfiguration;
import jenkins.scm.RunWithSCM;
import jenkins.security.LastGrantedAuthoritiesProperty;

/**
 * This Jenkins' users and their addresses: the one in their profile, the one that a resolver knows (of the security realm,
 * say), or their id with the default suffix.
 *
 * <p>The names and addresses in commits are what their authors wrote there, so they count for nothing. Jenkins makes users of
 * them, who are not asked for; and the Git plugin puts the address of a commit into the profile of the user whose name stands
 * beside it, which {@link CommitAddress} remembers.
 */
public final class MailerPeople implements MailPeople {

    private static final Logger LOGGER = Logger.getLogger(MailerPeople.class.getName());
    private static final Pattern ADDRESS = Pattern.compile("[^\\s@,;<>()\"\\\\\\p{Cntrl}]+@[^\\s@,;<>()\"\\\\\\p{Cntrl}]+");

    @Override
    public Optional<String> addressOf(String id) {
        Optional<Boolean> known = JenkinsRealm.knowsUser(id);
        if (known.isPresent() && !known.get()) {
            return Optional.empty();
        }
        User user = User.getById(id, known.isPresent());
        return user == null ? Optional.empty() : address(user);
    }

    private static Optional<String> address(User user) {
        return profile(user).or(() -> resolved(user)).or(() -> byDefault(user)).filter(MailerPeople::isOne);
    }

    /** What users, or administrators for them, have put into their profile. */
    private static Optional<String> profile(User user) {
        return Optional.ofNullable(user.getProperty(Mailer.UserProperty.class))
                .map(Mailer.UserProperty::getExplicitlyConfiguredAddress)
                .filter(address -> !CommitAddress.isOf(user, address));
    }

    private static Optional<String> resolved(User user) {
        for (MailAddressResolver resolver : MailAddressResolver.all()) {
            try {
                String address = resolver.findMailAddressFor(user);
                if (address != null) {
                    return Optional.of(address.strip());
                }
            } catch (RuntimeException failed) {
                LOGGER.log(Level.WARNING, failed, () -> resolver.getClass() + " cannot look for the address of " + user.getId());
            }
        }
        return Optional.empty();
    }

    private static Optional<String> byDefault(User user) {
        String suffix = Util.fixEmptyAndTrim(Mailer.descriptor().getDefaultSuffix());
        if (isOne(user.getId())) {
            return Optional.of(user.getId());
        }
        return suffix == null ? Optional.empty() : Optional.of(user.getId() + suffix);
    }

    private static boolean isOne(String address) {
        return address.length() <= 254 && ADDRESS.matcher(address).matches();
    }

    /**
     * {@inheritDoc}
     *
     * <p>Those alone whom the security realm knows, or who have logged in where it cannot say; and of those with an address in
     * their profile, where one from a commit may stand since before this plugin was here, those whose address has the domain of
     * the default suffix or of the administrator's address.
     */
    @Override
    public List<String> culprits(Gate gate) {
        return Builds.find(gate.request()).map(MailerPeople::culprits).orElse(List.of());
    }

    private static List<String> culprits(Run<?, ?> build) {
        Stream<User> culprits =
                build instanceof RunWithSCM<?, ?> withChanges ? withChanges.getCulprits().stream() : Stream.of();
        return culprits.filter(MailerPeople::isRealUser)
                .filter(user -> profile(user).filter(address -> !isOurs(address)).isEmpty())
                .map(User::getId)
                .sorted()
                .toList();
    }

    private static boolean isRealUser(User user) {
        return JenkinsRealm.knowsUser(user.getId())
                .orElseGet(() -> user.getProperty(LastGrantedAuthoritiesProperty.class) != null);
    }

    private static boolean isOurs(String address) {
        String domain = domain(address);
        return Stream.of(
                        Optional.ofNullable(Mailer.descriptor().getDefaultSuffix()).orElse(""),
                        JenkinsLocationConfiguration.get().getAdminAddress())
                .map(MailerPeople::domain)
                .anyMatch(ours -> !ours.isEmpty() && ours.equals(domain));
    }

    /** In lower case; empty if there is none. */
    private static String domain(String address) {
        int at = address.lastIndexOf('@');
        return at < 0 ? "" : address.substring(at + 1).replace(">", "").strip().toLowerCase(Locale.ROOT);
    }
}
