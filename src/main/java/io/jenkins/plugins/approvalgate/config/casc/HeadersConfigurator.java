package io.jenkins.plugins.approvalgate.config.casc;

import hudson.Extension;
import io.jenkins.plugins.approvalgate.config.Headers;
import io.jenkins.plugins.casc.Attribute;
import io.jenkins.plugins.casc.ConfigurationContext;
import io.jenkins.plugins.casc.Configurator;
import io.jenkins.plugins.casc.ConfiguratorException;
import io.jenkins.plugins.casc.model.CNode;
import io.jenkins.plugins.casc.model.Mapping;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** {@code headers: {Accept: "application/json"}}. */
@Extension(optional = true)
@Restricted(NoExternalUse.class)
public final class HeadersConfigurator implements Configurator<Headers> {

    @Override
    public Class<Headers> getTarget() {
        return Headers.class;
    }

    @Override
    public Set<Attribute<Headers, ?>> describe() {
        return Set.of();
    }

    @Override
    public Headers configure(CNode node, ConfigurationContext context) throws ConfiguratorException {
        Map<String, String> headers = new LinkedHashMap<>();
        for (Map.Entry<String, CNode> header : node.asMapping().entrySet()) {
            headers.put(header.getKey(), Nodes.text(header.getValue(), context));
        }
        return Headers.of(headers);
    }

    @Override
    public Headers check(CNode node, ConfigurationContext context) throws ConfiguratorException {
        return configure(node, context);
    }

    @Override
    public CNode describe(Headers headers, ConfigurationContext context) {
        if (headers == null) {
            return null;
        }
        Mapping map = new Mapping();
        headers.toMap().forEach((name, value) -> map.put(name, Nodes.written(value, context)));
        return map;
    }
}
