package org.example.incidents;

import hudson.Extension;
import hudson.util.FormValidation;
import io.jenkins.plugins.approvalgate.config.ApprovalCheck;
import io.jenkins.plugins.approvalgate.config.ApprovalCheckDescriptor;
import io.jenkins.plugins.approvalgate.config.SpecBuilder;
import io.jenkins.plugins.approvalgate.engine.check.Callbacks;
import io.jenkins.plugins.approvalgate.engine.check.Check;
import io.jenkins.plugins.approvalgate.engine.check.Options;
import io.jenkins.plugins.approvalgate.engine.check.Subject;
import io.jenkins.plugins.approvalgate.engine.gate.CheckResult;
import io.jenkins.plugins.approvalgate.engine.gate.CheckSpec;
import io.jenkins.plugins.approvalgate.host.CheckTypeExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Waits while a service has an open incident: a file {@code incidents/<service>} in Jenkins' home. */
public final class NoOpenIncidentCheck extends ApprovalCheck {

    private static final String KIND = "noOpenIncident";

    private final String service;

    @DataBoundConstructor
    public NoOpenIncidentCheck(String service) {
        this.service = service;
    }

    public String getService() {
        return service;
    }

    @Override
    public CheckSpec toSpec() {
        return SpecBuilder.of(KIND).with("service", service).build();
    }

    /** The form's side, and the kind of check: what the settings mean. */
    @Extension
    @Symbol(KIND)
    public static final class DescriptorImpl extends ApprovalCheckDescriptor implements CheckTypeExtension {

        public DescriptorImpl() {
            super(SpecBuilder.of(KIND).with("service", "payments").build());
        }

        @Override
        public String getDisplayName() {
            return "No open incident";
        }

        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public Check create(Options options) {
            String service = options.text("service");
            if (!service.matches("[a-z][a-z0-9-]*")) {
                throw options.wrong("service", "\"" + service + "\" is no name of a service: write it as payments");
            }
            return new NoOpenIncident(service);
        }

        @POST
        public FormValidation doCheckService(@QueryParameter String value) {
            return check("service", value);
        }
    }

    /** What is asked. Whatever takes its time, as a file or the network, is {@link Check.Asking}. */
    private record NoOpenIncident(String service) implements Check.Asking {

        @Override
        public String summary() {
            return "no open incident of " + service;
        }

        @Override
        public CheckResult ask(Subject subject, Instant now, Callbacks callbacks) {
            Path incident = Jenkins.get().getRootDir().toPath().resolve("incidents").resolve(service);
            return Files.exists(incident)
                    ? CheckResult.waiting("The service " + service + " has an open incident.")
                    : CheckResult.pass("The service " + service + " has no open incident.");
        }

        @Override
        public Duration timeLimit() {
            return Duration.ofSeconds(10);
        }

        @Override
        public Duration interval() {
            return Duration.ofMinutes(1);
        }
    }
}
