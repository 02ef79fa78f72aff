package io.jenkins.plugins.approvalgate.preview;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.jenkins.plugins.approvalgate.engine.audit.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/** {@code docs/openapi.yaml}, and how far answers are as it says. */
final class ApiDocument {

    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

    private final JsonNode document;
    private final JsonSchemaFactory schemas = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    private final SchemaValidatorsConfig config =
            SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();

    private ApiDocument(JsonNode document) {
        this.document = document;
    }

    static ApiDocument read(Path file) throws IOException {
        return new ApiDocument(new YAMLMapper().readTree(file.toFile()));
    }

    /** Such as {@code POST /gates/{id}/approve}. */
    Set<String> operations() {
        Set<String> operations = new TreeSet<>();
        for (var path : document.get("paths").properties()) {
            path.getValue().fieldNames().forEachRemaining(name -> {
                if (METHODS.contains(name)) {
                    operations.add(name.toUpperCase(Locale.ROOT) + " " + path.getKey());
                }
            });
        }
        return operations;
    }

    private JsonNode operation(String operation) {
        String[] words = operation.split(" ");
        JsonNode found = document.get("paths").path(words[1]).path(words[0].toLowerCase(Locale.ROOT));
        if (found.isMissingNode()) {
            throw new AssertionError(operation + " is not described");
        }
        return found;
    }

    /** What is wrong with {@code body} as what {@code operation} is asked. */
    List<String> wrongWithRequest(String operation, JsonNode body) {
        JsonNode schema = operation(operation).at("/requestBody/content").path("application/json").path("schema");
        return schema.isMissingNode() ? List.of("no body is described") : wrong(schema, body);
    }

    /** What is wrong with {@code answer} as one of {@code operation}: its status, its type, its headers, its body. */
    List<String> wrongWithAnswer(String operation, Answer answer) {
        JsonNode responses = operation(operation).get("responses");
        JsonNode given = responses.path(Integer.toString(answer.status()));
        JsonNode response = resolved(given.isMissingNode() ? responses.path("default") : given);
        for (var header : response.path("headers").properties()) {
            if (answer.headers().firstValue(header.getKey()).isEmpty()) {
                return List.of("header " + header.getKey() + " is missing");
            }
        }
        JsonNode content = response.path("content");
        if (content.isMissingNode()) {
            return answer.body().isEmpty() ? List.of() : List.of("a body that is not described");
        }
        String type = answer.headers().firstValue("Content-Type").orElse("").split(";")[0];
        JsonNode schema = content.path(type).path("schema");
        if (schema.isMissingNode()) {
            return List.of("the type " + type + " is not described");
        }
        return type.equals("application/json") ? wrong(schema, answer.json()) : List.of();
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.get("$ref").textValue().substring(1)) : node;
    }

    private List<String> wrong(JsonNode schema, JsonNode value) {
        ObjectNode root = Json.object().put("$schema", "https://json-schema.org/draft/2020-12/schema");
        root.set("components", document.get("components"));
        root.putArray("allOf").add(schema);
        return schemas.getSchema(root, config).validate(value).stream()
                .map(ValidationMessage::toString)
                .sorted()
                .toList();
    }

    /** The places of schemas with properties that anybody could add others to, and that nobody closes who uses them. */
    Set<String> openObjects() {
        Set<String> open = new TreeSet<>();
        Set<String> closedByTheirUsers = new TreeSet<>();
        walk("", document, (place, node) -> {
            boolean closes = node.has("additionalProperties") || node.has("unevaluatedProperties");
            if (node.has("properties") && node.path("type").asText().equals("object") && !closes) {
                open.add(place);
            }
            if (node.has("$ref") && node.has("unevaluatedProperties")) {
                closedByTheirUsers.add(node.get("$ref").textValue().substring(1));
            }
        });
        open.removeAll(closedByTheirUsers);
        return open;
    }

    /** References that lead nowhere. */
    Set<String> deadReferences() {
        Set<String> dead = new TreeSet<>();
        walk("", document, (place, node) -> Optional.ofNullable(node.get("$ref"))
                .map(JsonNode::textValue)
                .filter(reference -> document.at(reference.substring(1)).isMissingNode())
                .ifPresent(dead::add));
        return dead;
    }

    private static void walk(String place, JsonNode node, BiConsumer<String, JsonNode> visitor) {
        if (node.isObject()) {
            visitor.accept(place, node);
            node.properties().forEach(field -> walk(place + "/" + field.getKey(), field.getValue(), visitor));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                walk(place + "/" + i, node.get(i), visitor);
            }
        }
    }
}
