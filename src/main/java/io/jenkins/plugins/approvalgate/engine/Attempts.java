package io.jenkins.plugins.approvalgate.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.approvalgate.engine.audit.JournalLine;
import io.jenkins.plugins.approvalgate.engine.audit.Json;
import io.jenkins.plugins.approvalgate.engine.audit.Notes;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import java.io.Closeable;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Puts on record what people wanted to decide and were refused, because it was not theirs to decide, or not then.
 *
 * <p>Bounded, so that nobody fills the disk by hammering: within a minute {@value #MOST_A_GATE} lines for one person and
 * gate, {@value #MOST} for one person. What goes beyond is counted, and told in one line when the minute is over.
 * Thread-safe; waits for the disk, so that a refusal is on record before anybody is told of it.
 */
final class Attempts implements Closeable {

    private static final Logger LOGGER = Logger.getLogger(Attempts.class.getName());
    private static final Duration MINUTE = Duration.ofMinutes(1);
    static final int MOST_A_GATE = 3;
    static final int MOST = 30;

    /** Writes a line; on disk when it returns. */
    @FunctionalInterface
    interface Writer {
        void write(JournalLine.Draft line) throws Refusal;
    }

    /** What one person tried since {@code begin}. Guarded by the map of them. */
    private static final class Minute {
        private final Instant begin;
        private final Map<String, Integer> linesByGate = new HashMap<>();
        private int lines;
        private int more;
        private JournalLine.Draft last;

        Minute(Instant begin) {
            this.begin = begin;
        }

        /** A clock that was set back ends it too. */
        boolean isOver(Instant now) {
            return now.isBefore(begin) || !now.isBefore(begin.plus(MINUTE));
        }

        /** Whether there is room for a line; if not, it is counted. */
        boolean takes(JournalLine.Draft line) {
            String gate = line.gate().orElseThrow();
            if (lines < MOST && linesByGate.getOrDefault(gate, 0) < MOST_A_GATE) {
                lines++;
                linesByGate.merge(gate, 1, Integer::sum);
                return true;
            }
            more++;
            last = line;
            return false;
        }

        /** One line that stands for all that were only counted; empty if none were. */
        Optional<JournalLine.Draft> rest() {
            return Optional.ofNullable(last).map(line -> new JournalLine.Draft(
                    line.at(), line.gate(), line.type(), line.actor(), line.data().deepCopy().put(Notes.ATTEMPTS, more)));
        }
    }

    private final GateKeeper keeper;
    private final Realm realm;
    private final Timers timers;
    private final Writer writer;
    /** By the person, whatever the case of the letters. */
    private final Map<String, Minute> minutes = new HashMap<>();

    Attempts(GateKeeper keeper, Realm realm, Timers timers, Writer writer) {
        this.keeper = keeper;
        this.realm = realm;
        this.timers = timers;
        this.writer = writer;
    }

    /** What somebody wants of a gate. */
    @FunctionalInterface
    interface Attempt {
        Gate make() throws Refusal;
    }

    /**
     * Lets them have it, or puts on record that they were refused.
     *
     * @param command what they want, as in the address of the API: {@code approve}
     */
    Gate watch(String gateId, String actor, String command, Attempt attempt) throws Refusal {
        try {
            return attempt.make();
        } catch (Refusal refusal) {
            if (refusal.kind() == Refusal.Kind.NOT_YOURS) {
                Optional<Gate> gate = keeper.find(gateId);
                gate.ifPresent(known -> refused(known, actor, command, refusal.getMessage()));
            }
            throw refusal;
        }
    }

    private void refused(Gate gate, String actor, String command, String reason) {
        Instant now = keeper.now();
        ObjectNode data = Json.object()
                .put("command", command)
                .put("reason", reason)
                .put("environment", gate.request().environment())
                .put("job", gate.request().job());
        if (isSelfApproval(gate, actor, command)) {
            data.put(Notes.SELF_APPROVAL, true);
        }
        note(new JournalLine.Draft(now, Optional.of(gate.id()), Notes.REFUSED, Optional.of(actor), data), actor, now);
    }

    private boolean isSelfApproval(Gate gate, String actor, String command) {
        return (command.equals("approve") || command.equals("defer"))
                && !gate.policy().requesterMayApprove()
                && gate.request().requesters().stream().anyMatch(requester -> realm.same(actor, requester));
    }

    private void note(JournalLine.Draft line, String actor, Instant now) {
        String key = actor.toLowerCase(Locale.ROOT);
        Optional<JournalLine.Draft> before = Optional.empty();
        boolean taken;
        synchronized (minutes) {
            Minute minute = minutes.get(key);
            if (minute == null || minute.isOver(now)) {
                before = Optional.ofNullable(minute).flatMap(Minute::rest);
                minute = new Minute(now);
                minutes.put(key, minute);
                timers.at(now.plus(MINUTE), () -> over(key));
            }
            taken = minute.takes(line);
        }
        before.ifPresent(this::write);
        if (taken) {
            write(line);
        }
    }

    private void over(String key) {
        Optional<JournalLine.Draft> rest;
        synchronized (minutes) {
            rest = Optional.ofNullable(minutes.remove(key)).flatMap(Minute::rest);
        }
        rest.ifPresent(this::write);
    }

    /** That it cannot be recorded changes nothing for the person, who is refused anyway. */
    private void write(JournalLine.Draft line) {
        try {
            writer.write(line);
        } catch (Refusal full) {
            LOGGER.log(Level.WARNING, full, () -> "Gate " + line.gate().orElseThrow()
                    + ": a refused attempt is not on record, because the journal cannot be written now");
        }
    }

    /** Writes what was only counted so far. */
    @Override
    public void close() {
        List<JournalLine.Draft> rests;
        synchronized (minutes) {
            rests = minutes.values().stream().flatMap(minute -> minute.rest().stream()).toList();
            minutes.clear();
        }
        rests.forEach(this::write);
    }
}
