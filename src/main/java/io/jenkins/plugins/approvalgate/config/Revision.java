package io.jenkins.plugins.approvalgate.config;

import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;
import jenkins.security.HMACConfidentialKey;

/** Tells one state of what is configured from another, without a way back to what it says. */
final class Revision {

    private static final HMACConfidentialKey KEY = new HMACConfidentialKey(Revision.class, "key");

    private Revision() {}

    static String of(EnvironmentItem item) {
        return KEY.mac(Jenkins.XSTREAM2.toXML(item));
    }

    static String of(Parts parts) {
        List<Object> all = new ArrayList<>(parts.groups());
        all.addAll(parts.environments());
        all.addAll(parts.webhooks());
        if (parts.audit() != null) {
            all.add(parts.audit());
        }
        return KEY.mac(Jenkins.XSTREAM2.toXML(all));
    }
}
