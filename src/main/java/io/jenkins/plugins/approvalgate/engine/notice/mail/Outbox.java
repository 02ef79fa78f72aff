package io.jenkins.plugins.approvalgate.engine.notice.mail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Who has still to be told what, on disk: what {@code queued} is there after a crash, and what was told is never told again.
 *
 * <p>A mail server may take a mail in the very moment in which this process ends, or the connection does. Then nobody can
 * know whether it has it. Such a mail is not sent again: rather none than two.
 *
 * <p>For one thread.
 */
final class Outbox implements Closeable {

    private static final Logger LOGGER = Logger.getLogger(Outbox.class.getName());
    /** A follower may be given a line again that it was not sure to have kept its place behind. */
    private static final int LINES_REMEMBERED = 1_000;
    private static final int FIRST_MAILS_REMEMBERED = 20_000;
    private static final int UNTIDY = 5_000;

    /**
     * Somebody who has to be told.
     *
     * @param since when that was learnt
     */
    record Waiting(Notice notice, Instant since) {}

    private final OutboxFile file;
    private final Map<String, Waiting> waiting = new LinkedHashMap<>();
    private final Set<String> linesRead = new LinkedHashSet<>();
    /** By address, when it was last sent a mail; only what is of interest. */
    private final Map<String, Instant> lastMails = new LinkedHashMap<>();
    /** By gate and address, the id of the first mail. */
    private final Map<String, String> firstMails = new LinkedHashMap<>();

    private Outbox(OutboxFile file) {
        this.file = file;
    }

    /** @throws IOException if the file cannot be read or written */
    static Outbox open(Path path) throws IOException {
        Outbox outbox = new Outbox(new OutboxFile(path));
        Map<String, JsonNode> handing = new LinkedHashMap<>();
        for (ObjectNode line : outbox.file.read()) {
            try {
                outbox.replay(line, handing);
            } catch (IllegalArgumentException | DateTimeException damaged) {
                LOGGER.log(Level.WARNING, damaged, () -> path + ": a line cannot be understood and is passed over");
            }
        }
        for (JsonNode mail : new LinkedHashSet<>(handing.values())) {
            outbox.uncertain(mail.path("mail").asText(), mail.path("to").asText(), OutboxLines.texts(mail, "ids"));
        }
        outbox.tidy();
        return outbox;
    }

    private void replay(ObjectNode line, Map<String, JsonNode> handing) {
        List<String> ids = OutboxLines.texts(line, "ids");
        switch (OutboxLines.op(line)) {
            case OutboxLines.QUEUED -> {
                Instant at = Instant.parse(line.path("at").asText());
                remember(List.of(line.path("line").asText()));
                OutboxLines.notices(line).forEach(notice -> waiting.put(notice.id(), new Waiting(notice, at)));
            }
            case OutboxLines.READ -> remember(OutboxLines.texts(line, "lines"));
            case OutboxLines.HANDING -> ids.forEach(id -> handing.put(id, line));
            case OutboxLines.BACK -> ids.forEach(handing::remove);
            case OutboxLines.DROPPED -> {
                ids.forEach(handing::remove);
                ids.forEach(waiting::remove);
            }
            case OutboxLines.TOLD -> {
                ids.forEach(handing::remove);
                settled(
                        line.path("mail").asText(),
                        line.path("to").asText(),
                        Instant.parse(line.path("at").asText()),
                        OutboxLines.texts(line, "gates"),
                        ids);
            }
            default -> throw new IllegalArgumentException("unknown op " + OutboxLines.op(line));
        }
    }

    /** Whether this line of the journal was read before. */
    boolean hasRead(String line) {
        return linesRead.contains(line);
    }

    /** Keeps what a line of the journal leads to; on disk when this returns. */
    void queue(long seq, String line, Instant now, List<Notice> notices) throws IOException {
        file.add(OutboxLines.queued(seq, line, now, notices));
        remember(List.of(line));
        notices.forEach(notice -> waiting.put(notice.id(), new Waiting(notice, now)));
    }

    private void remember(Collection<String> lines) {
        linesRead.addAll(lines);
        shorten(linesRead, LINES_REMEMBERED);
    }

    private static void shorten(Collection<?> oldestFirst, int length) {
        var oldest = oldestFirst.iterator();
        for (int tooMany = oldestFirst.size() - length; tooMany > 0; tooMany--) {
            oldest.next();
            oldest.remove();
        }
    }

    /** Who has still to be told, in the order in which that was learnt. */
    List<Waiting> waiting() {
        return List.copyOf(waiting.values());
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** When the address was last sent a mail, if that is not long ago. */
    Optional<Instant> lastMail(String address) {
        return Optional.ofNullable(lastMails.get(address));
    }

    /** The id of the first mail about the gate to the address. */
    Optional<String> firstMail(String gate, String address) {
        return Optional.ofNullable(firstMails.get(gate + " " + address));
    }

    /** From here on the server may have the mail; on disk when this returns. */
    void handing(String mail, String address, List<String> ids) throws IOException {
        file.add(OutboxLines.handing(mail, address, ids));
    }

    /** The server has the mail. */
    void told(String mail, String address, Instant now, Collection<String> gates, List<String> ids) throws IOException {
        settled(mail, address, now, gates, ids);
        file.add(OutboxLines.told(mail, address, now, gates, ids));
    }

    private void settled(String mail, String address, Instant at, Collection<String> gates, List<String> ids) {
        ids.forEach(waiting::remove);
        lastMails.remove(address);
        lastMails.put(address, at);
        gates.forEach(gate -> firstMails.putIfAbsent(gate + " " + address, mail));
        shorten(firstMails.keySet(), FIRST_MAILS_REMEMBERED);
    }

    /** The server said that it does not have the mail. */
    void back(List<String> ids) throws IOException {
        file.add(OutboxLines.of(OutboxLines.BACK, ids));
    }

    /** Nobody knows whether the server has the mail. */
    void uncertain(String mail, String address, List<String> ids) throws IOException {
        LOGGER.warning(() -> "It is not known whether the mail server has mail " + mail + " to " + address
                + ": the connection or this process ended just then. It is not sent again.");
        drop("nobody knows whether the server has it", ids);
    }

    /** These will not be told. */
    void drop(String why, List<String> ids) throws IOException {
        ids.forEach(waiting::remove);
        file.add(OutboxLines.dropped(why, ids));
    }

    /** Forgets what is over, where that is worth a new file. */
    void tidyIfNeeded(Instant now, Duration interesting) throws IOException {
        lastMails.values().removeIf(at -> at.plus(interesting).isBefore(now));
        if (file.lines() > UNTIDY && file.lines() > 4 * (waiting.size() + firstMails.size())) {
            tidy();
        }
    }

    private void tidy() throws IOException {
        List<ObjectNode> lines = new ArrayList<>();
        lines.add(OutboxLines.read(linesRead));
        firstMails.forEach((key, mail) -> {
            int space = key.indexOf(' ');
            String address = key.substring(space + 1);
            Instant last = lastMails.getOrDefault(address, Instant.EPOCH);
            lines.add(OutboxLines.told(mail, address, last, List.of(key.substring(0, space)), List.of()));
        });
        lastMails.forEach((address, at) -> lines.add(OutboxLines.told("", address, at, List.of(), List.of())));
        waiting.values().forEach(one -> lines.add(OutboxLines.queued(
                one.notice().seq(), one.notice().line(), one.since(), List.of(one.notice()))));
        file.replace(lines);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
