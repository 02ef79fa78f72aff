package io.jenkins.plugins.approvalgate.engine.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.approvalgate.engine.EndedGates;
import io.jenkins.plugins.approvalgate.engine.Figures;
import io.jenkins.plugins.approvalgate.engine.audit.AuditQuery;
import io.jenkins.plugins.approvalgate.engine.audit.Json;
import io.jenkins.plugins.approvalgate.engine.audit.index.AuditIndex;
import io.jenkins.plugins.approvalgate.engine.audit.index.IndexUnavailableException;
import io.jenkins.plugins.approvalgate.engine.findings.Finding;
import io.jenkins.plugins.approvalgate.engine.findings.FindingSearch;
import io.jenkins.plugins.approvalgate.engine.findings.Kind;
import io.jenkins.plugins.approvalgate.engine.gate.AuditSettings.FindingRules;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was found suspicious, and the figures over all environments. Thread-safe. */
final class FindingsApi {

    private final AuditIndex index;
    private final FindingRules rules;

    /** @param rules the thresholds of now */
    FindingsApi(AuditIndex index, FindingRules rules) {
        this.index = index;
        this.rules = rules;
    }

    ObjectNode page(Map<String, String> query) throws ApiError {
        int limit = PageSize.read(query, AuditSearch.MOST);
        List<FindingSearch.Found> found = find(query, limit + 1);
        ObjectNode node = Json.object();
        ArrayNode rows = node.putArray("findings");
        found.stream().limit(limit).forEach(one -> write(one, rows.addObject()));
        node.put("next", found.size() > limit ? found.get(limit - 1).line().place().text() : null);
        thresholds(node.putObject("thresholds"));
        return node;
    }

    private List<FindingSearch.Found> find(Map<String, String> query, int limit) throws ApiError {
        AuditQuery filters = AuditFilters.read(query);
        FindingSearch.Query wanted = new FindingSearch.Query(
                kind(query.getOrDefault("kind", "")), filters.environment(), filters.actor(), filters.from(), filters.to());
        try {
            return new FindingSearch(index).find(wanted, AuditSearch.cursor(query.getOrDefault("cursor", "")), limit);
        } catch (IndexUnavailableException down) {
            throw AuditSearch.unavailable(down);
        }
    }

    private static Optional<Kind> kind(String text) throws ApiError {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Arrays.stream(Kind.values())
                .filter(kind -> kind.name().equals(text))
                .findFirst()
                .orElseThrow(() -> ApiError.invalid("kind has to be one of " + Arrays.toString(Kind.values()) + ".")));
    }

    private static void write(FindingSearch.Found found, ObjectNode node) {
        Finding finding = found.finding();
        node.put("controller", found.line().controller());
        node.put("seq", found.line().seq());
        node.put("at", found.line().at().toString());
        node.put("kind", finding.kind().name());
        node.put("sentence", finding.sentence());
        ArrayNode about = node.putArray("about");
        finding.about().forEach(about::add);
        node.put("gate", finding.gate().orElse(null));
        node.put("environment", finding.environment().orElse(null));
        node.put("job", finding.job().orElse(null));
        node.put("evidenceLines", finding.evidence().size());
        ArrayNode evidence = node.putArray("evidence");
        found.evidence().forEach(event -> AuditSearch.write(event, evidence.addObject()));
    }

    private void thresholds(ObjectNode node) {
        node.put("rubberStamp", rules.rubberStamp().toString());
        node.put("refusals", rules.refusals()).put("refusalsWithin", rules.refusalsWithin().toString());
        node.put("bypasses", rules.bypasses()).put("bypassesWithin", rules.bypassesWithin().toString());
        node.put("mutualApprovals", rules.mutualApprovals()).put("mutualWithin", rules.mutualWithin().toString());
        node.put("officeHours", rules.officeHours().isPresent());
    }

    ObjectNode figures(Map<String, String> query) throws ApiError {
        AuditQuery filters = AuditFilters.read(query);
        try {
            Map<String, List<Figures.Ended>> gates =
                    EndedGates.find(index, filters.environment(), filters.from(), filters.to());
            ObjectNode node = Json.object();
            node.set("all", FiguresJson.of(Figures.ofEnded(gates.values().stream().flatMap(List::stream).toList())));
            ArrayNode environments = node.putArray("environments");
            gates.forEach((name, ended) ->
                    environments.addObject().put("environment", name).set("figures", FiguresJson.of(Figures.ofEnded(ended))));
            return node;
        } catch (IndexUnavailableException down) {
            throw AuditSearch.unavailable(down);
        }
    }
}
