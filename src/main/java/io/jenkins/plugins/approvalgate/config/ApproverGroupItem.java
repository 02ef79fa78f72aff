package io.jenkins.plugins.approvalgate.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.approvalgate.engine.gate.ApproverGroup;
import io.jenkins.plugins.approvalgate.engine.gate.Environment;
import java.util.ArrayList;
import java.util.List;
import net.sf.json.JSONObject;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** A group of our own as it is written. */
public final class ApproverGroupItem extends AbstractDescribableImpl<ApproverGroupItem> {

    private final String name;
    private List<String> members = new ArrayList<>();
    private List<String> includes = new ArrayList<>();

    @DataBoundConstructor
    public ApproverGroupItem(String name) {
        this.name = Util.fixNull(name).strip();
    }

    public String getName() {
        return name;
    }

    /** Ids of users. */
    public List<String> getMembers() {
        return members;
    }

    @DataBoundSetter
    public void setMembers(List<String> members) {
        this.members = Lines.of(members);
    }

    /** Names of the realm's groups whose members count too. */
    public List<String> getIncludes() {
        return includes;
    }

    @DataBoundSetter
    public void setIncludes(List<String> includes) {
        this.includes = Lines.of(includes);
    }

    /** For the form, a line each. */
    public String getMemberLines() {
        return String.join("\n", members);
    }

    /** For the form, a line each. */
    public String getIncludeLines() {
        return String.join("\n", includes);
    }

    /** @throws IllegalArgumentException if it can have no member or no usable name */
    ApproverGroup toEngine() {
        return new ApproverGroup(name, members, includes);
    }

    /** The form's side of a group. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<ApproverGroupItem> {

        @Override
        public String getDisplayName() {
            return Messages.ApproverGroupItem_DisplayName();
        }

        /** The form has a text of lines where the YAML has a list. */
        @Override
        public ApproverGroupItem newInstance(StaplerRequest2 request, JSONObject form) {
            ApproverGroupItem item = new ApproverGroupItem(form.optString("name"));
            item.setMembers(Lines.of(form.optString("memberLines")));
            item.setIncludes(Lines.of(form.optString("includeLines")));
            return item;
        }

        @POST
        public FormValidation doCheckName(@QueryParameter String value) {
            return Fields.check(() -> {
                Environment.requireUsable(value);
                return FormValidation.ok();
            });
        }

        @POST
        public FormValidation doCheckMemberLines(@QueryParameter String value, @QueryParameter String includeLines) {
            return Fields.check(() -> value.isBlank() && includeLines.isBlank()
                    ? FormValidation.error(Messages.ApproverGroupItem_empty())
                    : Fields.each(Lines.of(value), Fields::user));
        }

        @POST
        public FormValidation doCheckIncludeLines(@QueryParameter String value) {
            return Fields.check(() -> Fields.each(Lines.of(value), Fields::realmGroup));
        }
    }
}
