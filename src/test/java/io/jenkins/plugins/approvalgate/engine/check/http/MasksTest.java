package io.jenkins.plugins.approvalgate.engine.check.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.approvalgate.engine.check.Secret;
import io.jenkins.plugins.approvalgate.engine.gate.CheckResult;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.Rule;
import org.junit.Test;

public class MasksTest {

    private static final String NASTY = "p\"a\\s/s &<w>ö'r+d%41 $😀";

    @Rule
    public final Web web = new Web();

    private final Asks asks = new Asks();

    private static Masks hiding(String... texts) {
        return Masks.of(List.of(), List.of(texts));
    }

    private static Map<String, String> forms(String secret) throws Exception {
        String json = new ObjectMapper().writeValueAsString(secret);
        StringBuilder units = new StringBuilder();
        StringBuilder mixed = new StringBuilder();
        secret.chars().forEach(c -> units.append(String.format("\\u%04X", c)));
        secret.codePoints().forEach(c -> mixed.append(c % 2 == 0 ? "&#" + c + ";" : Character.toString(c)));
        Map<String, String> forms = new LinkedHashMap<>();
        forms.put("as it is", secret);
        forms.put("JSON", json.substring(1, json.length() - 1));
        forms.put("JSON with slashes", json.substring(1, json.length() - 1).replace("/", "\\/"));
        forms.put("JSON in units", units.toString());
        forms.put("path", Address.encode(secret));
        forms.put("path in lower case", Address.encode(secret).replaceAll("%([0-9A-F])([0-9A-F])", "%$1$2")
                .replace("%C3%B6", "%c3%b6"));
        forms.put("form", URLEncoder.encode(secret, StandardCharsets.UTF_8));
        forms.put("HTML", secret.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;")
                .replace("'", "&#39;"));
        forms.put("numbers", mixed.toString());
        forms.put("Base64", Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8)));
        forms.put("Base64 for addresses", Base64.getUrlEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8)));
        forms.put("wrong charset",
                new String(secret.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
        return forms;
    }

    @Test
    public void everyForm_isHidden() throws Exception {
        for (String secret : List.of("s3cr3t-token", NASTY, "a", "aa", "ab\\", "\"\"", "two\nlines")) {
            for (Map.Entry<String, String> form : forms(secret).entrySet()) {
                String masked = hiding(secret).hide("[" + form.getValue() + "][" + form.getValue() + "]");
                assertThat(masked).as("%s, %s", secret, form.getKey()).isEqualTo("[****][****]");
            }
        }
    }

    @Test
    public void nothingElse_isHidden() {
        assertThat(hiding("secret").hide("Secret secre t %73ecre")).isEqualTo("Secret secre t %73ecre");
        assertThat(hiding("").hide("abc")).isEqualTo("abc");
        assertThat(hiding(" ").hide("a b")).isEqualTo("a b");
    }

    @Test
    public void longerSecret_isHiddenBeforeTheOneInIt() {
        assertThat(hiding("pass", "password").hide("password pass")).isEqualTo("**** ****");
    }

    @Test
    public void generatedSecrets_areHiddenWhereverTheyAreEscaped() {
        long seed = 20_261_123L;
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            StringBuilder secret = new StringBuilder();
            StringBuilder written = new StringBuilder();
            for (int length = 1 + random.nextInt(12); length > 0; length--) {
                int c = "ab1%\\\"/&+<> ä€😀".codePoints().toArray()[random.nextInt(15)];
                secret.appendCodePoint(c);
                written.append(write(c, random));
            }
            if (!secret.toString().isBlank()) {
                assertThat(hiding(secret.toString()).hide("x" + written + "x"))
                        .as("seed %d, %s as %s", seed, secret, written)
                        .startsWith("x")
                        .contains("****")
                        .doesNotContain(written);
            }
        }
    }

    private static String write(int c, Random random) {
        String itself = Character.toString(c);
        StringBuilder units = new StringBuilder();
        itself.chars().forEach(unit -> units.append(String.format("\\u%04x", unit)));
        return switch (random.nextInt(4)) {
            case 0 -> units.toString();
            case 1 -> Address.encode(itself).toLowerCase(Locale.ROOT);
            case 2 -> String.format("&#x%X;", c);
            default -> itself;
        };
    }

    @Test
    public void secretEchoed_isNotInTheDetail() throws Exception {
        web.answers((exchange, request, number) ->
                Web.reply(exchange, 200, "you are " + request.header("Authorization") + ", " + NASTY));
        asks.surroundings.secrets.put("login", new Secret.UserPassword("jane", NASTY));
        assertThat(asks.rest("url", web.at("/"), "credentials", "login").detail())
                .isEqualTo("HTTP 200\nyou are Basic ****, ****");
        asks.surroundings.secrets.put("login", new Secret.Text("s3cr3t-token"));
        web.answers((exchange, request, number) -> Web.reply(exchange, 404, request.header("Authorization")));
        assertThat(asks.rest("url", web.at("/"), "credentials", "login").detail()).isEqualTo("HTTP 404\nBearer ****");
    }

    @Test
    public void secretOnTheCut_isNotInTheDetail() throws Exception {
        String secret = "s3cr3t-token-of-many-characters";
        asks.surroundings.secrets.put("token", new Secret.Text(secret));
        for (int before = 4096 - secret.length() - 2; before <= 4097; before++) {
            web.answers(200, "x".repeat(before) + secret);
            CheckResult result = asks.rest("url", web.at("/"), "credentials", "token");
            assertThat(result.detail()).as("%d before", before).doesNotContain("s3");
        }
    }

    @Test
    public void secretInWhatAFunctionSays_isNotInReasonDetailOrException() throws Exception {
        String secret = "s3cr3t-token";
        asks.surroundings.secrets.put("key", new Secret.Text(secret));
        for (String reply : List.of(
                "{\"decision\":\"fail\",\"reason\":\"key s3cr3t-token\"}",
                "{\"decision\":\"fail\",\"reason\":\"key \\u00733cr3t-token\"}",
                "{\"decision\":\"fail\",\"reason\":\"" + "x".repeat(990) + secret + "\"}")) {
            web.answers(200, reply);
            CheckResult result = asks.ask(asks.check(FunctionCheck::of, "url", web.at("/"), "credentials", "key"));
            assertThat(result.reason() + result.detail()).doesNotContain("s3cr3").doesNotContain("3cr3t");
        }
        web.answers(200, "s3cr3t-token");
        assertThatThrownBy(() -> asks.ask(
                        asks.check(FunctionCheck::of, "url", web.at("/s3cr3t-token"), "credentials", "key")))
                .hasMessageStartingWith(web.at("/****") + " answered 200");
    }

    @Test
    public void secretInTheStatusLine_isNotInTheException() throws Exception {
        asks.surroundings.secrets.put("key", new Secret.Text("s3cr3t-token"));
        try (RawServer lying = RawServer.saying("s3cr3t-token s3cr3t-token\n\n")) {
            assertThatThrownBy(() -> asks.rest("url", lying.at("/"), "credentials", "key", "retries", 0))
                    .hasNoCause()
                    .hasMessage(lying.at("/") + " did not answer: the connection was cut off");
        }
    }
}
