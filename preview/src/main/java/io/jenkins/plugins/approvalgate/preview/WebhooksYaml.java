package io.jenkins.plugins.approvalgate.preview;

import io.jenkins.plugins.approvalgate.engine.gate.Webhook;
import io.jenkins.plugins.approvalgate.engine.notice.Webhooks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads webhooks from YAML. What a field may be is the engine's to say; this adds where it stands. */
final class WebhooksYaml {

    private WebhooksYaml() {}

    static List<Webhook> readAll(Place place) throws Place.Misfit {
        List<Webhook> webhooks = new ArrayList<>();
        if (place.isGiven()) {
            for (Place item : place.items()) {
                webhooks.add(read(item));
            }
        }
        return webhooks;
    }

    private static Webhook read(Place place) throws Place.Misfit {
        place.requireKeys("url", "urlCredentials", "credentials", "environments", "events", "template", "contentType");
        Optional<String> url = text(place.get("url"));
        Optional<String> urlCredentials = text(place.get("urlCredentials"));
        Optional<String> credentials = text(place.get("credentials"));
        List<String> environments = SettingsYaml.textsIfGiven(place.get("environments"));
        List<String> events = SettingsYaml.textsIfGiven(place.get("events"));
        Optional<String> template = text(place.get("template"));
        Optional<String> contentType = text(place.get("contentType"));
        try {
            Webhook webhook =
                    new Webhook(url, urlCredentials, credentials, environments, events, template, contentType);
            Webhooks.require(webhook);
            return webhook;
        } catch (IllegalArgumentException cannotBeMeant) {
            throw misfit(place, cannotBeMeant.getMessage());
        }
    }

    /** The engine names the setting first. */
    static Place.Misfit misfit(Place place, String message) {
        int end = message.indexOf(": ");
        return place.get(message.substring(0, end)).misfit(message.substring(end + 2));
    }

    static Optional<String> text(Place place) throws Place.Misfit {
        return place.isGiven() ? Optional.of(place.text().strip()).filter(text -> !text.isEmpty()) : Optional.empty();
    }
}
