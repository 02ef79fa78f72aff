package io.jenkins.plugins.approvalgate.preview;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpHeaders;

/** What came back over HTTP; {@code json} is a missing node where the body is none. */
record Answer(int status, HttpHeaders headers, String body, JsonNode json) {}
