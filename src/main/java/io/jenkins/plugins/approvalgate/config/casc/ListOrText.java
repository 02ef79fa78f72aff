package io.jenkins.plugins.approvalgate.config.casc;

import io.jenkins.plugins.approvalgate.config.Texts;
import io.jenkins.plugins.casc.Attribute;
import io.jenkins.plugins.casc.ConfigurationContext;
import io.jenkins.plugins.casc.Configurator;
import io.jenkins.plugins.casc.ConfiguratorException;
import io.jenkins.plugins.casc.model.CNode;
import io.jenkins.plugins.casc.model.Scalar;
import io.jenkins.plugins.casc.model.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads several texts from a list or from one text, and writes them as a list. */
abstract class ListOrText<T extends Texts> implements Configurator<T> {

    /** @return {@code null} if there are none */
    abstract T of(List<String> items);

    /** @return {@code null} if there are none */
    abstract T parse(String text);

    @Override
    public Set<Attribute<T, ?>> describe() {
        return Set.of();
    }

    @Override
    public T configure(CNode node, ConfigurationContext context) throws ConfiguratorException {
        return switch (node.getType()) {
            case SCALAR -> parse(Nodes.text(node, context));
            case SEQUENCE -> {
                List<String> items = new ArrayList<>();
                for (CNode item : node.asSequence()) {
                    items.add(Nodes.text(item, context));
                }
                yield of(items);
            }
            case MAPPING -> throw new ConfiguratorException(this, "has to be a text or a list of texts");
        };
    }

    @Override
    public T check(CNode node, ConfigurationContext context) throws ConfiguratorException {
        return configure(node, context);
    }

    @Override
    public CNode describe(T texts, ConfigurationContext context) {
        if (texts == null) {
            return null;
        }
        Sequence list = new Sequence();
        for (String item : texts.items()) {
            list.add(new Scalar(Nodes.written(item, context)));
        }
        return list;
    }
}
