package io.jenkins.plugins.approvalgate.host;

import hudson.ExtensionList;
import hudson.ExtensionPoint;
import io.jenkins.plugins.approvalgate.engine.check.CheckType;
import java.util.List;

/**
 * A kind of check that another plugin adds. The descriptor of its {@code ApprovalCheck} can implement this too, so that one
 * class has the form and the check; {@code docs/extending.md} has a complete example. Called by any thread.
 */
public interface CheckTypeExtension extends ExtensionPoint, CheckType {

    /** All that this Jenkins has. A kind of our own cannot be replaced by one of them. */
    static List<CheckType> all() {
        return List.copyOf(ExtensionList.lookup(CheckTypeExtension.class));
    }
}
