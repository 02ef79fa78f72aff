package io.jenkins.plugins.approvalgate.config;

import hudson.model.Descriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.approvalgate.engine.gate.CheckSpec;
import java.util.function.Supplier;

/** The form's side of a kind of check. */
public abstract class ApprovalCheckDescriptor extends Descriptor<ApprovalCheck> {

    private final CheckSpec sample;

    /** @param sample a check of this kind that can be meant, to try single settings in */
    protected ApprovalCheckDescriptor(CheckSpec sample) {
        this.sample = sample;
    }

    /** The word in the YAML, the journal and the API. */
    public final String getKind() {
        return sample.kind();
    }

    /** A check of this kind that can be meant. */
    final CheckSpec getSample() {
        return sample;
    }

    /**
     * What the engine says of one setting, for a {@code doCheck…} method: nothing of the others, and nothing to those who may
     * not configure.
     *
     * @param value as {@link SpecBuilder#with(String, Object)} takes it
     */
    protected final FormValidation check(String setting, Object value) {
        return check(() -> SpecBuilder.of(sample), setting, value);
    }

    /**
     * The same, for a setting that has to go with certain others.
     *
     * @param others the check without that setting
     */
    protected final FormValidation check(Supplier<SpecBuilder> others, String setting, Object value) {
        return check(others, setting, value, setting);
    }

    /** @param path what the engine names where the setting cannot be meant */
    final FormValidation check(Supplier<SpecBuilder> others, String setting, Object value, String path) {
        return Fields.check(() -> EngineChecks.problem(
                        () -> others.get().without(setting).with(setting, value).build(), getKind(), path)
                .map(told -> FormValidation.error(Fields.sentence(told)))
                .orElseGet(FormValidation::ok));
    }
}
