package io.jenkins.plugins.approvalgate.config;

import hudson.ExtensionPoint;
import hudson.model.Describable;
import io.jenkins.plugins.approvalgate.engine.gate.CheckSpec;

/**
 * A check as it is written in an environment: in the form and as code. It holds the words; what they mean is said by the
 * {@link io.jenkins.plugins.approvalgate.engine.check.CheckType} of its kind.
 *
 * <p>Its descriptor is an {@link ApprovalCheckDescriptor} with the kind as its {@link org.jenkinsci.Symbol}.
 */
public abstract class ApprovalCheck implements Describable<ApprovalCheck>, ExtensionPoint {

    /**
     * What is written, as the engine reads it, without the settings that were left empty. Asked while Jenkins starts, too, when
     * there are no descriptors yet. {@link SpecBuilder} helps.
     *
     * @throws IllegalArgumentException if there is no way to say it; the message names the kind and the setting
     */
    public abstract CheckSpec toSpec();

    @Override
    public ApprovalCheckDescriptor getDescriptor() {
        return (ApprovalCheckDescriptor) Describable.super.getDescriptor();
    }
}
