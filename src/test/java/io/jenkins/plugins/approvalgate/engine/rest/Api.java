package io.jenkins.plugins.approvalgate.engine.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.approvalgate.engine.GateKeeper;
import io.jenkins.plugins.approvalgate.engine.Host;
import io.jenkins.plugins.approvalgate.engine.audit.index.AuditIndex;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The API as a client sees it: addresses and JSON. */
final class Api {

    /** What came back. */
    record Answer(int status, Map<String, String> headers, JsonNode json) {
        String code() {
            return json.path("error").path("code").textValue();
        }

        Answer is(int expected) {
            assertThat(status).as("%s", json).isEqualTo(expected);
            return this;
        }

        Answer is(int expected, String code) {
            is(expected);
            assertThat(code()).isEqualTo(code);
            assertThat(json.properties()).extracting(Map.Entry::getKey).containsExactly("error");
            assertThat(json.path("error").path("message").textValue()).isNotBlank();
            return this;
        }

        Answer has(String header, String value) {
            assertThat(headers).containsEntry(header, value);
            return this;
        }
    }

    private final RestApi api;

    /** Without an index. */
    Api(GateKeeper keeper, Host host) {
        this(keeper, host, Optional.empty());
    }

    Api(GateKeeper keeper, Host host, Optional<AuditIndex> index) {
        api = new RestApi(keeper, host, index);
    }

    /** @param address such as {@code gates?scope=mine} */
    Answer get(Caller caller, String address) {
        return send("GET", caller, address, Optional.empty(), Optional.empty(), InputStream.nullInputStream());
    }

    Answer getUnlessSeen(Caller caller, String address, String tag) {
        return send("GET", caller, address, Optional.empty(), Optional.of(tag), InputStream.nullInputStream());
    }

    Answer post(Caller caller, String address, String body) {
        return post(caller, address, body.getBytes(StandardCharsets.UTF_8));
    }

    Answer post(Caller caller, String address, byte[] body) {
        return send("POST", caller, address, Optional.of("application/json"), Optional.empty(), new ByteArrayInputStream(body));
    }

    Answer send(
            String method,
            Caller caller,
            String address,
            Optional<String> contentType,
            Optional<String> ifNoneMatch,
            InputStream body) {
        String[] halves = address.split("\\?", 2);
        List<String> path = Arrays.stream(halves[0].split("/")).filter(part -> !part.isEmpty()).toList();
        Map<String, String> query = new LinkedHashMap<>();
        if (halves.length > 1) {
            for (String parameter : halves[1].split("&")) {
                String[] sides = parameter.split("=", 2);
                query.put(sides[0], sides[1]);
            }
        }
        return answer(api.handle(new RestRequest(method, path, query, contentType, ifNoneMatch, body), caller));
    }

    /** What a function gets that answers on its address, without any login. */
    Answer callback(String method, String token, String body) {
        InputStream bytes = new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8));
        return answer(api.callback(
                token,
                new RestRequest(method, List.of(), Map.of(), Optional.of("application/json"), Optional.empty(), bytes)));
    }

    private static Answer answer(RestResponse response) {
        String body = "";
        try {
            body = new String(response.body(), StandardCharsets.UTF_8);
            return new Answer(response.status(), response.headers(), new ObjectMapper().readTree(body));
        } catch (IOException malformed) {
            throw new AssertionError(body, malformed);
        }
    }
}
