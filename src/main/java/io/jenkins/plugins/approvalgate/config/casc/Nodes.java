package io.jenkins.plugins.approvalgate.config.casc;

import io.jenkins.plugins.casc.ConfigurationContext;
import io.jenkins.plugins.casc.ConfiguratorException;
import io.jenkins.plugins.casc.model.CNode;

/** Texts in the YAML: with variables ({@code ${TEAM}}), as everywhere in configuration as code. */
final class Nodes {

    private Nodes() {}

    static String text(CNode node, ConfigurationContext context) throws ConfiguratorException {
        return context.getSecretSourceResolver().resolve(node.asScalar().toString());
    }

    /** So that {@link #text} reads it as it is. */
    static String written(String text, ConfigurationContext context) {
        return context.getSecretSourceResolver().encode(text);
    }
}
