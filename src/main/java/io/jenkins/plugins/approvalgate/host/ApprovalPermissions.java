package io.jenkins.plugins.approvalgate.host;

import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.security.Permission;
import hudson.security.PermissionGroup;
import hudson.security.PermissionScope;
import jenkins.model.Jenkins;

/**
 * The plugin's permissions. There is none for approving: that needs no more than reading the job and standing in the
 * environment's policy, and no permission, not even Jenkins' own Administer, can take the policy's place.
 */
public final class ApprovalPermissions {

    public static final PermissionGroup GROUP =
            new PermissionGroup(ApprovalPermissions.class, Messages._ApprovalPermissions_Title());

    /** To change environments and approver groups, and so to decide who decides. */
    public static final Permission CONFIGURE = new Permission(
            GROUP,
            "ConfigureEnvironments",
            Messages._ApprovalPermissions_Configure(),
            Jenkins.ADMINISTER,
            PermissionScope.JENKINS);

    /**
     * To open a gate past its people and checks, with a reason that is kept. Not implied by Administer: an administrator who
     * shall be able to do it is given it, which shows in the configuration.
     */
    public static final Permission BYPASS = new Permission(
            GROUP, "Bypass", Messages._ApprovalPermissions_Bypass(), null, PermissionScope.JENKINS);

    /** To see and verify what was decided everywhere, also for jobs that one may not read. */
    public static final Permission VIEW_AUDIT = new Permission(
            GROUP,
            "ViewAudit",
            Messages._ApprovalPermissions_ViewAudit(),
            Jenkins.ADMINISTER,
            PermissionScope.JENKINS);

    private ApprovalPermissions() {}

    /** A permission is known once its class is loaded: before anybody reads who was granted it. */
    @Initializer(after = InitMilestone.PLUGINS_PREPARED, before = InitMilestone.EXTENSIONS_AUGMENTED)
    public static void register() {
        // Being called loads this class, and that is all it takes.
    }
}
