/**
 * Makes environments of what Azure DevOps' REST API says of the checks of its own. Pure: from JSON to YAML, without a file or
 * a network. What cannot be said in our settings keeps the environment shut, and is told.
 *
 * <p>Sources. The form of the answer, the numbers of the kinds and the names of the inputs: the specification
 * {@code approvalsAndChecks/7.1/pipelinesChecks.json} of MicrosoftDocs/vsts-rest-api-specs with its examples, and the package
 * {@code approvalsandchecks} of microsoft/terraform-provider-azuredevops; of the tasks, their {@code task.json} in
 * microsoft/azure-pipelines-tasks. What they mean: {@code docs/pipelines/process/approvals.md} and {@code expressions.md} of
 * MicrosoftDocs/azure-devops-docs.
 */
package io.jenkins.plugins.approvalgate.preview.migrate;
