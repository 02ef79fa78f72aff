package io.jenkins.plugins.approvalgate.config.casc;

import hudson.Extension;
import io.jenkins.plugins.approvalgate.config.TextLines;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** A list, or one text of lines: what stands there may have commas. */
@Extension(optional = true)
@Restricted(NoExternalUse.class)
public final class TextLinesConfigurator extends ListOrText<TextLines> {

    @Override
    public Class<TextLines> getTarget() {
        return TextLines.class;
    }

    @Override
    TextLines of(List<String> items) {
        return TextLines.of(items);
    }

    @Override
    TextLines parse(String text) {
        return TextLines.parse(text);
    }
}
