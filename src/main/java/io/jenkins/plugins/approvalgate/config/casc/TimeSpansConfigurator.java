package io.jenkins.plugins.approvalgate.config.casc;

import hudson.Extension;
import io.jenkins.plugins.approvalgate.config.TimeSpans;
import io.jenkins.plugins.casc.ConfigurationContext;
import io.jenkins.plugins.casc.model.CNode;
import io.jenkins.plugins.casc.model.Scalar;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** A list, which may be empty, or one text with commas. Jenkins leaves empty lists out where it exports: they are {@code none}. */
@Extension(optional = true)
@Restricted(NoExternalUse.class)
public final class TimeSpansConfigurator extends ListOrText<TimeSpans> {

    @Override
    public Class<TimeSpans> getTarget() {
        return TimeSpans.class;
    }

    @Override
    TimeSpans of(List<String> items) {
        return TimeSpans.of(items);
    }

    @Override
    TimeSpans parse(String text) {
        return TimeSpans.parse(text);
    }

    @Override
    public CNode describe(TimeSpans spans, ConfigurationContext context) {
        return spans != null && spans.items().isEmpty() ? new Scalar(spans.toString()) : super.describe(spans, context);
    }
}
