package io.jenkins.plugins.approvalgate.engine.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.Test;

/** The canonical form that lines are hashed in, against the library that has written it before. */
public class CanonicalTest {

    private static final String LETTERS = "ab\"\\/\b\t\n\f\r\0\u001f\u007f\u0080é€\u2028\uFB33\uD83D\uDE00\uFFFF";

    private final Random random = new Random(20260301);

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            int at = LETTERS.offsetByCodePoints(0, random.nextInt(LETTERS.codePointCount(0, LETTERS.length())));
            text.appendCodePoint(LETTERS.codePointAt(at));
        }
        return text.toString();
    }

    private long number() {
        long exact = (1L << 53) - 1;
        return switch (random.nextInt(4)) {
            case 0 -> random.nextInt(100) - 50;
            case 1 -> exact - random.nextInt(2);
            case 2 -> -exact + random.nextInt(2);
            default -> random.nextLong() >> 11;
        };
    }

    private ObjectNode object(int deep) {
        ObjectNode node = Json.object();
        for (int i = random.nextInt(5); i > 0; i--) {
            switch (random.nextInt(deep > 0 ? 7 : 5)) {
                case 0 -> node.put(text(), text());
                case 1 -> node.put(text(), number());
                case 2 -> node.put(text(), random.nextBoolean());
                case 3 -> node.putNull(text());
                case 4 -> node.put(text(), random.nextInt());
                case 5 -> node.set(text(), object(deep - 1));
                default -> node.putArray(text()).add(text()).add(object(deep - 1)).add(number()).addArray();
            }
        }
        return node;
    }

    @Test
    public void objects_areWrittenAsTheLibraryDoes() {
        for (int i = 0; i < 50_000; i++) {
            ObjectNode value = object(3);
            assertThat(Canonical.of(value)).as("%s", value).isPresent();
            assertThat(new String(Canonical.of(value).get(), StandardCharsets.UTF_8))
                    .isEqualTo(new String(Json.canonicalByLibrary(value), StandardCharsets.UTF_8));
        }
    }

    @Test
    public void whatLinesDoNotHave_isLeftToTheLibrary() {
        assertThat(Canonical.of(Json.object().put("a", 0.5))).isEmpty();
        assertThat(Canonical.of(Json.object().put("a", 1L << 53))).isEmpty();
        assertThat(Canonical.of(Json.object().put("a", Long.MIN_VALUE))).isEmpty();
        assertThat(Canonical.of(Json.object().put("a", "\uD800"))).isEmpty();
        assertThat(Canonical.of(Json.object().put("\uDC00", "a"))).isEmpty();
        assertThat(Canonical.of(Json.object().put("a", new byte[] {1}))).isEmpty();
        assertThat(new String(Json.canonical(Json.object().put("a", 0.5)), StandardCharsets.UTF_8)).isEqualTo("{\"a\":0.5}");
    }

    @Test
    public void unicode_isWhatCanBeEncoded() {
        for (String text : new String[] {
            "", "a", "\uD83D\uDE00", "\uD83D", "\uDE00", "\uDE00\uD83D", "a\uD83D", "\uD83D\uD83D\uDE00", "\uD83D\uDE00\uDE00"
        }) {
            assertThat(Json.isUnicode(text)).isEqualTo(StandardCharsets.UTF_8.newEncoder().canEncode(text));
        }
    }
}
