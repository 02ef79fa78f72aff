package io.jenkins.plugins.approvalgate.engine.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.Assume.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.approvalgate.engine.Given;
import io.jenkins.plugins.approvalgate.engine.KeeperOnDisk;
import io.jenkins.plugins.approvalgate.engine.Moment;
import io.jenkins.plugins.approvalgate.engine.Town;
import io.jenkins.plugins.approvalgate.engine.audit.JournalLine;
import io.jenkins.plugins.approvalgate.engine.audit.Json;
import io.jenkins.plugins.approvalgate.engine.check.Secret;
import io.jenkins.plugins.approvalgate.engine.gate.Command;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.Webhook;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What {@code docs/webhooks.md} tells others to copy works, whatever texts there are. */
public class WebhookDocsTest {

    private static final List<String> NASTY = List.of(
            "plain",
            "",
            "\"quotes\" and \\backslashes\\ and }{][",
            "lines\nand\r\nmore\tlines\u2028and\u0000zero",
            "<script>alert('x')</script>",
            "<!channel> <!here|here> @here @channel <@U012AB3CD>",
            "<https://evil.example|Approve> [Approve](https://evil.example) ![x](https://evil.example/x.png)",
            "*bold* _it_ ~no~ `code` ``` <at>Ada</at> # head > quote & &lt;!channel&gt;",
            "${comment} $${job} {{x}} %s",
            "emoji \uD83D\uDE80 and \u202Ereversed",
            "x".repeat(5_000) + "\uD83D\uDE80");

    @Rule
    public final KeeperOnDisk disk =
            new KeeperOnDisk(Town.of("ops=carol"), Given.environment("production", "unanimous: alice, bob"));

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private static String docs() throws IOException {
        Path here = Path.of("docs", "webhooks.md");
        return Files.readString(Files.exists(here) ? here : Path.of("..").resolve(here));
    }

    /** The first block of code in this language after {@code heading}. */
    private static String block(String heading, String language) throws IOException {
        String after = docs().substring(docs().indexOf("\n" + heading + "\n"));
        Matcher block = Pattern.compile("(?s)```" + language + "\n(.*?)```").matcher(after);
        assertThat(block.find()).as(heading).isTrue();
        return block.group(1);
    }

    /** An approval with this comment. */
    private Told told(String comment, int build) throws Exception {
        Gate gate = disk.request("production", build);
        disk.keeper.submit(gate.id(), new Command.Approve("alice", comment, List.of(), Map.of()));
        JournalLine line = disk.keeper.journal().linesOf(gate.id()).get(1);
        return new Told(line, Moment.of(line, disk.keeper), Optional.of("https://ci.example.com/"));
    }

    private static JsonNode filled(String template, Told told) throws IOException {
        Webhook webhook = new Webhook(
                Optional.of("https://example.com/"), Optional.empty(), Optional.empty(), List.of(), List.of(),
                Optional.of(template), Optional.empty());
        return Json.read(Outlet.of(webhook).body(told).content());
    }

    private static List<String> texts(JsonNode node) {
        List<String> texts = new ArrayList<>();
        if (node.isTextual()) {
            texts.add(node.textValue());
        }
        node.forEach(child -> texts.addAll(texts(child)));
        return texts;
    }

    @Test
    public void slack_isJsonWithoutAnyMeaningOfItsOwn() throws Exception {
        String template = block("### Slack", "json");
        int shape = texts(filled(template, told("plain", 1_000))).size();
        for (int i = 0; i < NASTY.size(); i++) {
            JsonNode message = filled(template, told(NASTY.get(i), i + 1));
            assertThat(texts(message)).as(NASTY.get(i)).hasSize(shape).noneMatch(String::isEmpty).allMatch(text -> text.length() < 3_000);
            assertThat(message.path("text").asText()).doesNotContain("<", ">");
            assertThat(message.path("blocks").get(1).path("type").asText()).isEqualTo("rich_text");
        }
    }

    @Test
    public void teams_isJsonWithoutAnyMeaningOfItsOwn() throws Exception {
        String template = block("### Teams", "json");
        int shape = texts(filled(template, told("plain", 1_000))).size();
        for (int i = 0; i < NASTY.size(); i++) {
            JsonNode message = filled(template, told(NASTY.get(i), i + 1));
            assertThat(texts(message)).as(NASTY.get(i)).hasSize(shape);
            for (JsonNode part : message.path("attachments").get(0).path("content").path("body")) {
                if (!part.path("type").asText().equals("RichTextBlock")) {
                    assertThat(part.toString()).doesNotContain("evil", "<at>", "script");
                }
            }
        }
    }

    @Test
    public void markup_isTakenFromEveryCharacterThatHasOne() throws Exception {
        String template = "{\"a\": \"${mrkdwn.comment}\", \"b\": \"${markdown.comment}\"}";
        JsonNode mentions = filled(template, told("<!channel> & *b* @here", 1));
        assertThat(mentions.path("a").asText()).isEqualTo("&lt;!channel&gt; &amp; *\u200Bb*\u200B @\u200Bhere");
        JsonNode link = filled(template, told("[Approve](https://evil.example)", 2));
        assertThat(link.path("b").asText()).isEqualTo("\\[Approve\\]\\(https://evil\\.example\\)");
        JsonNode longOne = filled(template, told(NASTY.get(NASTY.size() - 1), 3));
        assertThat(longOne.path("a").asText()).hasSize(1_000).endsWith("…");
    }

    @Test
    public void everyEvent_isInTheTable_andEveryPlaceholderIsNamed() throws Exception {
        for (String type : Webhook.EVENTS) {
            assertThat(docs()).contains("| `" + type + "` |");
        }
        Matcher named = Pattern.compile("\\$\\{([a-zA-Z.]+)}").matcher(docs());
        while (named.find()) {
            Placeholders.known(named.group(1));
        }
    }

    @Test
    public void example_hasTheFieldsThatAreSent() throws Exception {
        JsonNode example = Json.read(block("## What is sent", "json").getBytes(StandardCharsets.UTF_8));
        JsonNode sent = Json.read(told("fine", 1).cloudEvent().content());
        assertThat(sent.fieldNames()).toIterable().containsExactlyInAnyOrderElementsOf(example::fieldNames);
        assertThat(sent.path("data").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrderElementsOf(example.path("data")::fieldNames);
    }

    @Test
    public void pythonReceiver_takesWhatIsSigned_andRefusesTheRest() throws Exception {
        verifier("python", "python3", ".py");
    }

    @Test
    public void nodeReceiver_takesWhatIsSigned_andRefusesTheRest() throws Exception {
        verifier("js", "node", ".js");
    }

    private void verifier(String language, String program, String ending) throws Exception {
        assumeTrue(program + " is not there", isThere(program));
        Path script = folder.newFile("verify" + ending).toPath();
        Files.writeString(script, block("## The signature", language));
        byte[] body = told("ä \uD83D\uDE80\n\"", 1).cloudEvent().content();
        long now = Instant.now().getEpochSecond();
        Secret key = new Secret.Text(" shared-key\n");
        String signature = Signature.of(key, "id", now, body);
        assertThat(run(program, script, now, signature, body)).isZero();
        byte[] other = body.clone();
        other[20] ^= 1;
        assertThat(run(program, script, now, signature, other)).as("another body").isNotZero();
        assertThat(run(program, script, now + 1, signature, body)).as("another time").isNotZero();
        assertThat(run(program, script, now, signature.toUpperCase(Locale.ROOT), body)).isNotZero();
        assertThat(run(program, script, now, "", body)).isNotZero();
        String old = Signature.of(key, "id", now - 301, body);
        assertThat(run(program, script, now - 301, old, body)).as("a replay").isNotZero();
        String recent = Signature.of(key, "id", now - 200, body);
        assertThat(run(program, script, now - 200, recent, body)).isZero();
    }

    private static boolean isThere(String program) throws InterruptedException {
        try {
            return new ProcessBuilder(program, "--version").start().waitFor(30, TimeUnit.SECONDS);
        } catch (IOException none) {
            return false;
        }
    }

    private int run(String program, Path script, long time, String signature, byte[] body) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(program, script.toString(), String.valueOf(time), signature);
        builder.environment().put("KEY", "shared-key");
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.redirectErrorStream(true).redirectOutput(folder.newFile());
        Process process = builder.start();
        try (var in = process.getOutputStream()) {
            in.write(body);
        }
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }
}
