package io.jenkins.plugins.approvalgate.config;

import hudson.Extension;
import hudson.Util;
import hudson.util.FormValidation;
import io.jenkins.plugins.approvalgate.engine.gate.CheckSpec;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Only builds whose pipeline comes from a trusted library, or from a certain repository. */
public final class RequiredTemplateCheck extends ApprovalCheck {

    private static final String KIND = "requiredTemplate";

    private String library;
    private String version;
    private String repository;
    private String path;
    private boolean allowReplay;

    @DataBoundConstructor
    public RequiredTemplateCheck() {
        // all by setters
    }

    public String getLibrary() {
        return library;
    }

    @DataBoundSetter
    public void setLibrary(String library) {
        this.library = Util.fixEmptyAndTrim(library);
    }

    public String getVersion() {
        return version;
    }

    @DataBoundSetter
    public void setVersion(String version) {
        this.version = Util.fixEmptyAndTrim(version);
    }

    public String getRepository() {
        return repository;
    }

    @DataBoundSetter
    public void setRepository(String repository) {
        this.repository = Util.fixEmptyAndTrim(repository);
    }

    public String getPath() {
        return path;
    }

    @DataBoundSetter
    public void setPath(String path) {
        this.path = Util.fixEmptyAndTrim(path);
    }

    public boolean isAllowReplay() {
        return allowReplay;
    }

    @DataBoundSetter
    public void setAllowReplay(boolean allowReplay) {
        this.allowReplay = allowReplay;
    }

    @Override
    public CheckSpec toSpec() {
        return SpecBuilder.of(KIND)
                .with("library", library)
                .with("version", version)
                .with("repository", repository)
                .with("path", path)
                .with("allowReplay", allowReplay)
                .build();
    }

    /** The form's side. */
    @Extension
    @Symbol(KIND)
    public static final class DescriptorImpl extends ApprovalCheckDescriptor {

        public DescriptorImpl() {
            super(SpecBuilder.of(KIND).with("library", "deployment").build());
        }

        @Override
        public String getDisplayName() {
            return Messages.RequiredTemplateCheck_DisplayName();
        }

        @POST
        public FormValidation doCheckLibrary(
                @QueryParameter String value, @QueryParameter String repository, @QueryParameter String path) {
            return check(
                    () -> SpecBuilder.of(KIND).with("repository", repository).with("path", path), "library", value);
        }

        @POST
        public FormValidation doCheckVersion(@QueryParameter String value, @QueryParameter String library) {
            return check(
                    () -> SpecBuilder.of(KIND).with("library", library).with("path", "Jenkinsfile"), "version", value);
        }
    }
}
