package io.jenkins.plugins.approvalgate.preview.migrate;

import io.jenkins.plugins.approvalgate.preview.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One check configuration, as {@code GET …/_apis/pipelines/checks/configurations?$expand=settings} gives it.
 *
 * @param label what it is called there
 * @param timeout how long it may take; empty if it does not say
 * @param settings missing or null where the kind has none
 */
record AzureCheck(
        String id, Kind kind, String label, Resource resource, Optional<Duration> timeout, boolean disabled, Place settings) {

    /**
     * What a check protects.
     *
     * @param project the address of its project, which two answers can come from; empty where it is not told
     * @param name empty where it has none
     */
    record Resource(String project, String type, String id, String name) {
        boolean isEnvironment() {
            return type.equalsIgnoreCase("environment");
        }
    }

    /**
     * All that an answer holds: a list in {@code value}, as the API has it, a list alone, or one check.
     *
     * @throws Place.Misfit if it is no such answer
     */
    static List<AzureCheck> readAll(Place root) throws Place.Misfit {
        List<AzureCheck> checks = new ArrayList<>();
        if (root.value().isArray() || root.get("value").isGiven()) {
            for (Place item : (root.value().isArray() ? root : root.get("value")).items()) {
                checks.add(read(item));
            }
        } else if (root.requireObject().get("type").isGiven()) {
            checks.add(read(root));
        } else {
            throw root.get("value").misfit("is missing; expected the answer of _apis/pipelines/checks/configurations");
        }
        return checks;
    }

    private static AzureCheck read(Place place) throws Place.Misfit {
        Place type = place.requireObject().get("type").requireObject();
        Place settings = place.get("settings");
        String typeId = type.get("id").text();
        boolean task = typeId.equalsIgnoreCase(Kind.TASK);
        Kind kind = Kind.of(typeId);
        if (task || kind == Kind.APPROVAL || kind == Kind.REQUIRED_TEMPLATE) {
            if (!settings.isGiven() || settings.value().isNull()) {
                throw settings.misfit("is missing; ask for it with $expand=settings");
            }
            settings.requireObject();
        }
        if (task) {
            kind = Kind.of(settings.get("definitionRef").requireObject().get("id").text());
        }
        return new AzureCheck(
                id(place.get("id")),
                kind,
                label(type, settings),
                resource(Json.textIfGiven(place.get("url")).replaceFirst("(?s)/_apis/.*", ""), place.get("resource")),
                timeout(place.get("timeout")),
                Json.flag(place.get("isDisabled"), false),
                settings);
    }

    private static String label(Place type, Place settings) throws Place.Misfit {
        String name = Json.textIfGiven(settings.get("displayName"));
        return Words.shown(name.isEmpty() ? Json.textIfGiven(type.get("name")) : name);
    }

    private static Resource resource(String project, Place place) throws Place.Misfit {
        return new Resource(
                project, place.requireObject().get("type").text(), id(place.get("id")), Json.textIfGiven(place.get("name")));
    }

    /** A number or a text. */
    private static String id(Place place) throws Place.Misfit {
        return place.value().isIntegralNumber() ? place.value().asText() : place.text();
    }

    /** In minutes, at least one; above ten years it is ten years. */
    private static Optional<Duration> timeout(Place place) throws Place.Misfit {
        if (!place.isGiven() || place.value().isNull()) {
            return Optional.empty();
        }
        int minutes = place.wholeNumber();
        if (minutes < 1) {
            throw place.misfit("expected minutes, 1 or more, found " + minutes);
        }
        return Optional.of(Duration.ofMinutes(Math.min(minutes, Duration.ofDays(3_650).toMinutes())));
    }

    /** Its name and number, for whoever looks for it there. */
    String words() {
        return (label.isEmpty() ? "a check" : label) + " (check " + Words.shown(id) + ")";
    }
}
