package io.jenkins.plugins.approvalgate.engine.check.calendar;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of an iCalendar file (RFC 5545, 3.1): {@code DTSTART;TZID=Europe/Berlin:20261220T180000}.
 *
 * @param name in capitals
 * @param parameters by name in capitals; of several values of one parameter all, with commas
 * @param value as it stands there
 */
record ContentLine(String name, Map<String, String> parameters, String value) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9-]+");
    private static final Pattern BREAK = Pattern.compile("\r\n|\n|\r");

    /**
     * The lines of a file, those that were folded put together.
     *
     * @throws IllegalArgumentException naming the first line that is none
     */
    static List<ContentLine> read(String text) {
        List<ContentLine> lines = new ArrayList<>();
        StringBuilder whole = new StringBuilder();
        int number = 0;
        int first = 1;
        for (String line : BREAK.split(text)) {
            number++;
            if (line.startsWith(" ") || line.startsWith("\t")) {
                whole.append(line, 1, line.length());
            } else {
                add(lines, whole, first);
                whole.append(line);
                first = number;
            }
        }
        add(lines, whole, first);
        return lines;
    }

    private static void add(List<ContentLine> lines, StringBuilder whole, int number) {
        if (!whole.toString().isBlank()) {
            lines.add(one(whole, number));
        }
        whole.setLength(0);
    }

    private static ContentLine one(CharSequence line, int number) {
        Matcher name = NAME.matcher(line);
        if (!name.lookingAt()) {
            throw new IllegalArgumentException("line " + number + " is not of an iCalendar file");
        }
        Map<String, String> parameters = new HashMap<>();
        int at = name.end();
        while (at < line.length() && line.charAt(at) == ';') {
            int end = endOfParameter(line, at + 1);
            String parameter = line.subSequence(at + 1, end).toString();
            int equals = parameter.indexOf('=');
            if (equals > 0) {
                parameters.put(
                        parameter.substring(0, equals).toUpperCase(Locale.ROOT),
                        parameter.substring(equals + 1).replace("\"", ""));
            }
            at = end;
        }
        if (at == line.length() || line.charAt(at) != ':') {
            throw new IllegalArgumentException("line " + number + " is not of an iCalendar file");
        }
        return new ContentLine(
                name.group().toUpperCase(Locale.ROOT), Map.copyOf(parameters), line.subSequence(at + 1, line.length()).toString());
    }

    /** The next semicolon or colon outside quotes. */
    private static int endOfParameter(CharSequence line, int from) {
        boolean quoted = false;
        for (int i = from; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == ';' || c == ':')) {
                return i;
            }
        }
        return line.length();
    }

    Optional<String> parameter(String parameter) {
        return Optional.ofNullable(parameters.get(parameter));
    }

    boolean is(String name, String value) {
        return this.name.equals(name) && this.value.strip().equalsIgnoreCase(value);
    }
}
