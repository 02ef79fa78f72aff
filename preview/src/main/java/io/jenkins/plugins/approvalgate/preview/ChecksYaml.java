package io.jenkins.plugins.approvalgate.preview;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.approvalgate.engine.check.CheckTypes;
import io.jenkins.plugins.approvalgate.engine.gate.CheckSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads an environment's checks from YAML: each a map of one key, the kind, to its settings. */
final class ChecksYaml {

    /** Asks nobody: it only says whether settings can be meant. */
    private static final CheckTypes TYPES =
            CheckTypes.of(new PreviewSurroundings(Map.of(), "", Path.of("")), List.of());

    private ChecksYaml() {}

    static List<CheckSpec> readAll(Place place) throws Place.Misfit {
        List<CheckSpec> checks = new ArrayList<>();
        if (place.isGiven()) {
            for (Place item : place.items()) {
                checks.add(read(item));
            }
        }
        return checks;
    }

    private static CheckSpec read(Place item) throws Place.Misfit {
        List<String> keys = new ArrayList<>();
        item.requireObject().value().fieldNames().forEachRemaining(keys::add);
        if (keys.size() != 1) {
            throw item.misfit("expected one kind of check with its settings below it"
                    + (keys.isEmpty() ? "" : ", found " + String.join(", ", keys) + "; are the settings indented?"));
        }
        String kind = keys.get(0);
        Place settings = item.get(kind);
        return read(kind, settings);
    }

    /** @param settings where the settings of a check of this kind stand */
    static CheckSpec read(String kind, Place settings) throws Place.Misfit {
        CheckSpec spec = new CheckSpec(kind, settings.value().isNull() ? Map.of() : map(settings.requireObject()));
        try {
            TYPES.create(spec);
            return spec;
        } catch (IllegalArgumentException cannotBeMeant) {
            String message = cannotBeMeant.getMessage();
            String before = kind + ": "; // the place says that already
            throw settings.misfit(message.startsWith(before) ? message.substring(before.length()) : message);
        }
    }

    private static Map<String, Object> map(Place place) throws Place.Misfit {
        Map<String, Object> map = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : place.value().properties()) {
            map.put(entry.getKey(), value(place.get(entry.getKey())));
        }
        return map;
    }

    private static Object value(Place place) throws Place.Misfit {
        return switch (place.value().getNodeType()) {
            case OBJECT -> map(place);
            case ARRAY -> list(place);
            case BOOLEAN -> place.yesOrNo();
            case STRING -> place.text();
            case NUMBER -> number(place.value());
            case NULL, MISSING, BINARY, POJO -> throw place.misfit("is empty; give it a value, or take it out");
        };
    }

    private static List<Object> list(Place place) throws Place.Misfit {
        List<Object> list = new ArrayList<>();
        for (Place item : place.items()) {
            list.add(value(item));
        }
        return list;
    }

    /** What is no whole number is its text: checks know no fractions, and the journal takes none. */
    private static Object number(JsonNode number) {
        return number.isIntegralNumber() && number.canConvertToLong() ? (Object) number.longValue() : number.asText();
    }
}
