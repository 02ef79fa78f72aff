package io.jenkins.plugins.approvalgate.config.casc;

import hudson.Extension;
import io.jenkins.plugins.approvalgate.config.Texts;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** {@code allowed: [main, "release/*"]}, or {@code allowed: "main, release/*"}. */
@Extension(optional = true)
@Restricted(NoExternalUse.class)
public final class TextsConfigurator extends ListOrText<Texts> {

    @Override
    public Class<Texts> getTarget() {
        return Texts.class;
    }

    @Override
    Texts of(List<String> items) {
        return Texts.of(items);
    }

    @Override
    Texts parse(String text) {
        return Texts.parse(text);
    }
}
