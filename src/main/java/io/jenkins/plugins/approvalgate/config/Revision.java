package io.jenkins.plugins.approvalgate.config;

import jenkins.model.Jenkins;
import jenkins.security.HMACConfidentialKey;

/** Tells one state of an environment's configuration from another, without a way back to what it says. */
final class Revision {

    private static final HMACConfidentialKey KEY = new HMACConfidentialKey(Revision.class, "key");

    private Revision() {}

    static String of(EnvironmentItem item) {
        return KEY.mac(Jenkins.XSTREAM2.toXML(item));
    }
}
