/** The JSON API, the same on every host: a request comes in as values, a response goes out as values, no servlet. */
package io.jenkins.plugins.approvalgate.engine.rest;
