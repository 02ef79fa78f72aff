package io.jenkins.plugins.approvalgate.preview;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A value in a YAML file, and where it stands: {@code unclassified.approvalGate.environments[1].timeout}. Whoever asks it
 * for something else than it is learns that in a {@link Misfit}.
 *
 * @param value a missing node where nothing stands there
 */
public record Place(String path, JsonNode value) {

    /** Something in the file does not fit. */
    public static final class Misfit extends Exception {
        private static final long serialVersionUID = 1L;

        private Misfit(String path, String message) {
            super((path.isEmpty() ? "" : path + ": ") + message);
        }
    }

    public Misfit misfit(String message) {
        return new Misfit(path, message);
    }

    public boolean isGiven() {
        return !value.isMissingNode();
    }

    /** What stands under {@code key}, be it missing or not. */
    public Place get(String key) {
        return new Place(path.isEmpty() ? key : path + "." + key, value.path(key));
    }

    public Place requireGiven() throws Misfit {
        if (!isGiven()) {
            throw misfit("is missing");
        }
        return this;
    }

    /** This place, which has to hold keys, and none but those. */
    public Place requireKeys(String... known) throws Misfit {
        for (Map.Entry<String, JsonNode> entry : requireObject().value.properties()) {
            if (!List.of(known).contains(entry.getKey())) {
                throw get(entry.getKey()).misfit("is not known; expected one of " + String.join(", ", known));
            }
        }
        return this;
    }

    /** This place, which has to hold keys, whichever they are. */
    public Place requireObject() throws Misfit {
        if (!requireGiven().value.isObject()) {
            throw expected("keys with values");
        }
        return this;
    }

    /** The places of the list that stands here. */
    public List<Place> items() throws Misfit {
        if (!requireGiven().value.isArray()) {
            throw expected("a list");
        }
        List<Place> items = new ArrayList<>();
        for (JsonNode item : value) {
            items.add(new Place(path + "[" + items.size() + "]", item));
        }
        return items;
    }

    public String text() throws Misfit {
        if (!requireGiven().value.isTextual()) {
            throw expected(value.isValueNode() && !value.isNull() ? "a text, so put it in quotes" : "a text");
        }
        return value.textValue();
    }

    public int wholeNumber() throws Misfit {
        if (!requireGiven().value.isIntegralNumber() || !value.canConvertToInt()) {
            throw expected("a whole number");
        }
        return value.intValue();
    }

    public boolean yesOrNo() throws Misfit {
        if (!requireGiven().value.isBoolean()) {
            throw expected("true or false");
        }
        return value.booleanValue();
    }

    public List<String> texts() throws Misfit {
        List<String> texts = new ArrayList<>();
        for (Place item : items()) {
            texts.add(item.text());
        }
        return texts;
    }

    private Misfit expected(String what) {
        return misfit("expected " + what + ", found " + found());
    }

    private String found() {
        return switch (value.getNodeType()) {
            case ARRAY -> "a list";
            case OBJECT -> "keys with values";
            case NULL, MISSING -> "nothing";
            case STRING -> "the text \"" + value.textValue() + "\"";
            case BOOLEAN, NUMBER, BINARY, POJO -> value.asText();
        };
    }
}
