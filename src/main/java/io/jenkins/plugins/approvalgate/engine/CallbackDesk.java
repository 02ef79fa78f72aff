package io.jenkins.plugins.approvalgate.engine;

import io.jenkins.plugins.approvalgate.engine.audit.Json;
import io.jenkins.plugins.approvalgate.engine.audit.JournalLine;
import io.jenkins.plugins.approvalgate.engine.check.Subject;
import io.jenkins.plugins.approvalgate.engine.gate.CheckResult;
import io.jenkins.plugins.approvalgate.engine.gate.Conditions;
import io.jenkins.plugins.approvalgate.engine.gate.Decision;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.GateEvent;
import io.jenkins.plugins.approvalgate.engine.gate.Recorded;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.logging.Logger;

/**
 * The addresses on which somebody who was asked may answer later, once: which are out, and for what. Keeps digests only, so
 * that a token cannot be read from the journal. Made again from the open gates at each start. Thread-safe.
 */
final class CallbackDesk {

    /** Where the answers come in, below the host's root. */
    static final String PATH = "approval-gate-callback/";

    private static final Logger LOGGER = Logger.getLogger(CallbackDesk.class.getName());
    private static final int TOKEN_BYTES = 32;
    /** What anybody can cause to be written must not fill the disk. */
    private static final int REFUSALS_A_MINUTE = 20;

    /** What an answer is for. */
    record Slip(String gate, int check, Instant expires) {}

    private final SecureRandom random = new SecureRandom();
    private final Map<String, Slip> out = new ConcurrentHashMap<>();
    private final GateKeeper keeper;
    private final Ledger ledger;
    private final Checks checks;
    private final Supplier<Optional<String>> rootUrl;
    /** Guarded by this, as below. */
    private Instant minuteBegan = Instant.EPOCH;
    private int refusals;

    CallbackDesk(GateKeeper keeper, Ledger ledger, Checks checks, Supplier<Optional<String>> rootUrl) {
        this.keeper = keeper;
        this.ledger = ledger;
        this.checks = checks;
        this.rootUrl = rootUrl;
    }

    /** See {@link io.jenkins.plugins.approvalgate.engine.check.Callbacks#issue}. */
    URI issue(Subject subject, Instant expires) throws IOException {
        String root = rootUrl.get()
                .orElseThrow(() -> new IOException("the address of this Jenkins is not configured, so nobody can call back"));
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        GateEvent issued = new GateEvent.CallbackIssued(keeper.now(), subject.index(), digest(token), expires);
        try {
            Gate gate = keeper.change(subject.gate(), (open, conditions) ->
                    new Decision.Accepted(open.isOpen() ? List.of(issued) : List.of()));
            if (!gate.isOpen()) {
                throw new IOException("the gate has ended");
            }
        } catch (Refusal refusal) {
            throw new IOException(refusal.getMessage(), refusal);
        }
        return URI.create(root + PATH + token);
    }

    /**
     * Takes {@code result} for the answer that {@code token} was for, and the token out of use, in one write.
     *
     * @return what it was for; empty, and on record, if it is not out, or not any more
     * @throws Refusal if that cannot be written now; then it still works
     */
    Optional<Slip> redeem(String token, CheckResult result, Instant now) throws Refusal {
        String digest = digest(token);
        Optional<Slip> slip = valid(digest, now);
        if (slip.isEmpty()) {
            return slip;
        }
        Taking taking = new Taking(digest, slip.get(), new Checks.Answer(now, result));
        try {
            keeper.change(slip.get().gate(), taking);
        } catch (Refusal notWritten) {
            taking.undo.run();
            throw notWritten;
        }
        if (!taking.done) {
            noteRefused(digest, slip, now);
        }
        return slip.filter(found -> taking.done);
    }

    /** An answer on its way into the journal. Of two that come at once, only the first finds the token still out. */
    private final class Taking implements Changes.Rule {
        private final String digest;
        private final Slip slip;
        private final Checks.Answer answer;
        private boolean done;
        private Runnable undo = () -> {};

        private Taking(String digest, Slip slip, Checks.Answer answer) {
            this.digest = digest;
            this.slip = slip;
            this.answer = answer;
        }

        @Override
        public Decision decide(Gate gate, Conditions conditions) {
            if (!done && gate.isOpen() && slip.equals(out.get(digest))) {
                done = true;
                // What follows from it in the same turn has to see it already.
                Optional<Checks.Answer> before = checks.lastAnswer(gate, slip.check());
                checks.answer(gate, slip.check(), answer);
                undo = () -> checks.takeBack(gate, slip.check(), answer, before);
            }
            return new Decision.Accepted(done ? taken(gate, slip.check(), answer) : List.of());
        }
    }

    /** Whether {@code token} may be redeemed; that it may not is on record. */
    boolean expects(String token, Instant now) throws Refusal {
        return valid(digest(token), now).isPresent();
    }

    private Optional<Slip> valid(String digest, Instant now) throws Refusal {
        Optional<Slip> slip = Optional.ofNullable(out.get(digest));
        if (slip.isPresent() && now.isBefore(slip.get().expires())) {
            return slip;
        }
        noteRefused(digest, slip, now);
        return Optional.empty();
    }

    private static List<GateEvent> taken(Gate gate, int check, Checks.Answer answer) {
        String kind = gate.requested().checks().get(check).kind();
        return List.of(
                new GateEvent.CallbackAnswered(answer.at(), check),
                new GateEvent.CheckEvaluated(answer.at(), check, kind, answer.result()));
    }

    private void noteRefused(String digest, Optional<Slip> slip, Instant now) throws Refusal {
        if (!mayNote(now)) {
            LOGGER.fine("A call-back with a wrong token is not recorded, because there were too many in this minute");
            return;
        }
        ledger.note(List.of(new JournalLine.Draft(
                now,
                Optional.empty(),
                "callbackRefused",
                Optional.empty(),
                Json.object()
                        .put("token", digest)
                        .put("gate", slip.map(Slip::gate).orElse(null))
                        .put("reason", slip.isPresent() ? "used or late" : "unknown, used or of a gate that has ended"))));
    }

    private synchronized boolean mayNote(Instant now) {
        if (now.isAfter(minuteBegan.plus(Duration.ofMinutes(1))) || now.isBefore(minuteBegan)) {
            minuteBegan = now;
            refusals = 0;
        }
        refusals++;
        return refusals <= REFUSALS_A_MINUTE;
    }

    private static String digest(String token) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Takes in what became of a gate. */
    void follow(Gate gate) {
        if (gate.history().stream().noneMatch(line -> line.event() instanceof GateEvent.CallbackIssued)) {
            return;
        }
        Map<String, Slip> valid = valid(gate);
        // What stays valid is never missing in between.
        out.putAll(valid);
        out.entrySet().removeIf(entry -> entry.getValue().gate().equals(gate.id()) && !valid.containsKey(entry.getKey()));
    }

    /** By token, those of {@code gate} that may be redeemed: of each check the last, if nobody has answered on it. */
    private static Map<String, Slip> valid(Gate gate) {
        Map<Integer, GateEvent.CallbackIssued> last = new HashMap<>();
        for (Recorded line : gate.history()) {
            if (line.event() instanceof GateEvent.CallbackIssued issued) {
                last.put(issued.check(), issued);
            } else if (line.event() instanceof GateEvent.CallbackAnswered answered) {
                last.remove(answered.check());
            }
        }
        Map<String, Slip> valid = new HashMap<>();
        if (gate.isOpen()) {
            last.values().forEach(issued ->
                    valid.put(issued.token(), new Slip(gate.id(), issued.check(), issued.expires())));
        }
        return valid;
    }
}
