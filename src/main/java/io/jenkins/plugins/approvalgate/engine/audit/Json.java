package io.jenkins.plugins.approvalgate.engine.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import org.erdtman.jcs.JsonCanonicalizer;

/** The one way in which this engine reads, writes, canonicalises and hashes JSON. */
public final class Json {

    private static final int DEEPEST = 50;
    private static final MessageDigest SHA_256 = newSha256();
    private static final long LARGEST_EXACT = (1L << 53) - 1;

    /** Strict: no duplicate names, nothing after the end, not deeper than anything we write. */
    public static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    static {
        MAPPER.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(DEEPEST)
                        .build());
    }

    private Json() {}

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /**
     * Reads one JSON value.
     *
     * @throws IOException if {@code utf8} is not exactly one
     */
    public static JsonNode read(byte[] utf8) throws IOException {
        return MAPPER.readTree(utf8);
    }

    /** The value as compact UTF-8. */
    public static byte[] write(JsonNode value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** The value in the canonical form of RFC 8785, as UTF-8. */
    public static byte[] canonical(JsonNode value) {
        return Canonical.of(value).orElseGet(() -> canonicalByLibrary(value));
    }

    /** The same, of whatever JSON there is. */
    static byte[] canonicalByLibrary(JsonNode value) {
        try {
            return new JsonCanonicalizer(write(value)).getEncodedUTF8();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Whether every text and name in {@code value} is Unicode: nowhere stands half of a surrogate pair alone. */
    public static boolean isUnicode(JsonNode value) {
        if (value.isTextual()) {
            return isUnicode(value.textValue());
        }
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            if (!isUnicode(field.getKey())) {
                return false;
            }
        }
        for (JsonNode child : value) {
            if (!isUnicode(child)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether every number in {@code value} is one that we write: whole, without a fraction or an exponent, and exact as a
     * double, which is what RFC 8785 (section 3.2.2.3) makes of it.
     */
    static boolean hasOurNumbers(JsonNode value) {
        if (value.isNumber()) {
            return isOurNumber(value);
        }
        for (JsonNode child : value) {
            if (!hasOurNumbers(child)) {
                return false;
            }
        }
        return true;
    }

    static boolean isOurNumber(JsonNode value) {
        long number = value.longValue();
        return value.isIntegralNumber()
                && value.canConvertToLong()
                && -LARGEST_EXACT <= number
                && number <= LARGEST_EXACT;
    }

    static boolean isUnicode(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i)) && !Character.isSurrogatePair(text.charAt(i), after(text, i++))) {
                return false;
            }
        }
        return true;
    }

    /** The character behind that at {@code i}; one that completes nothing where there is none. */
    private static char after(String text, int i) {
        return i + 1 < text.length() ? text.charAt(i + 1) : 0;
    }

    /** A fresh digest: a copy of one, since asking for it by its name takes as long as to hash a short line. */
    static MessageDigest sha256() {
        try {
            return (MessageDigest) SHA_256.clone();
        } catch (CloneNotSupportedException otherProvider) {
            return newSha256();
        }
    }

    private static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    /** Lower-case hexadecimal, as {@code sha256sum} prints it. */
    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    /** The SHA-256 of {@code bytes}, in lower-case hexadecimal. */
    public static String hash(byte[] bytes) {
        return hex(sha256().digest(bytes));
    }

    /** The bytes of a text that is all ASCII. */
    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
