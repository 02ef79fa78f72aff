/** The build's own record of its gates, kept in {@code build.xml}, and what a build page shows of it. */
package io.jenkins.plugins.approvalgate.build;
