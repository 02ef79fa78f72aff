package io.jenkins.plugins.approvalgate.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.approvalgate.engine.audit.Anchor;
import io.jenkins.plugins.approvalgate.engine.audit.Journal;
import io.jenkins.plugins.approvalgate.engine.audit.JournalLine;
import io.jenkins.plugins.approvalgate.engine.audit.JournalUnavailableException;
import io.jenkins.plugins.approvalgate.engine.audit.Json;
import io.jenkins.plugins.approvalgate.engine.check.http.Destination;
import io.jenkins.plugins.approvalgate.engine.check.http.HttpCalls;
import io.jenkins.plugins.approvalgate.engine.check.http.Limits;
import io.jenkins.plugins.approvalgate.engine.check.http.Login;
import io.jenkins.plugins.approvalgate.engine.check.http.Question;
import io.jenkins.plugins.approvalgate.engine.check.http.Reply;
import io.jenkins.plugins.approvalgate.engine.gate.AuditSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Tells the journal's head once a day to where that is configured, until it is told. For one thread; its state for any. */
public final class Anchoring {

    private static final Logger LOGGER = Logger.getLogger(Anchoring.class.getName());
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
    private static final int MOST_DOUBLINGS = 6;
    /** One attempt: that it is tried again is seen to here. */
    private static final Limits LIMITS = new Limits(Duration.ofSeconds(10), Duration.ofSeconds(30), 0, Limits.SIZE);

    private final Journal journal;
    private final Host host;
    private final Supplier<Instant> now;
    private final HttpCalls calls;
    private int failures;
    private volatile State state;

    /**
     * How it stands.
     *
     * @param seq the last line that was told; empty if none ever was
     * @param at when it was told
     * @param problem why the last attempt failed; empty if it did not
     */
    public record State(Optional<Long> seq, Optional<Instant> at, Optional<String> problem) {}

    Anchoring(Journal journal, Host host, Supplier<Instant> now) {
        this.journal = journal;
        this.host = host;
        this.now = now;
        calls = new HttpCalls(host.surroundings());
        Optional<JournalLine> last = journal.lastAtStart(Anchor.ANCHORED);
        state = new State(
                last.map(line -> line.data().path("seq").asLong()), last.map(JournalLine::at), Optional.empty());
    }

    State state() {
        return state;
    }

    /** When it is to be done next after a start. */
    Instant due() {
        Instant time = now.get();
        return state.at().map(at -> at.plus(DAY)).filter(next -> next.isBefore(time.plus(DAY))).orElse(time);
    }

    /** Tells the head, if anywhere. Gives when to do so again. */
    Instant anchor() {
        Instant time = now.get();
        Optional<AuditSettings.Anchor> where = host.audit().anchor();
        if (where.isEmpty()) {
            state = new State(state.seq(), state.at(), Optional.empty());
            failures = 0;
            return time.plus(FIRST_PAUSE);
        }
        try {
            Optional<Anchor> anchor = Anchor.of(journal, host.controller(), time);
            if (anchor.isPresent()) {
                tell(anchor.get(), where.get());
                state = new State(Optional.of(anchor.get().seq()), Optional.of(time), Optional.empty());
                record(anchor.get(), where.get(), time);
            }
            failures = 0;
            return time.plus(DAY);
        } catch (IOException | JournalUnavailableException failed) {
            return failed(failed);
        } catch (InterruptedException goingDown) {
            Thread.currentThread().interrupt();
            return time.plus(FIRST_PAUSE);
        }
    }

    private void tell(Anchor anchor, AuditSettings.Anchor where) throws IOException, InterruptedException {
        if (where.file().isPresent()) {
            anchor.append(Path.of(where.file().get()));
            return;
        }
        URI address = address(where.url().orElseThrow());
        Question question = new Question(
                "POST",
                address,
                Map.of(),
                Optional.of(new Question.Body("application/json", anchor.text())),
                List.of());
        Optional<Login> login = where.credentials().map(id -> new Login(id, Optional.empty()));
        Reply reply = calls.ask(question, login, LIMITS, any -> true, now.get());
        if (reply.status() / 100 != 2) {
            throw new IOException(Destination.shown(address) + " answered " + reply.status());
        }
    }

    private static URI address(String url) throws IOException {
        try {
            return Destination.of(url);
        } catch (IllegalArgumentException unusable) {
            throw new IOException("audit.anchor." + unusable.getMessage(), unusable);
        }
    }

    private void record(Anchor anchor, AuditSettings.Anchor where, Instant time) throws JournalUnavailableException {
        ObjectNode data = Json.object().put("seq", anchor.seq()).put("hash", anchor.hash());
        where.file().ifPresent(file -> data.put("file", file));
        where.url().ifPresent(url -> data.put("url", Destination.shown(URI.create(url))));
        journal.append(List.of(
                new JournalLine.Draft(time, Optional.empty(), Anchor.ANCHORED, Optional.empty(), data)));
    }

    private Instant failed(Exception why) {
        state = new State(state.seq(), state.at(), Optional.of(String.valueOf(why.getMessage())));
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures++, MOST_DOUBLINGS));
        LOGGER.log(failures == 1 ? Level.WARNING : Level.FINE, why, () ->
                "The journal's head was not told to its anchor; it is tried again in " + pause.toMinutes() + " min");
        return now.get().plus(pause);
    }
}
