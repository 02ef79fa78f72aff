package io.jenkins.plugins.approvalgate.engine.notice;

import io.jenkins.plugins.approvalgate.engine.check.http.BodyTemplate;
import io.jenkins.plugins.approvalgate.engine.check.http.Destination;
import io.jenkins.plugins.approvalgate.engine.check.http.Question;
import io.jenkins.plugins.approvalgate.engine.gate.Webhook;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/**
 * A webhook of which it is known that it can be called.
 *
 * @param address empty where it is a credential
 */
record Outlet(Webhook webhook, Optional<URI> address, Optional<BodyTemplate> template) {

    /** @throws IllegalArgumentException if it cannot be meant; the message names the setting first */
    static Outlet of(Webhook webhook) {
        return new Outlet(webhook, webhook.url().map(Destination::of), webhook.template().map(text -> template(webhook, text)));
    }

    private static BodyTemplate template(Webhook webhook, String text) {
        String type = webhook.contentType().orElse(BodyTemplate.USUAL_TYPE);
        if (!BodyTemplate.isType(type)) {
            throw new IllegalArgumentException("contentType: \"" + type + "\" is no type; " + BodyTemplate.USUAL_TYPE + " is one");
        }
        try {
            return BodyTemplate.read(text, type, Placeholders::known, Placeholders::isNumber);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("template: " + wrong.getMessage(), wrong);
        }
    }

    /** What is sent of an event. */
    Question.Body body(Told told) throws IOException {
        return template.isPresent()
                ? template.get().fill(name -> Placeholders.value(name, told))
                : told.cloudEvent();
    }

    /** What it is called where people read of it: no part of it is a secret. */
    String shown() {
        return address.map(Destination::shown)
                .orElseGet(() -> "the address in the credential \"" + webhook.urlCredentials().orElseThrow() + "\"");
    }

    /** What makes it this webhook and not another, whatever else is changed of it. */
    String identity() {
        return webhook.url().map(url -> "url " + url)
                .orElseGet(() -> "credential " + webhook.urlCredentials().orElseThrow());
    }
}
