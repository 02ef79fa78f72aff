package io.jenkins.plugins.approvalgate.host.origin;

import hudson.ExtensionList;
import hudson.model.Run;
import io.jenkins.plugins.approvalgate.engine.gate.Origin;
import java.util.List;

/** Where a build's pipeline comes from, as Jenkins itself recorded it: no script has a say in it. */
public final class Origins {

    private Origins() {}

    /**
     * What is known of {@code run} by now: what was taken down before its script began, and the shared libraries that it has
     * loaded since. Nothing at all of a build that began before this plugin was there.
     */
    public static Origin of(Run<?, ?> run) {
        return OriginRecord.of(run)
                .map(origin -> new Origin(origin.head(), origin.script(), libraries(run), origin.replayed()))
                .orElse(Origin.UNKNOWN);
    }

    private static List<Origin.Library> libraries(Run<?, ?> run) {
        return ExtensionList.lookup(LibraryFacts.class).stream()
                .flatMap(facts -> facts.of(run).stream())
                .toList();
    }
}
