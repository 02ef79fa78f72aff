package io.jenkins.plugins.approvalgate.preview;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.approvalgate.engine.audit.Json;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code /preview/}: what only the preview has. The accounts, the runs and the clock. */
final class PreviewRoute implements Route {

    private static final Pattern RUN = Pattern.compile(Pipeline.NAME + "#([1-9]\\d{0,8})");
    private static final int MOST_RUNS = 100;

    private final Runs runs;
    private final Accounts accounts;
    private final Access access;
    private final PreviewClock clock;
    private final Runnable onClockMoved;

    PreviewRoute(Runs runs, Accounts accounts, Access access, PreviewClock clock, Runnable onClockMoved) {
        this.runs = runs;
        this.accounts = accounts;
        this.access = access;
        this.clock = clock;
        this.onClockMoved = onClockMoved;
    }

    @Override
    public Reply answer(Call call) throws IOException {
        try {
            return switch (call.method() + " " + address(call)) {
                case "GET accounts" -> Reply.json(accounts());
                case "GET runs" -> Reply.json(newest());
                case "POST runs" -> Reply.json(begin(RunOrder.read(call, accounts)));
                case "GET runs/*" -> Reply.json(RunJson.write(run(call)));
                case "POST runs/*/abort" -> abort(call);
                case "GET clock" -> Reply.json(now());
                case "POST clock" -> move(Fields.read(call, "advance", "set"));
                default -> known(call) ? notThisWay(call) : Reply.notFound();
            };
        } catch (Refused refused) {
            return refused.reply();
        } catch (Access.UnknownAccount unknown) {
            return Access.unauthorized(call, Reply.error(401, "signIn", unknown.getMessage()));
        }
    }

    /** The address with the run's name left out. */
    private static String address(Call call) {
        String address = String.join("/", call.below(1));
        return call.path().size() > 2 ? address.replace(call.path().get(2), "*") : address;
    }

    private static boolean known(Call call) {
        return Set.of("accounts", "runs", "runs/*", "runs/*/abort", "clock").contains(address(call));
    }

    private static Reply notThisWay(Call call) {
        boolean action = address(call).endsWith("abort");
        return Reply.error(405, "methodNotAllowed", action ? "Use POST." : "Use GET or POST, as documented.");
    }

    private JsonNode accounts() {
        ObjectNode node = Json.object();
        ArrayNode array = node.putArray("accounts");
        accounts.all().forEach(account ->
                array.addObject().put("id", account.id()).put("role", account.role()));
        return node;
    }

    private JsonNode newest() {
        ObjectNode node = Json.object();
        ArrayNode array = node.putArray("runs");
        runs.newest(MOST_RUNS).forEach(run -> array.add(RunJson.write(run)));
        return node;
    }

    private JsonNode begin(RunOrder order) throws IOException {
        return Json.object().put("run", runs.begin(order.branch(), order.user(), order.metrics()).id());
    }

    private Run run(Call call) throws Refused {
        Matcher matcher = RUN.matcher(call.path().get(2));
        return Optional.of(matcher)
                .filter(Matcher::matches)
                .flatMap(m -> runs.find(Integer.parseInt(m.group(1))))
                .orElseThrow(() -> new Refused(404, "unknownRun", "There is no such run."));
    }

    private Reply abort(Call call) throws IOException, Refused, Access.UnknownAccount {
        Fields.read(call);
        Run before = run(call);
        if (before.current().isEmpty()) {
            throw new Refused(409, "ended", "The run has ended: " + before.status() + ".");
        }
        Optional<String> by = access.account(call).map(Accounts.Account::id);
        return Reply.json(RunJson.write(runs.abort(before.number(), by)));
    }

    private JsonNode now() {
        return Json.object().put("now", clock.instant().truncatedTo(ChronoUnit.MILLIS).toString());
    }

    private Reply move(Fields fields) throws IOException, Refused {
        String advance = fields.text("advance");
        String set = fields.text("set");
        if (advance.isEmpty() == set.isEmpty()) {
            throw Refused.invalid("Send either advance, as in \"PT8H\", or set, as in \"2026-03-06T21:59:00Z\".");
        }
        try {
            if (set.isEmpty()) {
                clock.advance(Duration.parse(advance));
            } else {
                clock.set(Instant.parse(set));
            }
        } catch (DateTimeException | ArithmeticException unreadable) {
            throw Refused.invalid("advance has to be an ISO-8601 duration, as in \"PT8H\" or \"P30D\", and set a time in"
                    + " UTC, as in \"2026-03-06T21:59:00Z\".");
        } catch (IllegalArgumentException notThatWay) {
            throw Refused.invalid(notThatWay.getMessage());
        }
        onClockMoved.run();
        return Reply.json(now());
    }
}
