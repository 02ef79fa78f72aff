package io.jenkins.plugins.approvalgate.engine;

import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import io.jenkins.plugins.approvalgate.engine.gate.GateEvent;
import io.jenkins.plugins.approvalgate.engine.gate.GateId;
import io.jenkins.plugins.approvalgate.engine.gate.GateRequest;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.logging.Logger;

/**
 * How gates come into the book: a build asks for one, a build still knows one that the journal lost, or only the disk knows
 * it. One at a time, so that nobody gets two. Thread-safe; waits for the disk.
 */
final class Admissions {

    private static final Logger LOGGER = Logger.getLogger(Admissions.class.getName());

    private final GateKeeper keeper;
    private final Host host;
    private final GateBook book;
    private final Changes changes;
    private final Locks locks;
    private final Consumer<Gate> indexes;
    /** So that a build that asks twice at once gets one gate. */
    private final ReentrantLock opening = new ReentrantLock();

    /** @param indexes told of a gate that was taken from the disk before anybody else sees it; has to return at once */
    Admissions(
            GateKeeper keeper, Host host, GateBook book, Changes changes, Locks locks, Consumer<Gate> indexes) {
        this.keeper = keeper;
        this.host = host;
        this.book = book;
        this.changes = changes;
        this.locks = locks;
        this.indexes = indexes;
    }

    /** @see GateKeeper#request */
    Gate request(GateRequest request) throws UnknownEnvironmentException, Refusal {
        opening.lock();
        try {
            Optional<Gate> before = book.findByRequest(request);
            if (before.isPresent()) {
                return before.get();
            }
            Instant now = keeper.now();
            GateEvent.Requested event = GateEvent.Requested.of(request, host.environment(request.environment()), now);
            Gate gate = changes.begin(GateId.next(now), event);
            locks.older(gate).forEach(changes::settleLater);
            return gate;
        } finally {
            opening.unlock();
        }
    }

    /** @see GateKeeper#restore */
    Gate restore(Gate lost) throws Refusal {
        opening.lock();
        try {
            Optional<Gate> known = keeper.find(lost.id());
            if (known.isPresent()) {
                adopt(lost.id());
                return known.get();
            }
            LOGGER.warning(() -> "Gate " + lost.id() + ": the journal does not know it; restored from the record of "
                    + lost.request().buildName());
            return changes.begin(lost.id(), new GateEvent.Restored(keeper.now(), lost.history()));
        } finally {
            opening.unlock();
        }
    }

    /**
     * Takes an open gate that only the disk knows into the book, since two may not decide it at once: its own lines hold,
     * but the one before them was tampered with.
     */
    void adopt(String gateId) throws Refusal {
        opening.lock();
        try {
            Optional<Gate> gate = keeper.find(gateId).filter(Gate::isOpen);
            if (gate.isPresent() && book.find(gateId).isEmpty()) {
                book.put(gate.get());
                indexes.accept(gate.get());
                changes.follow(gate.get(), keeper.now());
            }
        } finally {
            opening.unlock();
        }
    }
}
