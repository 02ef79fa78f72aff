package io.jenkins.plugins.approvalgate.engine.audit.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.approvalgate.engine.audit.Json;
import io.jenkins.plugins.approvalgate.engine.audit.JournalLine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The journal's lines of one change: one for each environment that it touches, and one for all else. Pure. */
final class HistoryLines {

    static final String ENVIRONMENT_CHANGED = "environmentChanged";
    static final String SETTINGS_CHANGED = "settingsChanged";
    /** Under which name the lines carry the change that they belong to. */
    static final String CHANGE_ID = "changeId";

    private final ObjectNode before;
    private final ObjectNode after;

    HistoryLines(ObjectNode before, ObjectNode after) {
        this.before = before;
        this.after = after;
    }

    /** Who changed it, when and how. */
    record Occasion(Instant at, Optional<String> actor, Source source, String id) {}

    /** None if nothing changed. */
    List<JournalLine.Draft> drafts(Occasion occasion) {
        List<JournalLine.Draft> drafts = new ArrayList<>();
        for (String name : names()) {
            JsonNode was = before.path(SettingsDescription.ENVIRONMENTS).path(name);
            JsonNode is = after.path(SettingsDescription.ENVIRONMENTS).path(name);
            List<Difference> differences = Differences.between(orEmpty(was), orEmpty(is));
            if (!differences.isEmpty() || was.isMissingNode() != is.isMissingNode()) {
                ObjectNode data = Json.object().put("environment", name);
                data.put("change", was.isMissingNode() ? "added" : is.isMissingNode() ? "removed" : "changed");
                drafts.add(draft(ENVIRONMENT_CHANGED, data, differences, occasion));
            }
        }
        List<Difference> others = Differences.between(withoutEnvironments(before), withoutEnvironments(after));
        if (!others.isEmpty()) {
            drafts.add(draft(SETTINGS_CHANGED, Json.object(), others, occasion));
        }
        return drafts;
    }

    private static JsonNode orEmpty(JsonNode description) {
        return description.isMissingNode() ? Json.object() : description;
    }

    private Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        for (ObjectNode settings : List.of(before, after)) {
            settings.path(SettingsDescription.ENVIRONMENTS).fieldNames().forEachRemaining(names::add);
        }
        return names;
    }

    /** Of their order, only what does not come from one being added or removed. */
    private ObjectNode withoutEnvironments(ObjectNode settings) {
        ObjectNode rest = settings.deepCopy();
        rest.remove(SettingsDescription.ENVIRONMENTS);
        for (String order : List.of(SettingsDescription.ENVIRONMENT_ORDER, SettingsDescription.GROUP_ORDER)) {
            ArrayNode kept = Json.MAPPER.createArrayNode();
            for (JsonNode name : settings.path(order)) {
                if (stands(name, before.path(order)) && stands(name, after.path(order))) {
                    kept.add(name);
                }
            }
            rest.set(order, kept);
        }
        return rest;
    }

    private static boolean stands(JsonNode name, JsonNode list) {
        for (JsonNode other : list) {
            if (other.equals(name)) {
                return true;
            }
        }
        return false;
    }

    private static JournalLine.Draft draft(
            String type, ObjectNode data, List<Difference> differences, Occasion occasion) {
        data.put("source", occasion.source().word());
        data.put(CHANGE_ID, occasion.id());
        ArrayNode array = data.putArray("differences");
        differences.forEach(difference -> array.add(difference.json()));
        return new JournalLine.Draft(occasion.at(), Optional.empty(), type, occasion.actor(), data);
    }
}
