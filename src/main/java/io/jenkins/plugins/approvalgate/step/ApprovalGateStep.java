package io.jenkins.plugins.approvalgate.step;

import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.model.ParameterDefinition;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.approvalgate.engine.gate.Environment;
import io.jenkins.plugins.approvalgate.host.SettingsSource;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * {@code approvalGate('production-deployment')}: asks to pass the gate of an environment, and waits until it opens; with a
 * block, {@code approvalGate('production-deployment') { … }}, what the block does is done behind the gate, and under the lock
 * of the environment, if it has one.
 *
 * Nothing that a script can set here takes part in the decision; it is shown to those who decide.
 */
public class ApprovalGateStep extends Step implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String environment;
    private String message;
    private LinkedHashMap<String, String> metrics = new LinkedHashMap<>();
    private LinkedHashMap<String, String> links = new LinkedHashMap<>();
    private ArrayList<ParameterDefinition> parameters = new ArrayList<>();
    private boolean failOnRejection = true;
    /** What is wrong with what the script passed; {@code null} if nothing is. */
    private AbortException refused;

    /** @param environment the name of a configured environment */
    @DataBoundConstructor
    public ApprovalGateStep(String environment) {
        this.environment = Util.fixNull(environment);
    }

    public String getEnvironment() {
        return environment;
    }

    /** What the approver should know, as text; {@code null} for nothing. */
    public String getMessage() {
        return message;
    }

    @DataBoundSetter
    public void setMessage(String message) {
        this.message = Util.fixEmptyAndTrim(message);
    }

    /** Figures to show, by name; numbers as their decimal text. */
    public Map<String, ?> getMetrics() {
        return metrics.isEmpty() ? null : metrics;
    }

    @DataBoundSetter
    public void setMetrics(Map<String, ?> metrics) {
        read(() -> this.metrics = ScriptValues.metrics(metrics));
    }

    /** Addresses to look at, by the name to show. */
    public Map<String, ?> getLinks() {
        return links.isEmpty() ? null : links;
    }

    @DataBoundSetter
    public void setLinks(Map<String, ?> links) {
        read(() -> this.links = ScriptValues.links(links));
    }

    /** What to ask of the approver; {@code null} for nothing. */
    public List<ParameterDefinition> getParameters() {
        return parameters.isEmpty() ? null : parameters;
    }

    @DataBoundSetter
    public void setParameters(List<ParameterDefinition> parameters) {
        this.parameters = new ArrayList<>(Util.fixNull(parameters));
        read(() -> ScriptValues.inputs(this.parameters));
    }

    /** Whether a gate that ends without opening fails the step; otherwise the script gets the outcome. */
    public boolean isFailOnRejection() {
        return failOnRejection;
    }

    @DataBoundSetter
    public void setFailOnRejection(boolean failOnRejection) {
        this.failOnRejection = failOnRejection;
    }

    Map<String, String> metrics() {
        return metrics;
    }

    Map<String, String> links() {
        return links;
    }

    List<ParameterDefinition> parameters() {
        return parameters;
    }

    /** Something that a script passed and that may not be as it should. */
    private interface Argument {
        void read() throws AbortException;
    }

    /** Keeps what is wrong for {@link #start}: thrown from here, the build's log would show it as a bug, with its trace. */
    private void read(Argument argument) {
        try {
            argument.read();
        } catch (AbortException wrong) {
            refused = refused == null ? wrong : refused;
        }
    }

    @Override
    public StepExecution start(StepContext context) throws AbortException {
        if (refused != null) {
            throw refused;
        }
        return new ApprovalGateExecution(this, context);
    }

    /** The step's name, and what it needs around it. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor {

        @Override
        public String getFunctionName() {
            return "approvalGate";
        }

        @Override
        public String getDisplayName() {
            return Messages.ApprovalGateStep_DisplayName();
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class, FlowNode.class);
        }

        /**
         * Whether a block belongs to the step. It may have one or none, which Pipeline provides for its own {@code stage}
         * alone: of any other step that says yes, it demands a block. So yes is said only to the one method that picks the
         * block from the arguments, where there is one; should it ever be called otherwise, the step without a block, which
         * everybody uses, goes on working.
         */
        @Override
        public boolean takesImplicitBlockArgument() {
            return StackWalker.getInstance()
                    .walk(frames -> frames.skip(1).findFirst())
                    .filter(caller -> caller.getClassName().equals("org.jenkinsci.plugins.workflow.cps.DSL")
                            && caller.getMethodName().equals("parseArgs"))
                    .isPresent();
        }

        @Override
        public String argumentsToString(Map<String, Object> arguments) {
            return arguments.get("environment") instanceof String name ? name : null;
        }

        /** The configured environments, for the snippet generator. */
        public ListBoxModel doFillEnvironmentItems() {
            ListBoxModel items = new ListBoxModel();
            if (Jenkins.get().hasPermission(Jenkins.READ)) {
                SettingsSource.current().environments().stream()
                        .map(Environment::name)
                        .forEach(items::add);
            }
            return items;
        }
    }
}
