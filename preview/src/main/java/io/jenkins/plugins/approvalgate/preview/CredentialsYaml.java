package io.jenkins.plugins.approvalgate.preview;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.approvalgate.engine.check.Secret;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Reads the credentials that checks use from where Jenkins' configuration as code has them: secret texts and user names with
 * passwords, in any domain. Other kinds, and those without an id, are passed over. No complaint quotes a value.
 */
final class CredentialsYaml {

    private static final String CREDENTIALS = "credentials";

    private CredentialsYaml() {}

    /**
     * The credentials in {@code file} by their ids.
     *
     * @param environment gives an environment variable's value, {@code null} if it is not set
     */
    static Map<String, Secret> read(Path file, UnaryOperator<String> environment) throws StartFailure {
        return YamlFile.read(file, root -> {
            Map<String, Secret> secrets = new HashMap<>();
            for (Place entry : entries(root)) {
                Place text = entry.get("string");
                Place login = entry.get("usernamePassword");
                Place kind = text.isGiven() ? text : login;
                Optional<String> id = id(kind);
                if (id.isPresent()) {
                    Place resolved = new Variables(environment).resolved(kind);
                    Secret secret = text.isGiven() ? text(resolved) : login(resolved);
                    if (secrets.put(id.get(), secret) != null) {
                        throw kind.get("id").misfit("there is already a credential \"" + id.get() + "\"");
                    }
                }
            }
            return secrets;
        });
    }

    private static List<Place> entries(Place root) throws Place.Misfit {
        List<Place> entries = new ArrayList<>();
        Place domains = root.get(CREDENTIALS).get("system").get("domainCredentials");
        for (Place domain : itemsIfGiven(domains)) {
            entries.addAll(itemsIfGiven(domain.get(CREDENTIALS)));
        }
        return entries;
    }

    private static List<Place> itemsIfGiven(Place place) throws Place.Misfit {
        if (!place.isGiven()) {
            return List.of();
        }
        if (!place.value().isArray()) {
            throw place.misfit("expected a list");
        }
        return place.items();
    }

    private static Optional<String> id(Place kind) {
        JsonNode id = kind.value().path("id");
        return Optional.of(id.asText("")).filter(text -> !text.isBlank());
    }

    private static Secret text(Place place) throws Place.Misfit {
        return new Secret.Text(value(place.get("secret")));
    }

    private static Secret login(Place place) throws Place.Misfit {
        return new Secret.UserPassword(value(place.get("username")), value(place.get("password")));
    }

    private static String value(Place place) throws Place.Misfit {
        JsonNode value = place.requireGiven().value();
        if (!value.isTextual() || value.textValue().isEmpty()) {
            throw place.misfit(value.isNumber() || value.isBoolean()
                    ? "expected a text, so put it in quotes"
                    : "expected a text that is not empty");
        }
        return value.textValue();
    }
}
