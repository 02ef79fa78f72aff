package io.jenkins.plugins.approvalgate.engine.check.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Label matchers of PromQL: {@code env="prod", severity=~"critical|page"}. Read, and written anew, so that nothing gets into
 * a query but matchers.
 */
record Selector(List<Matching> matchings) {

    /** One label and what it has to be. */
    record Matching(String label, String operator, String value) {
        @Override
        public String toString() {
            return label + operator + '"' + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
        }
    }

    private static final Pattern MATCHING = Pattern.compile("\\s*([a-zA-Z_][a-zA-Z0-9_]*)\\s*(=~|!~|!=|=)"
            + "\\s*(?:\"((?:[^\"\\\\\n]++|\\\\.)*+)\"|'((?:[^'\\\\\n]++|\\\\.)*+)')\\s*(,|$)");

    /** What the check says of them by itself. */
    private static final Set<String> OURS = Set.of("__name__", "alertstate");

    Selector {
        matchings = List.copyOf(matchings);
    }

    /** @throws IllegalArgumentException if {@code text} is not a list of label matchers */
    static Selector parse(String text) {
        String inner = text.strip();
        if (inner.startsWith("{") && inner.endsWith("}")) {
            inner = inner.substring(1, inner.length() - 1).strip();
        }
        List<Matching> matchings = new ArrayList<>();
        Matcher next = MATCHING.matcher(inner);
        for (int at = 0; at < inner.length(); at = next.end()) {
            if (!next.region(at, inner.length()).lookingAt()) {
                throw new IllegalArgumentException("\"" + inner.substring(at) + "\" is no label matcher: write"
                        + " env=\"prod\",severity=~\"critical|page\"");
            }
            matchings.add(matching(next));
        }
        return new Selector(matchings);
    }

    private static Matching matching(Matcher found) {
        if (OURS.contains(found.group(1))) {
            throw new IllegalArgumentException("the label " + found.group(1) + " is not to be chosen: the check looks at"
                    + " alerts that fire");
        }
        String quoted = found.group(3) == null ? found.group(4) : found.group(3);
        return new Matching(found.group(1), found.group(2), unescape(quoted));
    }

    private static String unescape(String quoted) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < quoted.length(); i++) {
            char c = quoted.charAt(i);
            if (c != '\\') {
                plain.append(c);
                continue;
            }
            i++;
            switch (quoted.charAt(i)) {
                case '\\', '"', '\'' -> plain.append(quoted.charAt(i));
                case 'n' -> plain.append('\n');
                default -> throw new IllegalArgumentException("\\" + quoted.charAt(i)
                        + " is not known: after a backslash may stand a backslash, a quotation mark or n; a regular"
                        + " expression has \\\\" + quoted.charAt(i));
            }
        }
        return plain.toString();
    }

    boolean isEmpty() {
        return matchings.isEmpty();
    }

    @Override
    public String toString() {
        return matchings.stream().map(Matching::toString).collect(Collectors.joining(","));
    }
}
