package io.jenkins.plugins.approvalgate.host.mail;

import hudson.Extension;
import hudson.XmlFile;
import hudson.model.Saveable;
import hudson.model.User;
import hudson.model.UserProperty;
import hudson.model.UserPropertyDescriptor;
import hudson.model.listeners.SaveableListener;
import hudson.model.userproperty.UserPropertyCategory;
import hudson.scm.ChangeLogSet;
import hudson.tasks.Mailer;
import java.io.IOException;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerRequest2;

/**
 * Remembers with a user that the mail address in their profile was taken from a commit, and so may be anybody's: the Git plugin
 * does so for users who have none, with the address that stands beside their name. Forgotten when the address changes, or when
 * somebody who may do so saves the user's settings.
 */
public final class CommitAddress extends UserProperty {

    private static final Logger LOGGER = Logger.getLogger(CommitAddress.class.getName());

    private final String address;

    CommitAddress(String address) {
        this.address = address;
    }

    /** Whether {@code address} is known to have come from a commit. */
    static boolean isOf(User user, String address) {
        CommitAddress known = user.getProperty(CommitAddress.class);
        return known != null && address.equals(known.address);
    }

    /** Not to be seen anywhere. */
    @Extension
    public static final class DescriptorImpl extends UserPropertyDescriptor {
        @Override
        public UserProperty newInstance(User user) {
            return new CommitAddress(null);
        }

        @Override
        public UserPropertyCategory getUserPropertyCategory() {
            return UserPropertyCategory.get(UserPropertyCategory.Invisible.class);
        }
    }

    /** Sees who puts an address into a profile. */
    @Extension
    public static final class Taker extends SaveableListener {
        private static final StackWalker STACK = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

        @Override
        public void onChange(Saveable changed, XmlFile file) {
            if (changed instanceof User user) {
                String address = Optional.ofNullable(user.getProperty(Mailer.UserProperty.class))
                        .map(Mailer.UserProperty::getExplicitlyConfiguredAddress)
                        .orElse(null);
                if (address != null && !isOf(user, address) && comesFromCommit()) {
                    keep(user, address);
                } else if (address != null && isOf(user, address) && isSavedByHand()) {
                    keep(user, null);
                }
            }
        }

        private static boolean comesFromCommit() {
            return STACK.walk(frames -> frames.anyMatch(
                    frame -> ChangeLogSet.Entry.class.isAssignableFrom(frame.getDeclaringClass())));
        }

        /** Jenkins has the settings of a user changed below the user's own address alone, by those who may. */
        private static boolean isSavedByHand() {
            StaplerRequest2 request = Stapler.getCurrentRequest2();
            return request != null
                    && request.getMethod().equals("POST")
                    && request.findAncestorObject(User.class) != null
                    && !comesFromCommit();
        }

        /** Saves the user, which comes back to here and finds it done. */
        private static void keep(User user, String address) {
            try {
                user.addProperty(new CommitAddress(address));
            } catch (IOException full) {
                LOGGER.log(Level.WARNING, full, () -> "It is not kept where the address of " + user.getId() + " comes from");
            }
        }
    }
}
