package io.jenkins.plugins.approvalgate.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Makes JSON of any shape, and other values in the places of a sound one. */
public final class JsonDice {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Dice dice;

    public JsonDice(Dice dice) {
        this.dice = dice;
    }

    /** {@code sound} with one to three of its values taken out, put in twice, or others. */
    public <N extends JsonNode> N mutated(N sound) {
        N copy = sound.deepCopy();
        do {
            List<JsonNode> holders = new ArrayList<>();
            collect(copy, holders);
            if (!holders.isEmpty()) {
                change(dice.of(holders));
            }
        } while (!dice.oneIn(2));
        return copy;
    }

    private static void collect(JsonNode node, List<JsonNode> holders) {
        if (node.isContainerNode() && !node.isEmpty()) {
            holders.add(node);
            node.forEach(child -> collect(child, holders));
        }
    }

    private void change(JsonNode holder) {
        if (holder instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            String name = dice.of(names);
            switch (dice.below(4)) {
                case 0 -> object.remove(name);
                case 1 -> object.set(dice.text(3), object.get(name));
                default -> object.set(name, instead(object.get(name)));
            }
        } else if (holder instanceof ArrayNode array) {
            int at = dice.below(array.size());
            switch (dice.below(4)) {
                case 0 -> array.remove(at);
                case 1 -> array.add(array.get(at).deepCopy());
                default -> array.set(at, instead(array.get(at)));
            }
        }
    }

    private JsonNode instead(JsonNode value) {
        if (value.isTextual() && dice.oneIn(2)) {
            return JSON.textNode(dice.mutated(List.of(value.textValue()), List.of("x", "Z", "-", "T", ":", "0")));
        }
        return value(3);
    }

    /** Any value, at most so deep. */
    public JsonNode value(int deep) {
        return switch (dice.below(deep > 0 ? 10 : 7)) {
            case 0 -> JSON.nullNode();
            case 1 -> JSON.booleanNode(dice.oneIn(2));
            case 2 -> JSON.numberNode(dice.of(-1, 0, 1, 2, 7, 99, Integer.MAX_VALUE, Integer.MIN_VALUE));
            case 3 -> dice.of(
                    JSON.numberNode(0.1),
                    JSON.numberNode(1e300),
                    JSON.numberNode(BigInteger.TWO.pow(64)),
                    JSON.numberNode(new BigDecimal("1E+400")),
                    JSON.numberNode(Long.MIN_VALUE));
            case 4 -> JSON.textNode(dice.of("2026-03-02T10:00:00Z", "+1000000000-12-31T23:59:59.999999999Z", "-1000000000-01-01T00:00:00Z", "P1D"));
            case 5, 6 -> JSON.textNode(dice.oneIn(3) ? dice.number() : dice.text(8));
            case 7, 8 -> object(deep - 1);
            default -> array(deep - 1);
        };
    }

    private ObjectNode object(int deep) {
        ObjectNode object = JSON.objectNode();
        for (int i = dice.below(4); i > 0; i--) {
            object.set(dice.text(3), value(deep));
        }
        return object;
    }

    private ArrayNode array(int deep) {
        ArrayNode array = JSON.arrayNode();
        for (int i = dice.below(4); i > 0; i--) {
            array.add(value(deep));
        }
        return array;
    }
}
