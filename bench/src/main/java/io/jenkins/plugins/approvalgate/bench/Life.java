package io.jenkins.plugins.approvalgate.bench;

import io.jenkins.plugins.approvalgate.engine.audit.EventCodec;
import io.jenkins.plugins.approvalgate.engine.audit.JournalLine;
import io.jenkins.plugins.approvalgate.engine.audit.Json;
import io.jenkins.plugins.approvalgate.engine.audit.Notes;
import io.jenkins.plugins.approvalgate.engine.check.Check;
import io.jenkins.plugins.approvalgate.engine.check.CheckTypes;
import io.jenkins.plugins.approvalgate.engine.check.Subject;
import io.jenkins.plugins.approvalgate.engine.gate.Environment;
import io.jenkins.plugins.approvalgate.engine.gate.GateEvent;
import io.jenkins.plugins.approvalgate.engine.gate.GateRequest;
import io.jenkins.plugins.approvalgate.engine.gate.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * What happens to one gate, line after line: it is requested, its checks say what the engine's own say, somebody looks, one or
 * two approve, and, if it does not stay open, the last does or somebody rejects it. For one thread.
 */
final class Life implements Comparable<Life> {

    private static final String DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int TIME_DIGITS = 10;
    private static final int RANDOM_DIGITS = 16;

    /** Those that stay open began at most this long before the end. */
    private static final Duration RECENT = Duration.ofDays(90);

    private static final Duration ANSWERED_WITHIN = Duration.ofDays(3);

    /** An environment, with its checks as the engine makes them. */
    record Setting(Environment environment, List<Check.OfRequest> checks) {}

    private enum Step {
        REQUESTED,
        CHECK,
        REVIEWED,
        APPROVED,
        REJECTED,
        LOCKED,
        CLOSED,
        RELEASED
    }

    private final Setting setting;
    private final SplittableRandom random;
    private final List<Step> steps;
    private final int number;
    private final String id;
    private final boolean locked;
    private GateRequest request;
    private int done;
    private int checked;
    private int approved;
    private Instant at;

    Life(Setting setting, int number, boolean stays, SplittableRandom random) {
        this.setting = setting;
        this.number = number;
        this.random = random;
        Duration span = stays ? RECENT : Duration.between(JournalFactory.BEGIN, JournalFactory.END);
        Duration latest = span.minus(ANSWERED_WITHIN);
        Instant from = JournalFactory.END.minus(span);
        at = from.plusMillis(random.nextLong(latest.toMillis()));
        id = id(at, random);
        locked = setting.environment().lock().isPresent();
        steps = steps(stays, locked, random);
    }

    /** The environments, as {@link Fleet} has them. */
    static List<Setting> settings() {
        CheckTypes types = CheckTypes.of(new BenchHost(List.of(), Map.of()).surroundings(), List.of());
        return Fleet.environments().stream()
                .map(environment -> new Setting(
                        environment,
                        environment.checks().stream().map(spec -> (Check.OfRequest) types.create(spec)).toList()))
                .toList();
    }

    private static List<Step> steps(boolean stays, boolean locked, SplittableRandom random) {
        boolean two = random.nextInt(4) == 0;
        if (stays) {
            return two
                    ? List.of(Step.REQUESTED, Step.CHECK, Step.CHECK, Step.CHECK, Step.REVIEWED, Step.APPROVED, Step.REVIEWED, Step.APPROVED)
                    : List.of(Step.REQUESTED, Step.CHECK, Step.CHECK, Step.CHECK, Step.REVIEWED, Step.APPROVED);
        }
        if (two) {
            return List.of(Step.REQUESTED, Step.CHECK, Step.CHECK, Step.CHECK, Step.REVIEWED, Step.REJECTED, Step.CLOSED);
        }
        return locked
                ? List.of(
                        Step.REQUESTED, Step.CHECK, Step.CHECK, Step.CHECK, Step.APPROVED, Step.APPROVED, Step.APPROVED,
                        Step.LOCKED, Step.CLOSED, Step.RELEASED)
                : List.of(
                        Step.REQUESTED, Step.CHECK, Step.CHECK, Step.CHECK, Step.REVIEWED, Step.APPROVED, Step.APPROVED,
                        Step.APPROVED, Step.CLOSED);
    }

    /** As {@link io.jenkins.plugins.approvalgate.engine.gate.GateId} makes them, but the same each time. */
    private static String id(Instant at, SplittableRandom random) {
        char[] id = new char[TIME_DIGITS + RANDOM_DIGITS];
        long millis = at.toEpochMilli();
        for (int i = TIME_DIGITS - 1; i >= 0; i--) {
            id[i] = DIGITS.charAt((int) (millis & 31));
            millis >>>= 5;
        }
        for (int i = TIME_DIGITS; i < id.length; i++) {
            id[i] = DIGITS.charAt(random.nextInt(DIGITS.length()));
        }
        return new String(id);
    }

    String id() {
        return id;
    }

    boolean goesOn() {
        return done < steps.size();
    }

    /** The next line. */
    JournalLine.Draft next() {
        Step step = steps.get(done++);
        JournalLine.Draft draft = step == Step.REVIEWED ? reviewed() : EventCodec.draft(id, event(step));
        pass();
        return draft;
    }

    /** What the engine writes at once is of one moment; people take their time. */
    private void pass() {
        if (!goesOn()) {
            return;
        }
        Step next = steps.get(done);
        if (next == Step.REVIEWED || next == Step.APPROVED || next == Step.REJECTED || next == Step.RELEASED) {
            at = at.plusMillis(random.nextLong(ANSWERED_WITHIN.toMillis() / steps.size()));
        }
    }

    private JournalLine.Draft reviewed() {
        return new JournalLine.Draft(
                at,
                Optional.of(id),
                Notes.REVIEWED,
                Optional.of(approver(approved)),
                Json.object().put("environment", request.environment()).put("job", request.job()));
    }

    private GateEvent event(Step step) {
        return switch (step) {
            case REQUESTED -> {
                String environment = setting.environment().name();
                request = Fleet.request(environment, random.nextInt(Fleet.JOBS), number, random);
                yield GateEvent.Requested.of(request, setting.environment(), at);
            }
            case CHECK -> {
                Check.OfRequest check = setting.checks().get(checked);
                Subject subject = new Subject(id, request, at, at.plus(setting.environment().timeout()), checked);
                String kind = setting.environment().checks().get(checked).kind();
                yield new GateEvent.CheckEvaluated(at, checked++, kind, check.evaluate(subject));
            }
            case APPROVED -> new GateEvent.Approved(
                    at, approver(approved), "Looked at " + Fleet.words(random, 4) + ".", Set.of(approved++),
                    setting.environment().checklist(), Map.of());
            case REJECTED -> new GateEvent.Rejected(at, approver(0), "Not like this: " + Fleet.words(random, 6) + ".");
            case LOCKED -> new GateEvent.Locked(at);
            case CLOSED -> closed();
            case RELEASED -> new GateEvent.Released(at, Optional.empty(), "The build ended.");
            case REVIEWED -> throw new IllegalStateException("not an event");
        };
    }

    private GateEvent closed() {
        return approved == 0
                ? new GateEvent.Closed(at, Optional.of(approver(0)), Outcome.REJECTED, "Rejected by " + approver(0) + ": not like this.")
                : new GateEvent.Closed(
                        at, Optional.of(approver(2)), Outcome.APPROVED,
                        "Approved by " + approver(0) + ", " + approver(1) + ", " + approver(2) + ".");
    }

    /** Who approves for the policy's entry: the user whom it names, or a member of its group. */
    private String approver(int entry) {
        int environment = Integer.parseInt(setting.environment().name().replaceAll("\\D", ""));
        return entry == 0 ? Fleet.person(environment) : Fleet.person(100 * entry + number % 50);
    }

    @Override
    public int compareTo(Life other) {
        int byTime = at.compareTo(other.at);
        return byTime != 0 ? byTime : Integer.compare(number, other.number);
    }
}
