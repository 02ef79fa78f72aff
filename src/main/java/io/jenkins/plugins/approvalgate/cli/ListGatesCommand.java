package io.jenkins.plugins.approvalgate.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.Extension;
import io.jenkins.plugins.approvalgate.engine.audit.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.kohsuke.args4j.Option;

/** {@code list-gates}: those that the caller may see, as a table or as the JSON API gives them. */
@Extension
public final class ListGatesCommand extends GatesCommand {

    private static final String MOST_A_PAGE = "200";

    /** Which gates, in the JSON API's words. */
    public enum Scope {
        MINE,
        OPEN,
        CLOSED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Option(name = "--scope", usage = "ListGatesCommand.scope")
    private Scope scope = Scope.OPEN;

    @Option(name = "--environment", metaVar = "NAME", usage = "ListGatesCommand.environment")
    private String environment = "";

    @Option(name = "--job", metaVar = "TEXT", usage = "ListGatesCommand.job")
    private String job = "";

    @Option(name = "--json", usage = "ListGatesCommand.json")
    private boolean asJson;

    @Override
    public String getShortDescription() {
        return Messages.ListGatesCommand_ShortDescription();
    }

    @Override
    String exitCodes() {
        return Messages.ListGatesCommand_exitCodes();
    }

    @Override
    protected int run() throws IOException {
        ArrayNode gates = gates();
        if (asJson) {
            ObjectNode found = Json.object();
            found.set("gates", gates);
            stdout.println(new String(Json.write(found), StandardCharsets.UTF_8));
        } else if (gates.isEmpty()) {
            stderr.println(none());
        } else {
            GateTable.print(gates, stdout);
        }
        return 0;
    }

    private String none() {
        return switch (scope) {
            case MINE -> Messages.ListGatesCommand_noneMine();
            case OPEN -> Messages.ListGatesCommand_noneOpen();
            case CLOSED -> Messages.ListGatesCommand_noneClosed();
        };
    }

    private ArrayNode gates() throws IOException {
        Map<String, String> query = new HashMap<>();
        query.put("scope", scope.toString());
        query.put("environment", environment);
        query.put("job", job);
        query.put("limit", MOST_A_PAGE);
        ArrayNode gates = Json.object().putArray("gates");
        JsonNode page;
        do {
            page = answers().get(List.of("gates"), query);
            page.path("gates").forEach(gates::add);
            query.put("cursor", page.path("next").asText());
        } while (page.path("next").isTextual());
        return gates;
    }
}
