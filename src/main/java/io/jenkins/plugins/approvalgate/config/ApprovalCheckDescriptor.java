package io.jenkins.plugins.approvalgate.config;

import hudson.model.Descriptor;

/** The form's side of a kind of check. */
public abstract class ApprovalCheckDescriptor extends Descriptor<ApprovalCheck> {}
