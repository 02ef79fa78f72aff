package io.jenkins.plugins.approvalgate.preview.migrate;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The success criteria of a task that asks somebody ({@code eq(root['status'], 'successful')}), as far as ours can say them
 * without letting more through: {@code eq} with a text, a number, true or false; {@code gt}, {@code ge}, {@code lt} and
 * {@code le} with a number; {@code and} of those. {@code expressions.md}: texts are compared there without regard to case and
 * what is no number is made one; here it is compared as it is, so that the same or less passes. {@code ne} would pass more,
 * so it is not taken.
 */
final class Criteria {

    private static final int LONGEST = 2_000;
    private static final int DEEPEST = 10;
    private static final Pattern COMMA = Pattern.compile("\\s*,");
    private static final Pattern END = Pattern.compile("\\s*\\)");
    private static final Pattern CALL = Pattern.compile("\\s*(eq|gt|ge|lt|le|and)\\s*\\(", Pattern.CASE_INSENSITIVE);
    private static final Pattern ROOT = Pattern.compile("\\s*root((?:\\[(?:'(?:[^']|'')*'|\\d{1,9})]|\\.[A-Za-z_]\\w*)+)\\s*,");
    private static final Pattern STEP = Pattern.compile("\\['((?:[^']|'')*)']|\\[(\\d+)]|\\.(\\w+)");
    private static final Pattern LITERAL =
            Pattern.compile("\\s*(?:'((?:[^']|'')*)'|(-?(?:0|[1-9]\\d*)(?:\\.\\d+)?)|(true|false))\\s*\\)", Pattern.CASE_INSENSITIVE);

    private final String text;
    private int at;

    private Criteria(String text) {
        this.text = text;
    }

    /** Comparisons for {@code success}, none for no criteria; empty if it cannot be said in them. */
    static Optional<List<String>> comparisons(String text) {
        List<String> comparisons = new ArrayList<>();
        if (text.isBlank()) {
            return Optional.of(comparisons);
        }
        Criteria criteria = new Criteria(text);
        boolean read = text.length() <= LONGEST && criteria.expression(comparisons, 0);
        return read && text.substring(criteria.at).isBlank() ? Optional.of(comparisons) : Optional.empty();
    }

    private boolean expression(List<String> comparisons, int depth) {
        Optional<Matcher> call = next(CALL);
        if (call.isEmpty() || depth > DEEPEST) {
            return false;
        }
        String function = call.get().group(1).toLowerCase(Locale.ROOT);
        return function.equals("and") ? all(comparisons, depth) : comparison(function, comparisons);
    }

    private boolean all(List<String> comparisons, int depth) {
        do {
            if (!expression(comparisons, depth + 1)) {
                return false;
            }
        } while (next(COMMA).isPresent());
        return next(END).isPresent();
    }

    private boolean comparison(String function, List<String> comparisons) {
        Optional<Matcher> root = next(ROOT);
        Optional<Matcher> literal = root.flatMap(found -> next(LITERAL));
        if (literal.isEmpty() || !function.equals("eq") && literal.get().group(2) == null) {
            return false;
        }
        if (root.get().group(1).codePoints().anyMatch(Character::isWhitespace)) {
            return false; // our comparisons are told apart by the spaces around the sign
        }
        comparisons.add(pointer(root.get().group(1)) + " " + sign(function) + " " + literal(literal.get()));
        return true;
    }

    private Optional<Matcher> next(Pattern pattern) {
        Matcher matcher = pattern.matcher(text).region(at, text.length());
        if (!matcher.lookingAt()) {
            return Optional.empty();
        }
        at = matcher.end();
        return Optional.of(matcher);
    }

    private static String sign(String function) {
        return switch (function) {
            case "eq" -> "==";
            case "gt" -> ">";
            case "ge" -> ">=";
            case "lt" -> "<";
            case "le" -> "<=";
            default -> throw new IllegalStateException(function);
        };
    }

    private static String literal(Matcher matcher) {
        if (matcher.group(1) != null) {
            return TextNode.valueOf(matcher.group(1).replace("''", "'")).toString();
        }
        return matcher.group(2) != null ? matcher.group(2) : matcher.group(3).toLowerCase(Locale.ROOT);
    }

    /** RFC 6901. */
    private static String pointer(String path) {
        StringBuilder pointer = new StringBuilder();
        Matcher step = STEP.matcher(path);
        while (step.find()) {
            String name = step.group(1) != null
                    ? step.group(1).replace("''", "'")
                    : step.group(2) != null ? step.group(2) : step.group(3);
            pointer.append('/').append(name.replace("~", "~0").replace("/", "~1"));
        }
        return pointer.toString();
    }
}
