package io.jenkins.plugins.approvalgate.preview;

import io.jenkins.plugins.approvalgate.engine.rest.PageTexts;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** An HTML page: a frame with a part in it. Whatever is put into either is escaped. */
final class Page {

    private static final String POLICY = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private final String html;

    private Page(String title, PageTexts texts, String part, Map<String, String> values) {
        html = fill(resource("frame.html"), Map.of("title", title, "texts", texts.json()))
                .replace("<!-- part -->", fill(resource(part), values));
    }

    static Page start(PageTexts texts) {
        return new Page("Approval Gate preview", texts, "start.html", Map.of());
    }

    /**
     * A place for the approval pages.
     *
     * @param page one of the names that they know
     */
    static Page approvals(String page, PageTexts texts) {
        return approvals(page, "", "", texts);
    }

    /** The same for the page of one gate. */
    static Page gate(String id, PageTexts texts) {
        return approvals("gate", id, "", texts);
    }

    /** The same for the page of one environment. */
    static Page environment(String name, PageTexts texts) {
        return approvals("environment", "", name, texts);
    }

    private static Page approvals(String page, String gate, String environment, PageTexts texts) {
        return new Page(
                "Approvals",
                texts,
                "approvals.html",
                Map.of("page", page, "gate", gate, "environment", environment, "lang", texts.locale()));
    }

    static Page run(Run run, PageTexts texts) {
        return new Page(run.id(), texts, "run.html", Map.of("run", run.id(), "branch", run.branch(), "user", run.user()));
    }

    Reply reply() {
        return Reply.of(200, "text/html;charset=utf-8", html.getBytes(StandardCharsets.UTF_8))
                .with("Content-Security-Policy", POLICY)
                .with("Referrer-Policy", "same-origin");
    }

    private static String fill(String template, Map<String, String> values) {
        String filled = template;
        for (Map.Entry<String, String> value : values.entrySet()) {
            filled = filled.replace("{{" + value.getKey() + "}}", escape(value.getValue()));
        }
        return filled;
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;")
                // so that no value can be taken for a place to fill
                .replace("{", "&#123;");
    }

    private static String resource(String name) {
        try (InputStream stream = Page.class.getResourceAsStream(name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
