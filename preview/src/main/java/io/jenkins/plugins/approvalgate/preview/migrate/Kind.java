package io.jenkins.plugins.approvalgate.preview.migrate;

import java.util.Arrays;

/**
 * The kinds of checks in Azure DevOps. The ids of types and tasks are those of terraform-provider-azuredevops
 * ({@code approvalsandchecks/common_check.go} and the files beside it), those of the tasks also in their {@code task.json}.
 */
enum Kind {
    APPROVAL("8c6f20a7-a545-4486-9777-f762fafe0d4d"),
    REQUIRED_TEMPLATE("4020e66e-b0f3-47e1-bc88-48f3cc59b5f3"),
    EXCLUSIVE_LOCK("2ef31ad6-baa0-403a-8b45-2cbc9b4e5563"),
    BRANCH_CONTROL("86b05a0c-73e6-4f7d-b3cf-e38f3b39a75b"),
    BUSINESS_HOURS("445fde2f-6c39-441c-807f-8a59ff2e075f"),
    REST_API("9c3e8943-130d-4c78-ac63-8af81df62dfb"),
    FUNCTION("537fdb7a-a601-4537-aa70-92645a2b5ce4"),
    WORK_ITEMS("f1e4b0e6-017e-4819-8a48-ef19ae96e289"),
    MONITOR("99a72e7f-25e4-4576-bf38-22a42b995ed8"),
    /** Evaluate artifact, checks of extensions, and what will be invented. */
    OTHER("");

    /** The type of all checks that run a task; which task stands in their settings. */
    static final String TASK = "fe1de3ee-a436-41b4-bb20-f6eb4cb879a7";

    private final String id;

    Kind(String id) {
        this.id = id;
    }

    /** @param id of the type, or of the task that the check runs */
    static Kind of(String id) {
        return Arrays.stream(values()).filter(kind -> kind.id.equalsIgnoreCase(id)).findFirst().orElse(OTHER);
    }

    /** Whether it decides at once, so that its own time limit never comes. */
    boolean isStatic() {
        return this == BRANCH_CONTROL || this == REQUIRED_TEMPLATE;
    }
}
