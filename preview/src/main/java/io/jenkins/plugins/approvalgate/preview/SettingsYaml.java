package io.jenkins.plugins.approvalgate.preview;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.jenkins.plugins.approvalgate.engine.gate.ApproverGroup;
import io.jenkins.plugins.approvalgate.engine.gate.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;

/**
 * Reads the YAML that also configures Jenkins. What belongs to others there ({@code jenkins:}, {@code unclassified.mailer:})
 * is passed over; what is ours is read strictly.
 */
final class SettingsYaml {

    private static final ObjectMapper MAPPER = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private SettingsYaml() {}

    /**
     * The settings in {@code file}.
     *
     * @param same whether two ids mean the same person
     * @throws StartFailure naming the file, the place in it, and what was expected there
     */
    static Settings read(Path file, BiPredicate<String, String> same) throws StartFailure {
        try {
            Place root = new Place("", MAPPER.readTree(Files.readAllBytes(file)));
            if (!root.isGiven() || root.value().isNull()) {
                throw root.misfit("is empty; expected unclassified: approvalGate:");
            }
            Place ours = root.requireObject().get("unclassified").requireObject().get("approvalGate");
            return consistent(settings(ours), ours, same);
        } catch (Place.Misfit misfit) {
            throw new StartFailure(shown(file) + ": " + misfit.getMessage(), misfit);
        } catch (JacksonException notYaml) {
            throw new StartFailure(shown(file) + ": " + position(notYaml) + notYaml.getOriginalMessage(), notYaml);
        } catch (NoSuchFileException absent) {
            throw new StartFailure(shown(file) + ": there is no such file", absent);
        } catch (IOException unreadable) {
            throw new StartFailure(shown(file) + ": cannot be read (" + unreadable.getMessage() + ")", unreadable);
        }
    }

    /** The path as its reader knows it: from where they are, if the file is below. */
    static String shown(Path path) {
        Path here = Path.of("").toAbsolutePath();
        Path absolute = path.toAbsolutePath().normalize();
        return (absolute.startsWith(here) && !absolute.equals(here) ? here.relativize(absolute) : absolute).toString();
    }

    private static String position(JacksonException notYaml) {
        JsonLocation location = notYaml.getLocation();
        return location == null || location.getLineNr() < 1
                ? ""
                : "line " + location.getLineNr() + ", column " + location.getColumnNr() + ": ";
    }

    private static Settings settings(Place ours) throws Place.Misfit {
        ours.requireKeys("approverGroups", "environments");
        List<ApproverGroup> groups = new ArrayList<>();
        if (ours.get("approverGroups").isGiven()) {
            for (Place group : ours.get("approverGroups").items()) {
                groups.add(group(group));
            }
        }
        return new Settings(EnvironmentYaml.readAll(ours.get("environments")), groups);
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
