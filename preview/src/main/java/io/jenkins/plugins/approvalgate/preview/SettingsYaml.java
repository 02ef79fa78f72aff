package io.jenkins.plugins.approvalgate.preview;

import io.jenkins.plugins.approvalgate.engine.gate.ApproverGroup;
import io.jenkins.plugins.approvalgate.engine.gate.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;

/**
 * Reads the YAML that also configures Jenkins. What belongs to others there ({@code jenkins:}, {@code unclassified.mailer:})
 * is passed over; what is ours is read strictly.
 */
final class SettingsYaml {

    private SettingsYaml() {}

    /**
     * The settings in {@code file}.
     *
     * @param same whether two ids mean the same person
     * @throws StartFailure naming the file, the place in it, and what was expected there
     */
    static Settings read(Path file, BiPredicate<String, String> same) throws StartFailure {
        return read(file, same, System::getenv);
    }

    /** @param environment gives an environment variable's value, {@code null} if it is not set */
    static Settings read(Path file, BiPredicate<String, String> same, UnaryOperator<String> environment)
            throws StartFailure {
        return YamlFile.read(file, reading(same, environment));
    }

    static YamlFile.Reading<Settings> reading(BiPredicate<String, String> same, UnaryOperator<String> environment) {
        return root -> {
            if (!root.isGiven() || root.value().isNull()) {
                throw root.misfit("is empty; expected unclassified: approvalGate:");
            }
            Place ours = root.requireObject().get("unclassified").requireObject().get("approvalGate");
            Place resolved = new Variables(environment).resolved(ours);
            return consistent(settings(resolved), resolved, same);
        };
    }

    private static Settings settings(Place ours) throws Place.Misfit {
        ours.requireKeys("approverGroups", "environments", "webhooks", "audit");
        List<ApproverGroup> groups = new ArrayList<>();
        if (ours.get("approverGroups").isGiven()) {
            for (Place group : ours.get("approverGroups").items()) {
                groups.add(group(group));
            }
        }
        return new Settings(
                EnvironmentYaml.readAll(ours.get("environments")),
                groups,
                WebhooksYaml.readAll(ours.get("webhooks")),
                AuditYaml.read(ours.get("audit")));
    }

    private static ApproverGroup group(Place place) throws Place.Misfit {
        place.requireKeys("name", "members", "includes");
        String name = EnvironmentYaml.name(place.get("name"));
        List<String> members = textsIfGiven(place.get("members"));
        List<String> includes = textsIfGiven(place.get("includes"));
        try {
            return new ApproverGroup(name, members, includes);
        } catch (IllegalArgumentException cannotBeMeant) {
            throw place.misfit(cannotBeMeant.getMessage());
        }
    }

    static List<String> textsIfGiven(Place place) throws Place.Misfit {
        return place.isGiven() ? place.texts() : List.of();
    }

    /** The parts are well formed; now whether they fit together. */
    private static Settings consistent(Settings settings, Place ours, BiPredicate<String, String> same)
            throws Place.Misfit {
        List<Settings.Problem> problems = settings.problems(same);
        if (!problems.isEmpty()) {
            Settings.Problem first = problems.get(0);
            throw ours.get(first.path()).misfit(first.message());
        }
        return settings;
    }
}
