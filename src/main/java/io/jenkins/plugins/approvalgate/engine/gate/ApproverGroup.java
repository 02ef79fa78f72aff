package io.jenkins.plugins.approvalgate.engine.gate;

import java.util.List;

/**
 * A group kept in the plugin's own configuration, for realms that know no groups.
 *
 * @param members ids of users
 * @param includes names of the realm's groups whose members count too
 */
public record ApproverGroup(String name, List<String> members, List<String> includes) {

    /** @throws IllegalArgumentException if it can have no member or no usable name; the message says which */
    public ApproverGroup {
        Environment.requireUsable(name);
        members = List.copyOf(members);
        includes = List.copyOf(includes);
        if (members.isEmpty() && includes.isEmpty()) {
            throw new IllegalArgumentException("group \"" + name + "\" has neither members nor includes");
        }
    }
}
