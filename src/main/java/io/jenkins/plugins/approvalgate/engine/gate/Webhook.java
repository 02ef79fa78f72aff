package io.jenkins.plugins.approvalgate.engine.gate;

import java.util.List;
import java.util.Optional;

/**
 * An address that is told what happens to gates. What an address and a template can be, whoever calls it says.
 *
 * @param url the address; empty where it is a secret, as with most chat services
 * @param urlCredentials the id of a credential that is the address; one of the two is given
 * @param credentials the id of a credential with which what is sent is signed; empty for no signature
 * @param environments whose gates are told of; none for all
 * @param events the types that are told, of {@link #EVENTS}; none for all
 * @param template what is sent in the place of a CloudEvent
 * @param contentType of what the template makes
 */
public record Webhook(
        Optional<String> url,
        Optional<String> urlCredentials,
        Optional<String> credentials,
        List<String> environments,
        List<String> events,
        Optional<String> template,
        Optional<String> contentType) {

    /**
     * The types of events that can be told, in the words of the journal. Of attempts that were refused nobody is told one by
     * one: what they come to is a finding.
     */
    public static final List<String> EVENTS = List.of(
            "requested", "checkEvaluated", "approved", "withdrawn", "rejected", "deferred", "reassigned", "reminded",
            "escalated", "bypassed", "locked", "closed", "released", "restored", "finding");

    /** @throws IllegalArgumentException if a value cannot be meant; the message names it first */
    public Webhook {
        environments = List.copyOf(environments);
        events = List.copyOf(events);
        if (url.isPresent() == urlCredentials.isPresent()) {
            throw new IllegalArgumentException("url: give either url or urlCredentials, a credential that is the address");
        }
        requireDistinct("environments", environments);
        requireDistinct("events", events);
        for (String event : events) {
            if (!EVENTS.contains(event)) {
                throw new IllegalArgumentException(
                        "events: there is no event \"" + event + "\"; there are " + String.join(", ", EVENTS));
            }
        }
        if (contentType.isPresent() && template.isEmpty()) {
            throw new IllegalArgumentException("contentType: stands with a template only; a CloudEvent has its own");
        }
    }

    private static void requireDistinct(String field, List<String> texts) {
        if (texts.stream().distinct().count() < texts.size()) {
            throw new IllegalArgumentException(field + ": names the same thing twice");
        }
    }

    /** Whether it is told of events of this type. */
    public boolean wantsType(String type) {
        return EVENTS.contains(type) && (events.isEmpty() || events.contains(type));
    }

    /** Whether it is told of gates of this environment. */
    public boolean wantsEnvironment(String environment) {
        return environments.isEmpty() || environments.contains(environment);
    }
}
