package io.jenkins.plugins.approvalgate.engine;

import io.jenkins.plugins.approvalgate.engine.audit.JournalLine;
import io.jenkins.plugins.approvalgate.engine.audit.Json;
import io.jenkins.plugins.approvalgate.engine.audit.Notes;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.BiPredicate;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Who of those whom a gate asks has had its review before them, for the gates in the book. It goes on record once, soon after;
 * where the disk is full, when the person looks again. Thread-safe.
 */
final class Reviews {

    private static final Logger LOGGER = Logger.getLogger(Reviews.class.getName());

    /**
     * A first look.
     *
     * @param onRecord whether it is, or is about to be
     */
    private record Look(String user, Instant at, boolean onRecord) {}

    private final BiPredicate<String, String> same;
    private final Map<String, List<Look>> byGate = new ConcurrentHashMap<>();

    /** @param same whether two ids mean the same person; asks nobody */
    Reviews(BiPredicate<String, String> same) {
        this.same = same;
    }

    /** Takes in a line of the journal at the start. */
    void replay(JournalLine line) {
        line.actor().ifPresent(user -> put(line.gate().orElseThrow(), new Look(user, line.at(), true)));
    }

    /** When this person first had the gate's review before them; empty if not, or if the gate is not in the book. */
    Optional<Instant> firstLook(String gateId, String user) {
        return byGate.getOrDefault(gateId, List.of()).stream()
                .filter(look -> same.test(look.user(), user))
                .map(Look::at)
                .findFirst();
    }

    /**
     * This person has the gate's review before them now. Returns at once.
     *
     * @param worker writes it down
     */
    void look(Gate gate, String user, Instant now, Attempts.Writer writer, Executor worker) {
        Optional<Look> toRecord = remember(gate.id(), user, now);
        toRecord.ifPresent(look -> worker.execute(() -> record(gate, look, writer)));
    }

    /** The look that has to go on record; empty if it has, or is about to. */
    private Optional<Look> remember(String gateId, String user, Instant now) {
        List<Look> toRecord = new ArrayList<>(1);
        byGate.compute(gateId, (id, looks) -> {
            Optional<Look> known = looks == null
                    ? Optional.empty()
                    : looks.stream().filter(look -> same.test(look.user(), user)).findFirst();
            if (known.filter(Look::onRecord).isPresent()) {
                return looks;
            }
            Look look = new Look(user, known.map(Look::at).orElse(now), true);
            toRecord.add(look);
            return with(looks, look);
        });
        return toRecord.stream().findFirst();
    }

    private void record(Gate gate, Look look, Attempts.Writer writer) {
        try {
            writer.write(new JournalLine.Draft(
                    look.at(),
                    Optional.of(gate.id()),
                    Notes.REVIEWED,
                    Optional.of(look.user()),
                    Json.object()
                            .put("environment", gate.request().environment())
                            .put("job", gate.request().job())));
        } catch (Refusal full) {
            LOGGER.log(Level.WARNING, full, () -> "Gate " + gate.id() + ": that its review was opened is not on record yet");
            put(gate.id(), new Look(look.user(), look.at(), false));
        }
    }

    private void put(String gateId, Look look) {
        byGate.compute(gateId, (id, looks) -> with(looks, look));
    }

    private List<Look> with(List<Look> looks, Look look) {
        List<Look> next = new ArrayList<>();
        if (looks != null) {
            looks.stream().filter(other -> !same.test(other.user(), look.user())).forEach(next::add);
        }
        next.add(look);
        return List.copyOf(next);
    }

    /** The gate has left the book. */
    void forget(String gateId) {
        byGate.remove(gateId);
    }
}
