package io.jenkins.plugins.approvalgate.preview;

import io.jenkins.plugins.approvalgate.engine.gate.AuditSettings;
import io.jenkins.plugins.approvalgate.engine.gate.AuditSettings.Anchor;
import io.jenkins.plugins.approvalgate.engine.gate.AuditSettings.Database;
import io.jenkins.plugins.approvalgate.engine.gate.AuditSettings.FindingRules;
import io.jenkins.plugins.approvalgate.engine.gate.CheckSpec;
import java.time.Duration;
import java.util.Optional;

/** Reads from YAML what is configured of the audit. What a field may be is the engine's to say; this adds where it stands. */
final class AuditYaml {

    private AuditYaml() {}

    static AuditSettings read(Place place) throws Place.Misfit {
        if (!place.isGiven()) {
            return AuditSettings.USUAL;
        }
        place.requireKeys("database", "retention", "anchor", "findings");
        Optional<Database> database = database(place.get("database"));
        Optional<Duration> retention = EnvironmentYaml.span(place.get("retention"));
        Optional<Anchor> anchor = anchor(place.get("anchor"));
        FindingRules findings = findings(place.get("findings"));
        return meant(place, () -> new AuditSettings(database, retention, anchor, findings));
    }

    private static Optional<Database> database(Place place) throws Place.Misfit {
        if (!place.isGiven()) {
            return Optional.empty();
        }
        place.requireKeys("url", "credentials", "poolSize");
        String url = place.get("url").text();
        Optional<String> credentials = WebhooksYaml.text(place.get("credentials"));
        int poolSize = number(place.get("poolSize"), Database.USUAL_POOL);
        return Optional.of(meant(place, () -> new Database(url, credentials, poolSize)));
    }

    private static Optional<Anchor> anchor(Place place) throws Place.Misfit {
        if (!place.isGiven()) {
            return Optional.empty();
        }
        place.requireKeys("file", "url", "credentials");
        Optional<String> file = WebhooksYaml.text(place.get("file"));
        Optional<String> url = WebhooksYaml.text(place.get("url"));
        Optional<String> credentials = WebhooksYaml.text(place.get("credentials"));
        return Optional.of(meant(place, () -> new Anchor(file, url, credentials)));
    }

    private static FindingRules findings(Place place) throws Place.Misfit {
        if (!place.isGiven()) {
            return FindingRules.USUAL;
        }
        place.requireKeys(
                "rubberStamp", "refusals", "refusalsWithin", "bypasses", "bypassesWithin", "mutualApprovals", "mutualWithin",
                "officeHours");
        FindingRules usual = FindingRules.USUAL;
        Duration rubberStamp = EnvironmentYaml.span(place.get("rubberStamp")).orElse(usual.rubberStamp());
        int refusals = number(place.get("refusals"), usual.refusals());
        Duration refusalsWithin = EnvironmentYaml.span(place.get("refusalsWithin")).orElse(usual.refusalsWithin());
        int bypasses = number(place.get("bypasses"), usual.bypasses());
        Duration bypassesWithin = EnvironmentYaml.span(place.get("bypassesWithin")).orElse(usual.bypassesWithin());
        int mutual = number(place.get("mutualApprovals"), usual.mutualApprovals());
        Duration mutualWithin = EnvironmentYaml.span(place.get("mutualWithin")).orElse(usual.mutualWithin());
        Place hours = place.get("officeHours");
        Optional<CheckSpec> officeHours =
                hours.isGiven() ? Optional.of(ChecksYaml.read("businessHours", hours)) : Optional.empty();
        return meant(place, () -> new FindingRules(
                rubberStamp, refusals, refusalsWithin, bypasses, bypassesWithin, mutual, mutualWithin, officeHours));
    }

    private static int number(Place place, int otherwise) throws Place.Misfit {
        return place.isGiven() ? place.wholeNumber() : otherwise;
    }

    /** Something that may find a value impossible, and then names it first. */
    private interface Meaning<T> {
        T of();
    }

    private static <T> T meant(Place place, Meaning<T> meaning) throws Place.Misfit {
        try {
            return meaning.of();
        } catch (IllegalArgumentException cannotBeMeant) {
            throw WebhooksYaml.misfit(place, cannotBeMeant.getMessage());
        }
    }
}
