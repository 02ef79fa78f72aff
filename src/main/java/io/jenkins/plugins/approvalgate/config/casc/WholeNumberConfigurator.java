package io.jenkins.plugins.approvalgate.config.casc;

import hudson.Extension;
import io.jenkins.plugins.approvalgate.config.WholeNumber;
import io.jenkins.plugins.casc.Attribute;
import io.jenkins.plugins.casc.ConfigurationContext;
import io.jenkins.plugins.casc.Configurator;
import io.jenkins.plugins.casc.ConfiguratorException;
import io.jenkins.plugins.casc.model.CNode;
import io.jenkins.plugins.casc.model.Scalar;
import java.util.Set;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** {@code retries: 3}. */
@Extension(optional = true)
@Restricted(NoExternalUse.class)
public final class WholeNumberConfigurator implements Configurator<WholeNumber> {

    @Override
    public Class<WholeNumber> getTarget() {
        return WholeNumber.class;
    }

    @Override
    public Set<Attribute<WholeNumber, ?>> describe() {
        return Set.of();
    }

    @Override
    public WholeNumber configure(CNode node, ConfigurationContext context) throws ConfiguratorException {
        return WholeNumber.parse(Nodes.text(node, context));
    }

    @Override
    public WholeNumber check(CNode node, ConfigurationContext context) throws ConfiguratorException {
        return configure(node, context);
    }

    @Override
    public CNode describe(WholeNumber number, ConfigurationContext context) {
        if (number == null) {
            return null;
        }
        return number.value() instanceof Long value ? new Scalar(value) : new Scalar(number.toString());
    }
}
