package io.jenkins.plugins.approvalgate.step;

import java.util.MissingResourceException;
import org.jvnet.localizer.ResourceBundleHolder;

/** The kinds of checks in people's words. */
final class CheckWords {

    private static final ResourceBundleHolder WORDS = ResourceBundleHolder.get(Messages.class);

    private CheckWords() {}

    /** {@code Branch control} for {@code branchControl}; a kind that another plugin brought as it is written. */
    static String of(String kind) {
        try {
            return WORDS.format("CheckWords." + kind);
        } catch (MissingResourceException another) {
            return kind;
        }
    }
}
