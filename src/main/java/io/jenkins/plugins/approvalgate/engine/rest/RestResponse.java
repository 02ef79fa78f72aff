package io.jenkins.plugins.approvalgate.engine.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.approvalgate.engine.audit.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the API answers.
 *
 * @param headers to be set as they are
 * @param content of the type that the headers name; empty with 304
 */
public record RestResponse(int status, Map<String, String> headers, Content content) {

    static RestResponse json(int status, JsonNode content) {
        return of(status, "application/json;charset=utf-8", new Content.Whole(Json.write(content)));
    }

    /** The answer to every request while the host has no engine, because its journal cannot be opened. */
    public static RestResponse shut() {
        return new ApiError(503, "unavailable", "The approval gates are shut: see Manage Jenkins.").response();
    }

    /** Something to keep under {@code name}, rather than to look at in the browser. */
    static RestResponse file(String name, String type, byte[] body) {
        return file(name, type, new Content.Whole(body));
    }

    /** As {@link #file(String, String, byte[])}, of any length. */
    static RestResponse file(String name, String type, Content.Source source) {
        return file(name, type, new Content.Streamed(source));
    }

    private static RestResponse file(String name, String type, Content content) {
        RestResponse file = of(200, type, content);
        file.headers().put("Content-Disposition", "attachment; filename=\"" + name + "\"");
        return file;
    }

    private static RestResponse of(int status, String type, Content content) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", type);
        headers.put("Cache-Control", "private, no-cache");
        headers.put("X-Content-Type-Options", "nosniff");
        return new RestResponse(status, headers, content);
    }

    /** This response with the time by which it was made, so that pages reckon by the engine's clock, not the browser's. */
    RestResponse at(Instant now) {
        Map<String, String> stamped = new LinkedHashMap<>(headers);
        stamped.put("Approval-Gate-Now", now.toString());
        return new RestResponse(status, stamped, content);
    }

    /** This response, saying which method the address knows (RFC 9110, section 15.5.6). */
    RestResponse allowing(String method) {
        Map<String, String> telling = new LinkedHashMap<>(headers);
        telling.put("Allow", method);
        return new RestResponse(status, telling, content);
    }

    /**
     * This response to somebody who has seen the one with the tag {@code seen}: without the body if nothing changed. What is
     * streamed has no tag.
     */
    RestResponse unlessSeen(String seen) {
        if (!(content instanceof Content.Whole whole)) {
            return this;
        }
        String tag = "\"" + Json.hash(whole.bytes()).substring(0, 32) + "\"";
        Map<String, String> tagged = new LinkedHashMap<>(headers);
        tagged.put("ETag", tag);
        return tag.equals(seen)
                ? new RestResponse(304, tagged, new Content.Whole(new byte[0]))
                : new RestResponse(status, tagged, content);
    }

    /** The whole content, for those who want it at once; what is streamed is kept in memory for that. */
    public byte[] body() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        content.writeTo(all);
        return all.toByteArray();
    }
}
