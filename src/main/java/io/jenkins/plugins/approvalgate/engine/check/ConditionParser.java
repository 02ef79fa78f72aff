package io.jenkins.plugins.approvalgate.engine.check;

import io.jenkins.plugins.approvalgate.engine.check.Condition.Node;
import io.jenkins.plugins.approvalgate.engine.check.Condition.Operator;
import io.jenkins.plugins.approvalgate.engine.check.ConditionWords.Kind;
import io.jenkins.plugins.approvalgate.engine.check.ConditionWords.Word;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Reads the text of one {@link Condition}, by descent, bounded in length and depth so that no text uses up the stack. */
final class ConditionParser {

    static final int LONGEST = 2_000;
    static final int DEEPEST = 50;

    private final List<Word> words;
    private int at;
    private int depth;

    /** @throws IllegalArgumentException if {@code text} is too long */
    ConditionParser(String text) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException("a condition has at most " + LONGEST + " characters");
        }
        words = ConditionWords.of(text);
    }

    /** @throws IllegalArgumentException with the column and what is expected there */
    Node parse() {
        Node node = either();
        if (word().kind() != Kind.END) {
            throw expected("&&, || or the end");
        }
        return node;
    }

    private Node either() {
        List<Node> parts = parts("||", this::all);
        return parts.size() == 1 ? parts.get(0) : new Condition.Either(parts);
    }

    private Node all() {
        List<Node> parts = parts("&&", this::single);
        return parts.size() == 1 ? parts.get(0) : new Condition.All(parts);
    }

    private List<Node> parts(String between, Supplier<Node> part) {
        List<Node> parts = new ArrayList<>();
        parts.add(part.get());
        while (word().is(between)) {
            at++;
            parts.add(part.get());
        }
        return parts;
    }

    private Node single() {
        if (!word().is("!") && !word().is("(")) {
            return comparison();
        }
        if (++depth > DEEPEST) {
            throw new IllegalArgumentException(
                    "column " + word().column() + ": parentheses and ! stand in each other at most " + DEEPEST + " deep");
        }
        Node node = words.get(at++).is("!") ? new Condition.Not(single()) : closed(either());
        depth--;
        return node;
    }

    private Node closed(Node inner) {
        if (!word().is(")")) {
            throw expected("&&, || or )");
        }
        at++;
        return inner;
    }

    private Node comparison() {
        if (word().kind() == Kind.NUMBER) {
            BigDecimal number = number();
            Operator operator = operator();
            return new Condition.Comparison(name("the name of a metric"), operator.turned(), number);
        }
        String name = name("the name of a metric, a number, ! or (");
        Operator operator = operator();
        return new Condition.Comparison(name, operator, number());
    }

    private String name(String expected) {
        if (word().kind() != Kind.NAME || word().text().isEmpty()) {
            throw expected(expected);
        }
        return words.get(at++).text();
    }

    private Operator operator() {
        if (word().kind() != Kind.OPERATOR) {
            throw expected("<, <=, >, >=, == or !=");
        }
        return Operator.of(words.get(at++).text());
    }

    private BigDecimal number() {
        Word word = word();
        if (word.kind() != Kind.NUMBER) {
            throw expected("a number");
        }
        at++;
        return Numbers.read(word.text())
                .orElseThrow(() -> new IllegalArgumentException(
                        "column " + word.column() + ": the number " + word.found() + " is too long or too large"));
    }

    private Word word() {
        return words.get(at);
    }

    private IllegalArgumentException expected(String what) {
        return new IllegalArgumentException("column " + word().column() + ": expected " + what + ", found " + word().found());
    }
}
