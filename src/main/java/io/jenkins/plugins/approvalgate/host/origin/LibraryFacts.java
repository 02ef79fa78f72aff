package io.jenkins.plugins.approvalgate.host.origin;

import hudson.ExtensionPoint;
import hudson.model.Run;
import io.jenkins.plugins.approvalgate.engine.gate.Origin;
import java.util.List;
import org.jenkinsci.plugins.variant.OptionalExtension;
import org.jenkinsci.plugins.workflow.libs.LibrariesAction;

/** Knows the shared libraries of a build. */
interface LibraryFacts extends ExtensionPoint {

    /** Those that {@code run} has loaded by now. */
    List<Origin.Library> of(Run<?, ?> run);

    /**
     * What the plugin for shared libraries recorded when it loaded them. It trusts those of the global configuration; those
     * of a folder, and those that a script fetches with a retriever of its own, anybody may provide who configures a folder
     * or writes a script.
     */
    @OptionalExtension(requirePlugins = "pipeline-groovy-lib")
    final class Recorded implements LibraryFacts {

        @Override
        public List<Origin.Library> of(Run<?, ?> run) {
            return run.getActions(LibrariesAction.class).stream()
                    .flatMap(action -> action.getLibraries().stream())
                    .map(library -> new Origin.Library(library.getName(), library.getVersion(), library.isTrusted()))
                    .toList();
        }
    }
}
