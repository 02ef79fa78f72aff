/**
 * The checks that ask over HTTP. One ask is one {@link io.jenkins.plugins.approvalgate.engine.check.http.Question} to
 * {@link io.jenkins.plugins.approvalgate.engine.check.http.HttpCalls}, which knows of credentials, redirects, retries and
 * limits; what a check adds is what it asks and how it reads the answer.
 */
package io.jenkins.plugins.approvalgate.engine.check.http;
