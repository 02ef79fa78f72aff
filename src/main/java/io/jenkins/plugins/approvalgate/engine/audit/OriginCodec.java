package io.jenkins.plugins.approvalgate.engine.audit;

import static io.jenkins.plugins.approvalgate.engine.audit.Fields.flag;
import static io.jenkins.plugins.approvalgate.engine.audit.Fields.list;
import static io.jenkins.plugins.approvalgate.engine.audit.Fields.object;
import static io.jenkins.plugins.approvalgate.engine.audit.Fields.optional;
import static io.jenkins.plugins.approvalgate.engine.audit.Fields.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.approvalgate.engine.gate.Origin;
import java.util.Optional;

/** The serial form of where a build's pipeline comes from. */
final class OriginCodec {

    private OriginCodec() {}

    static void write(Origin origin, ObjectNode node) {
        origin.head()
                .ifPresent(head -> node.putObject("head").put("kind", head.kind().word()).put("name", head.name()));
        origin.script()
                .ifPresent(script -> node.putObject("script")
                        .put("repository", script.repository())
                        .put("path", script.path()));
        ArrayNode libraries = node.putArray("libraries");
        origin.libraries()
                .forEach(library -> libraries.addObject()
                        .put("name", library.name())
                        .put("version", library.version())
                        .put("trusted", library.trusted()));
        node.put("replayed", origin.replayed());
    }

    /** @param data of the request; one of an older version names a branch only */
    static Origin read(JsonNode data) {
        if (!data.has("origin")) {
            return optional(data, "branch").map(Origin::branch).orElse(Origin.UNKNOWN);
        }
        return Shared.make(object(data, "origin"), Shared.Kind.ORIGIN, OriginCodec::origin);
    }

    private static Origin origin(JsonNode node) {
        return new Origin(
                !node.has("head") ? Optional.empty() : Optional.of(head(object(node, "head"))),
                !node.has("script") ? Optional.empty() : Optional.of(script(object(node, "script"))),
                list(node, "libraries", OriginCodec::library),
                flag(node, "replayed"));
    }

    private static Origin.Head head(JsonNode node) {
        return new Origin.Head(Origin.Kind.of(text(node, "kind")), text(node, "name"));
    }

    private static Origin.Script script(JsonNode node) {
        return new Origin.Script(text(node, "repository"), text(node, "path"));
    }

    private static Origin.Library library(JsonNode node) {
        return new Origin.Library(text(node, "name"), text(node, "version"), flag(node, "trusted"));
    }
}
