package io.jenkins.plugins.approvalgate.engine.audit.index;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.approvalgate.engine.audit.Words;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Collectors;

/** How values stand in rows. */
final class Rows {

    /** What fits into a row of an index in every database. */
    private static final int LONGEST_NAME = 500;
    private static final int LONGEST_CODE = 40;
    private static final int NUMBER_BITS = 16;
    private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

    private Rows() {}

    /** A word of a set of words, such as a type. */
    static String code(String text) {
        return Words.cut(text(text), LONGEST_CODE);
    }

    /** A name. */
    static String name(String text) {
        return Words.cut(text(text), LONGEST_NAME);
    }

    /** PostgreSQL takes no zero bytes, and nobody takes half a character. */
    static String text(String text) {
        return new String(text.replace('\0', '\uFFFD').getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    /** What tells a line from all others, by its number and its controller's. */
    static long id(long seq, int number) {
        return (seq << NUMBER_BITS) + number;
    }

    /** Words, so that {@link #beginning} finds each. */
    static String words(Collection<String> words) {
        return words.stream().map(word -> " " + word).collect(Collectors.joining());
    }

    /** For {@code like}: a word that begins so. There is nothing in a word that would have to be escaped. */
    static String beginning(String word) {
        return "% " + word + "%";
    }

    /** A time, that nobody could have meant to be another millennium. */
    static long millis(Instant time) {
        Instant sane = time.isBefore(EARLIEST) ? EARLIEST : time.isAfter(LATEST) ? LATEST : time;
        return sane.toEpochMilli();
    }

    /** A field of a line's data, if it is a text with something in it. */
    static Optional<String> field(JsonNode data, String field) {
        return Optional.ofNullable(data.get(field))
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .filter(text -> !text.isBlank());
    }

    static Optional<Integer> number(JsonNode data, String field) {
        return Optional.ofNullable(data.get(field))
                .filter(JsonNode::isIntegralNumber)
                .filter(JsonNode::canConvertToInt)
                .map(JsonNode::intValue);
    }

    static Optional<Instant> time(JsonNode data, String field) {
        try {
            return field(data, field).map(Instant::parse);
        } catch (DateTimeException none) {
            return Optional.empty();
        }
    }
}
