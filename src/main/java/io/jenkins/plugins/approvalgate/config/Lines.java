package io.jenkins.plugins.approvalgate.config;

import hudson.model.Descriptor.FormException;
import java.util.ArrayList;
import java.util.List;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;

/** Lists as a form shows and sends them. */
final class Lines {

    private Lines() {}

    /** The lines of {@code text}, without blank ones and without spaces around. */
    static List<String> of(String text) {
        return of(text.lines().toList());
    }

    /**
     * The objects under {@code field}: a form sends one alone as itself, several as an array, none as nothing.
     *
     * @throws FormException if something else stands there
     */
    static List<JSONObject> objects(JSONObject form, String field) throws FormException {
        List<JSONObject> objects = new ArrayList<>();
        if (form.has(field)) {
            Object value = form.get(field);
            for (Object item : value instanceof JSONArray array ? array : List.of(value)) {
                if (!(item instanceof JSONObject object)) {
                    throw new FormException(field + " is not a list of objects", field);
                }
                objects.add(object);
            }
        }
        return objects;
    }

    /** The same without blank entries and without spaces around, in a list that can be stored. */
    static List<String> of(List<String> lines) {
        List<String> kept = new ArrayList<>();
        for (String line : lines == null ? List.<String>of() : lines) {
            if (line != null && !line.isBlank()) {
                kept.add(line.strip());
            }
        }
        return kept;
    }
}
