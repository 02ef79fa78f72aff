package io.jenkins.plugins.approvalgate.config;

import hudson.ExtensionList;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.model.Descriptor.FormException;
import io.jenkins.plugins.approvalgate.engine.gate.CheckSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.kohsuke.stapler.StaplerRequest2;

/** The checks of an environment as they are written. */
final class CheckItems {

    private CheckItems() {}

    /**
     * What they say.
     *
     * @throws IllegalArgumentException if one cannot say it; the message names its place
     */
    static List<CheckSpec> specs(List<ApprovalCheck> checks) {
        List<CheckSpec> specs = new ArrayList<>();
        for (ApprovalCheck check : checks) {
            try {
                specs.add(check.toSpec());
            } catch (IllegalArgumentException impossible) {
                throw new IllegalArgumentException(
                        "checks[" + specs.size() + "]: " + impossible.getMessage(), impossible);
            }
        }
        return specs;
    }

    /**
     * Those that the form sends.
     *
     * @throws FormException if there is one of a kind that is not there: Jenkins would leave it out without a word
     */
    static List<ApprovalCheck> sent(StaplerRequest2 request, JSONObject form) throws FormException {
        int sent = Lines.objects(form, "checks").size();
        List<ApprovalCheck> checks = Descriptor.newInstancesFromHeteroList(
                request, form, "checks", Jenkins.get().getDescriptorList(ApprovalCheck.class));
        if (checks.size() < sent) {
            throw new FormException(Messages.CheckItems_unknown(), "checks");
        }
        return checks;
    }

    /** The kinds that can be added: ours in the engine's order, then those of other plugins. */
    static List<ApprovalCheckDescriptor> offered() {
        List<String> kinds = EngineChecks.types().kinds();
        List<ApprovalCheckDescriptor> offered = new ArrayList<>(ExtensionList.lookup(ApprovalCheckDescriptor.class));
        offered.removeIf(descriptor -> !kinds.contains(descriptor.getKind()));
        offered.sort(Comparator.comparingInt(descriptor -> kinds.indexOf(descriptor.getKind())));
        return offered;
    }

    /** Their kinds, to be kept beside them: see {@link #restored}. */
    static List<String> kinds(List<ApprovalCheck> checks) {
        List<String> kinds = new ArrayList<>();
        checks.forEach(check -> kinds.add(kind(check)));
        return kinds;
    }

    /** Without the descriptor, which is not there yet while Jenkins starts; empty for a check that will be refused anyway. */
    private static String kind(ApprovalCheck check) {
        try {
            return check.toSpec().kind();
        } catch (IllegalArgumentException impossible) {
            return "";
        }
    }

    /**
     * The checks that were read from a file. Jenkins leaves those out whose class is gone; in their places stands a
     * {@link MissingCheck}.
     *
     * @param kinds of all that were written
     */
    static List<ApprovalCheck> restored(List<ApprovalCheck> read, List<String> kinds) {
        List<ApprovalCheck> left = new ArrayList<>(Util.fixNull(read));
        List<ApprovalCheck> restored = new ArrayList<>();
        for (String kind : Util.fixNull(kinds)) {
            boolean there = !left.isEmpty() && kind(left.get(0)).equals(kind);
            restored.add(there ? left.remove(0) : new MissingCheck(kind));
        }
        restored.addAll(left);
        return restored;
    }
}
