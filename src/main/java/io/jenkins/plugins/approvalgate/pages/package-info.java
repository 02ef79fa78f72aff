/** The pages below {@code approvals/}: shells for the scripts in {@code src/main/webapp}, and the JSON API they call. */
package io.jenkins.plugins.approvalgate.pages;
