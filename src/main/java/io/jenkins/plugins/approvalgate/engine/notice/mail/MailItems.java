package io.jenkins.plugins.approvalgate.engine.notice.mail;

import io.jenkins.plugins.approvalgate.engine.gate.Conditions;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.GateEvent;
import io.jenkins.plugins.approvalgate.engine.gate.GateRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Says of a gate what the reader of a mail wants to know.
 *
 * @param root the address of the host, ending in a slash; empty if it does not know it
 */
record MailItems(MailWords words, Optional<String> root) {

    private static final int MOST_METRICS = 20;

    private static final String PLAIN = "background-color:#ffffff;color:#1d4ed8;border:1px solid #1d4ed8";
    private static final String GREEN = "background-color:#15803d;color:#ffffff;border:1px solid #15803d";
    private static final String RED = "background-color:#b91c1c;color:#ffffff;border:1px solid #b91c1c";

    /** A gate about which something is told. */
    record Told(MailKind kind, Gate gate, Conditions conditions) {}

    String subject(Told told) {
        GateRequest request = told.gate().request();
        return CleanText.line(words.say(
                "mail.subject." + told.kind().word(), request.environment(), request.buildName(), outcome(told.gate())));
    }

    private String outcome(Gate gate) {
        return gate.closed().map(end -> words.say("mail.outcome." + end.outcome().name())).orElse("");
    }

    /** @param many whether it stands among others, so that it has to be short */
    MailPage.Item item(Told told, boolean many, Instant now) {
        return new MailPage.Item(
                subject(told),
                CleanText.line(words.say(
                        "mail.intro." + told.kind().word(),
                        told.gate().request().requestedBy(),
                        told.gate().request().environment(),
                        outcome(told.gate()))),
                rows(told, now),
                many ? List.of() : sections(told),
                buttons(told),
                many);
    }

    private List<MailPage.Row> rows(Told told, Instant now) {
        Gate gate = told.gate();
        GateRequest request = gate.request();
        List<MailPage.Row> rows = new ArrayList<>();
        row(rows, "environment", request.environment());
        row(rows, "build", request.buildName());
        request.stage().ifPresent(stage -> row(rows, "stage", stage));
        request.branch().ifPresent(branch -> row(rows, "branch", branch));
        row(rows, "requestedBy", words.say(
                "mail.requestedByAt", request.requestedBy(), words.time(gate.requested().at())));
        if (gate.closed().isPresent()) {
            GateEvent.Closed end = gate.closed().get();
            row(rows, "ended", words.time(end.at()));
            row(rows, "reason", end.reason());
        } else {
            row(rows, "due", due(gate, now));
        }
        return rows;
    }

    private void row(List<MailPage.Row> rows, String label, String value) {
        rows.add(new MailPage.Row(words.say("mail.label." + label), CleanText.line(value)));
    }

    private String due(Gate gate, Instant now) {
        String deadline = words.time(gate.requested().deadline());
        Optional<Instant> sla = gate.requested().slaDue();
        if (sla.isEmpty()) {
            return words.say("mail.due.deadline", deadline);
        }
        return words.say(
                now.isBefore(sla.get()) ? "mail.due.sla" : "mail.due.overdue", words.time(sla.get()), deadline);
    }

    private List<MailPage.Section> sections(Told told) {
        Gate gate = told.gate();
        List<MailPage.Section> sections = new ArrayList<>();
        section(sections, "message", CleanText.lines(gate.request().message()), false);
        if (gate.isOpen()) {
            section(sections, "waits", waits(told), true);
            section(sections, "instructions", CleanText.lines(gate.requested().instructions()), false);
            section(sections, "checklist", clean(gate.requested().checklist().stream()), true);
            section(
                    sections,
                    "metrics",
                    clean(gate.request().metrics().entrySet().stream()
                            .limit(MOST_METRICS)
                            .map(metric -> metric.getKey() + ": " + metric.getValue())),
                    true);
        }
        return sections;
    }

    private static List<String> waits(Told told) {
        return clean(Stream.concat(
                told.gate().missing().stream(),
                told.conditions().obstacles(told.gate()).stream().map(Conditions.Obstacle::reason)));
    }

    private static List<String> clean(Stream<String> texts) {
        return texts.map(CleanText::line).toList();
    }

    private void section(List<MailPage.Section> sections, String heading, List<String> lines, boolean list) {
        if (!lines.isEmpty()) {
            sections.add(new MailPage.Section(words.say("mail.label." + heading), lines, list));
        }
    }

    /** They lead to pages that ask again; nothing happens by following a link, as programs follow links, too. */
    private List<MailPage.Button> buttons(Told told) {
        if (root.isEmpty()) {
            return List.of();
        }
        String page = root.get() + "approvals/gates/" + told.gate().id();
        MailPage.Button view = new MailPage.Button(words.say("mail.view"), page, PLAIN, true);
        return told.kind().asks()
                ? List.of(
                        view,
                        new MailPage.Button(words.say("mail.approve"), page + "?decide=approve", GREEN, false),
                        new MailPage.Button(words.say("mail.reject"), page + "?decide=reject", RED, false))
                : List.of(view);
    }
}
