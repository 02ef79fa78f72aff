package io.jenkins.plugins.approvalgate.preview;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.approvalgate.engine.audit.Json;
import io.jenkins.plugins.approvalgate.engine.rest.PageTexts;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The pages: the start page, the places that the approval pages fill, and the pages of the simulated runs. */
final class PageRoute implements Route {

    private final Runs runs;

    PageRoute(Runs runs) {
        this.runs = runs;
    }

    @Override
    public Reply answer(Call call) {
        if (!call.isRead()) {
            return Reply.useGet();
        }
        List<String> path = call.path();
        PageTexts texts = PageTexts.in(call.header("Accept-Language").orElse(""));
        if (path.size() == 3 && path.get(0).equals("approvals") && path.get(1).equals("gates")) {
            return folder(call, Page.gate(path.get(2), texts));
        }
        if (path.size() == 3 && path.get(0).equals("approvals") && path.get(1).equals("environments")) {
            return folder(call, Page.environment(path.get(2), texts));
        }
        if (path.size() >= 2 && path.get(0).equals(Pipeline.NAME) && path.get(1).matches("[1-9]\\d{0,8}")) {
            return runs.find(Integer.parseInt(path.get(1)))
                    .map(run -> ofRun(call, run, texts, String.join("/", call.below(2))))
                    .orElseGet(Reply::notFound);
        }
        return switch (String.join("/", path)) {
            case "" -> folder(call, Page.start(texts));
            case "approvals" -> folder(call, Page.approvals("inbox", texts));
            case "approvals/audit" -> folder(call, Page.approvals("audit", texts));
            case "approvals/charts" -> folder(call, Page.approvals("charts", texts));
            case "approvals/findings" -> folder(call, Page.approvals("findings", texts));
            case "approvals/environments" -> folder(call, Page.approvals("environments", texts));
            default -> Reply.notFound();
        };
    }

    private static Reply ofRun(Call call, Run run, PageTexts texts, String what) {
        return switch (what) {
            case "" -> folder(call, Page.run(run, texts));
            case "console" -> text("text/plain", String.join("\n", run.log()) + "\n");
            case "artifact/" + Pipeline.ARTIFACT -> text("application/json", artifact(run).toPrettyString() + "\n");
            default -> Reply.notFound();
        };
    }

    /** A page whose address ends in a slash, since what it links to is below it. */
    private static Reply folder(Call call, Page page) {
        return call.folder()
                ? page.reply()
                : Reply.redirect(call.exchange().getRequestURI().getRawPath() + "/"
                        + Optional.ofNullable(call.exchange().getRequestURI().getRawQuery())
                                .map(query -> "?" + query)
                                .orElse(""));
    }

    private static Reply text(String type, String content) {
        return Reply.of(200, type + ";charset=utf-8", content.getBytes(StandardCharsets.UTF_8));
    }

    private static ObjectNode artifact(Run run) {
        ObjectNode node = Json.object().put("run", run.id()).put("branch", run.branch());
        ArrayNode changed = node.putArray("changed");
        List.of("circuit-017", "circuit-042", "circuit-101").forEach(changed::add);
        return node;
    }
}
