package io.jenkins.plugins.approvalgate.engine.check.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A text to be found in others although each of its characters may be escaped, in JSON's way ({@code \"}, {@code \u0022}),
 * in that of addresses and forms ({@code %22}, {@code +}) or in HTML's ({@code &quot;}, {@code &#34;}, {@code &#x22;}).
 */
final class EscapedText {

    /** For each character the ways to write it, in lower case but for the first, which is the character itself. */
    private final List<List<String>> characters;

    EscapedText(String text) {
        characters = text.codePoints().mapToObj(EscapedText::ways).toList();
    }

    private static List<String> ways(int c) {
        String itself = Character.toString(c);
        Set<String> ways = new LinkedHashSet<>();
        ways.add(itself);
        StringBuilder json = new StringBuilder();
        StringBuilder percent = new StringBuilder();
        itself.chars().forEach(unit -> json.append(String.format("\\u%04x", unit)));
        for (byte octet : itself.getBytes(StandardCharsets.UTF_8)) {
            percent.append('%').append(HexFormat.of().toHexDigits(octet));
        }
        ways.add(json.toString());
        ways.add(percent.toString());
        ways.add("&#" + c + ";");
        ways.add("&#x" + Integer.toHexString(c) + ";");
        ways.addAll(named(c));
        return List.copyOf(ways);
    }

    private static List<String> named(int c) {
        return switch (c) {
            case '"' -> List.of("\\\"", "&quot;");
            case '\\' -> List.of("\\\\");
            case '/' -> List.of("\\/");
            case '\n' -> List.of("\\n");
            case '\r' -> List.of("\\r");
            case '\t' -> List.of("\\t");
            case ' ' -> List.of("+");
            case '&' -> List.of("&amp;");
            case '<' -> List.of("&lt;");
            case '>' -> List.of("&gt;");
            case '\'' -> List.of("&apos;", "\\'");
            default -> List.of();
        };
    }

    /** {@code text} with {@code mask} wherever this occurs in it. */
    String replaceIn(String text, String mask) {
        StringBuilder replaced = new StringBuilder(text.length());
        int from = 0;
        for (int i = 0; i < text.length(); ) {
            int end = end(text, i);
            if (end < 0) {
                i++;
            } else {
                replaced.append(text, from, i).append(mask);
                from = end;
                i = end;
            }
        }
        return from == 0 ? text : replaced.append(text, from, text.length()).toString();
    }

    /** Where the longest occurrence that begins at {@code begin} ends; negative if none does. */
    private int end(String text, int begin) {
        // All the places where an occurrence can have got to: "\\" is one escaped backslash, and two that are not.
        List<Integer> places = List.of(begin);
        for (List<String> ways : characters) {
            places = after(text, places, ways);
            if (places.isEmpty()) {
                return -1;
            }
        }
        return places.stream().mapToInt(Integer::intValue).max().orElseThrow();
    }

    private static List<Integer> after(String text, List<Integer> places, List<String> ways) {
        List<Integer> after = new ArrayList<>(2);
        for (int place : places) {
            for (int i = 0; i < ways.size(); i++) {
                String way = ways.get(i);
                int next = place + way.length();
                if (text.regionMatches(i > 0, place, way, 0, way.length()) && !after.contains(next)) {
                    after.add(next);
                }
            }
        }
        return after;
    }
}
