package io.jenkins.plugins.approvalgate.config;

import io.jenkins.plugins.approvalgate.engine.gate.CheckSpec;
import org.kohsuke.stapler.DataBoundSetter;

/** What the checks have in common that allow what some patterns match, and not what others do. */
public abstract class PatternsCheck extends ApprovalCheck {

    private Texts allowed;
    private Texts excluded;

    public Texts getAllowed() {
        return allowed;
    }

    @DataBoundSetter
    public void setAllowed(Texts allowed) {
        this.allowed = allowed;
    }

    public Texts getExcluded() {
        return excluded;
    }

    @DataBoundSetter
    public void setExcluded(Texts excluded) {
        this.excluded = excluded;
    }

    final CheckSpec patterns(String kind) {
        return SpecBuilder.of(kind)
                .with("allowed", allowed)
                .with("excluded", excluded)
                .build();
    }
}
