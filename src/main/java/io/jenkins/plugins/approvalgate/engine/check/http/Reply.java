package io.jenkins.plugins.approvalgate.engine.check.http;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What came back: whole, no larger than was allowed. Nothing of it may be kept but {@link #masked}. Immutable. */
public final class Reply {

    /** As much of a reply as is kept for those who read the gate. */
    private static final int KEPT = 4096;

    private static final int EXCERPT = 200;

    private static final Pattern CHARSET = Pattern.compile("(?i);\\s*charset\\s*=\\s*\"?([^\\s\";]+)");

    /** Exact and strict: whatever two readers could read in two ways is refused. */
    static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final int status;
    private final HttpHeaders headers;
    private final byte[] body;
    private final Masks masks;

    Reply(int status, HttpHeaders headers, byte[] body, Masks masks) {
        this.status = status;
        this.headers = headers;
        this.body = body;
        this.masks = masks;
    }

    public int status() {
        return status;
    }

    /** The first header of this name; as it was sent, so that it may hold the credential. */
    public Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    /** As it was sent, so that it may hold the credential. */
    public byte[] body() {
        return body.clone();
    }

    /** Whether it was 2xx. */
    boolean fine() {
        return status / 100 == 2;
    }

    /** The JSON value that it is; empty if it is not exactly one. */
    Optional<JsonNode> json() {
        try {
            JsonNode value = MAPPER.readTree(body);
            return Optional.of(value).filter(node -> !node.isMissingNode());
        } catch (IOException | IllegalArgumentException notJson) {
            // The latter for a number whose exponent is beyond all bounds.
            return Optional.empty();
        }
    }

    /** {@code text} without the secrets that the call knew. */
    public String masked(String text) {
        return masks.hide(text);
    }

    /** The first 200 characters of {@code text}, on one line, without the secrets that the call knew. */
    String excerpt(String text) {
        // Before the line is made, and after it: a secret may have a line end in it, and odd characters may be in a secret.
        return Texts.atMost(EXCERPT, masked(Texts.line(masked(text))));
    }

    /** The status, and the first 4 KiB as text, without the secrets that the call knew. */
    public String detail() {
        // Masked before it is cut: half of a secret is not found any more.
        String text = Texts.lines(masked(new String(body, charset()))).strip();
        return "HTTP " + status + (text.isEmpty() ? "" : "\n" + firstBytes(text));
    }

    private Charset charset() {
        Matcher matcher = CHARSET.matcher(header("content-type").orElse(""));
        try {
            return matcher.find() ? Charset.forName(matcher.group(1)) : StandardCharsets.UTF_8;
        } catch (IllegalArgumentException unknown) {
            return StandardCharsets.UTF_8;
        }
    }

    private static String firstBytes(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (utf8.length <= KEPT) {
            return text;
        }
        int end = KEPT;
        while ((utf8[end] & 0xC0) == 0x80) {
            end--;
        }
        return new String(utf8, 0, end, StandardCharsets.UTF_8) + "\n…";
    }
}
