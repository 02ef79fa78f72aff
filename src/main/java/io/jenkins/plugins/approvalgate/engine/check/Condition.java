package io.jenkins.plugins.approvalgate.engine.check;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A condition over named numbers. Compares decimally, so that 0.92 is 0.92.
 *
 * <pre>
 * condition  = all { "||" all }
 * all        = single { "&amp;&amp;" single }
 * single     = "!" single | "(" condition ")" | comparison
 * comparison = name operator number | number operator name
 * operator   = "&lt;" | "&lt;=" | "&gt;" | "&gt;=" | "==" | "!="
 * name       = a letter or _, then letters, digits, _ . and - ; or anything within double quotes, where \" is a quote and
 *              \\ a backslash
 * </pre>
 *
 * There is no arithmetic: {@code a-1} is a name. Immutable.
 */
final class Condition {

    private final String text;
    private final Node node;
    private final Set<String> names;

    private Condition(String text, Node node) {
        this.text = text;
        this.node = node;
        this.names = new LinkedHashSet<>();
        node.collect(names);
    }

    /** @throws IllegalArgumentException if {@code text} is none; the message names the column, and what is expected there */
    static Condition parse(String text) {
        return new Condition(text, new ConditionParser(text).parse());
    }

    /** The names that it mentions, in the order of the text. */
    Set<String> names() {
        return Collections.unmodifiableSet(names);
    }

    /** @param values one for each of {@link #names()} */
    boolean holds(Map<String, BigDecimal> values) {
        return node.holds(values);
    }

    /** As it was written, on one line. */
    @Override
    public String toString() {
        return text.replaceAll("\\s+", " ");
    }

    /** A part of a condition. */
    sealed interface Node {

        boolean holds(Map<String, BigDecimal> values);

        void collect(Set<String> names);
    }

    record Either(List<Node> parts) implements Node {
        @Override
        public boolean holds(Map<String, BigDecimal> values) {
            return parts.stream().anyMatch(part -> part.holds(values));
        }

        @Override
        public void collect(Set<String> names) {
            parts.forEach(part -> part.collect(names));
        }
    }

    record All(List<Node> parts) implements Node {
        @Override
        public boolean holds(Map<String, BigDecimal> values) {
            return parts.stream().allMatch(part -> part.holds(values));
        }

        @Override
        public void collect(Set<String> names) {
            parts.forEach(part -> part.collect(names));
        }
    }

    record Not(Node part) implements Node {
        @Override
        public boolean holds(Map<String, BigDecimal> values) {
            return !part.holds(values);
        }

        @Override
        public void collect(Set<String> names) {
            part.collect(names);
        }
    }

    record Comparison(String name, Operator operator, BigDecimal number) implements Node {
        @Override
        public boolean holds(Map<String, BigDecimal> values) {
            return operator.holds(values.get(name).compareTo(number));
        }

        @Override
        public void collect(Set<String> names) {
            names.add(name);
        }
    }

    /** What stands between a name and a number. */
    enum Operator {
        LESS("<"),
        AT_MOST("<="),
        MORE(">"),
        AT_LEAST(">="),
        EQUAL("=="),
        OTHER("!=");

        private final String sign;

        Operator(String sign) {
            this.sign = sign;
        }

        static Operator of(String sign) {
            for (Operator operator : values()) {
                if (operator.sign.equals(sign)) {
                    return operator;
                }
            }
            throw new IllegalArgumentException(sign);
        }

        /** The one that says the same with its sides exchanged. */
        Operator turned() {
            return switch (this) {
                case LESS -> MORE;
                case AT_MOST -> AT_LEAST;
                case MORE -> LESS;
                case AT_LEAST -> AT_MOST;
                case EQUAL -> EQUAL;
                case OTHER -> OTHER;
            };
        }

        private boolean holds(int compared) {
            return switch (this) {
                case LESS -> compared < 0;
                case AT_MOST -> compared <= 0;
                case MORE -> compared > 0;
                case AT_LEAST -> compared >= 0;
                case EQUAL -> compared == 0;
                case OTHER -> compared != 0;
            };
        }
    }
}
