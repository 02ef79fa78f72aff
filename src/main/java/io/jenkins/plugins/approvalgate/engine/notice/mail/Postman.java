package io.jenkins.plugins.approvalgate.engine.notice.mail;

import io.jenkins.plugins.approvalgate.engine.Refusal;
import io.jenkins.plugins.approvalgate.engine.gate.Gate;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Empties the outbox: to each address at once what waits for it, and after that at most one mail in the time in which mails
 * are gathered. What is no longer so when its turn comes is not told. For one thread.
 */
final class Postman {

    private static final Logger LOGGER = Logger.getLogger(Postman.class.getName());
    /** After that, nobody wants to know any more. */
    static final Duration LONGEST_TRY = Duration.ofDays(3);

    private static final String SERVER = "";

    private final Outbox outbox;
    private final MailDesk desk;
    private final MailSender sender;
    private final MailComposer composer;
    private final Clock clock;
    private final Duration gather;
    private final Rests rests = new Rests();

    /** @param clock the computer's own */
    Postman(Outbox outbox, MailDesk desk, MailSender sender, MailComposer composer, Clock clock, Duration gather) {
        this.outbox = outbox;
        this.desk = desk;
        this.sender = sender;
        this.composer = composer;
        this.clock = clock;
        this.gather = gather;
    }

    /** What one address is to be told of one gate. */
    private record Item(Notice notice, Gate gate) {}

    /**
     * Sends what is due.
     *
     * @param goOn asked before each mail
     * @return when to come again; empty if nothing waits
     * @throws IOException if the outbox cannot be written; nothing was sent then that it does not know of
     */
    Optional<Instant> round(BooleanSupplier goOn) throws IOException {
        Instant now = clock.instant();
        outbox.tidyIfNeeded(now, gather);
        if (!sender.isConfigured() || outbox.isEmpty()) {
            return Optional.empty();
        }
        Map<String, List<Notice>> byAddress = byAddress(now);
        Optional<Instant> rest = rests.restsUntil(SERVER, now);
        if (rest.isPresent()) {
            return rest;
        }
        List<Instant> later = new ArrayList<>();
        try (Line line = new Line()) {
            for (Map.Entry<String, List<Notice>> entry : byAddress.entrySet()) {
                Optional<Instant> due = due(entry.getKey());
                if (!goOn.getAsBoolean()) {
                    break;
                }
                if (due.isPresent()) {
                    later.add(due.get());
                } else {
                    serve(entry.getKey(), entry.getValue(), line).ifPresent(later::add);
                }
            }
        } catch (MailFailure down) {
            Instant again = rests.failed(SERVER, clock.instant());
            LOGGER.log(Level.WARNING, down, () -> "The mail server does not take mail; trying again at " + again);
            later.add(again);
        }
        return later.stream().min(Instant::compareTo);
    }

    /** A connection that is opened when the first mail is ready for it. */
    private final class Line implements AutoCloseable {
        private MailSender.Connection connection;

        MailSender.Connection open() throws MailFailure {
            if (connection == null) {
                connection = sender.connect();
            }
            return connection;
        }

        @Override
        public void close() {
            if (connection != null) {
                connection.close();
            }
        }
    }

    /** What waits, by address; what has none, or has waited for too long, waits no more. */
    private Map<String, List<Notice>> byAddress(Instant now) throws IOException {
        Map<Recipient, Optional<String>> addresses = new LinkedHashMap<>();
        Map<String, List<Notice>> byAddress = new LinkedHashMap<>();
        for (Outbox.Waiting waiting : outbox.waiting()) {
            Notice notice = waiting.notice();
            Optional<String> address = addresses.computeIfAbsent(notice.recipient(), desk::addressOf);
            if (address.isEmpty()) {
                LOGGER.fine(() -> "Gate " + notice.gate() + ": " + notice.recipient().key() + " has no mail address");
                outbox.drop("there is no mail address", List.of(notice.id()));
            } else if (waiting.since().plus(LONGEST_TRY).isBefore(now)) {
                LOGGER.warning(() -> "Gate " + notice.gate() + ": the mail to " + notice.recipient().key()
                        + " could not be sent for " + LONGEST_TRY.toDays() + " days; it is given up");
                outbox.drop("it could not be sent for too long", List.of(notice.id()));
            } else {
                byAddress
                        .computeIfAbsent(address.get().toLowerCase(Locale.ROOT), key -> new ArrayList<>())
                        .add(notice);
            }
        }
        return byAddress;
    }

    /** When the address may be sent the next mail; empty for now. */
    private Optional<Instant> due(String address) {
        Instant now = clock.instant();
        return rests.restsUntil(address, now)
                .or(() -> outbox.lastMail(address)
                        .map(last -> last.plus(gather))
                        // A clock that was set back must not keep anybody waiting for longer than that.
                        .filter(due -> now.isBefore(due) && !due.isAfter(now.plus(gather))));
    }

    /** @return when to come again to this address; empty if that is not needed */
    private Optional<Instant> serve(String address, List<Notice> notices, Line line) throws IOException, MailFailure {
        List<Item> items = stillSo(notices);
        if (items.isEmpty()) {
            return Optional.empty();
        }
        List<String> ids = items.stream().map(item -> item.notice().id()).toList();
        Mail mail;
        try {
            mail = compose(address, items);
        } catch (RuntimeException bug) {
            LOGGER.log(Level.SEVERE, bug, () -> "The mail to " + address + " could not be written: " + gates(items));
            outbox.drop("it could not be written", ids);
            return Optional.empty();
        }
        return send(mail, address, items, ids, line.open());
    }

    private Optional<Instant> send(
            Mail mail, String address, List<Item> items, List<String> ids, MailSender.Connection connection)
            throws IOException, MailFailure {
        try {
            connection.send(mail, () -> outbox.handing(mail.id(), address, ids));
        } catch (MailFailure failure) {
            return failed(failure, mail, address, items, ids);
        }
        rests.worked(SERVER);
        rests.worked(address);
        LOGGER.fine(() -> "Mail " + mail.id() + " to " + address + ": " + gates(items));
        outbox.told(mail.id(), address, clock.instant(), gates(items), ids);
        return Optional.empty();
    }

    private Optional<Instant> failed(MailFailure failure, Mail mail, String address, List<Item> items, List<String> ids)
            throws IOException, MailFailure {
        switch (failure.kind()) {
            case SERVER -> {
                outbox.back(ids);
                throw failure;
            }
            case UNKNOWN -> {
                outbox.uncertain(mail.id(), address, ids);
                throw failure;
            }
            case REFUSED -> {
                LOGGER.log(Level.WARNING, failure, () -> "The mail server refuses mail to " + address + " for good: "
                        + failure.getMessage() + ". It is not tried again: " + gates(items));
                outbox.drop("the mail server refused it", ids);
                return Optional.empty();
            }
            case LATER -> {
                outbox.back(ids);
                Instant again = rests.failed(address, clock.instant());
                LOGGER.log(Level.INFO, failure, () -> "The mail server does not take mail to " + address + " now: "
                        + failure.getMessage() + ". Trying again at " + again + ": " + gates(items));
                return Optional.of(again);
            }
        }
        throw new IllegalStateException("unknown kind of failure " + failure.kind());
    }

    private static Collection<String> gates(List<Item> items) {
        return items.stream().map(item -> item.gate().id()).distinct().toList();
    }

    /** What is so at this moment; the rest is told no more. */
    private List<Item> stillSo(List<Notice> notices) throws IOException {
        List<Item> items = new ArrayList<>();
        List<String> over = new ArrayList<>();
        for (Notice notice : notices) {
            try {
                Optional<Gate> gate = desk.gate(notice.gate()).filter(now -> desk.isStillSo(notice, now));
                gate.ifPresentOrElse(now -> items.add(new Item(notice, now)), () -> over.add(notice.id()));
            } catch (Refusal unreadable) {
                LOGGER.log(Level.WARNING, unreadable, () -> "Gate " + notice.gate() + ": a mail waits until it can be read");
            }
        }
        if (!over.isEmpty()) {
            outbox.drop("it is no longer so", over);
        }
        return items;
    }

    private Mail compose(String address, List<Item> items) {
        Map<String, Item> byGate = new LinkedHashMap<>();
        // A reminder, say, takes the place of the request that could not be sent before.
        items.forEach(item -> byGate.put(item.gate().id(), item));
        String id = MailComposer.messageId(items.get(0).notice(), sender.domain());
        Optional<String> answers =
                byGate.size() == 1 ? outbox.firstMail(byGate.keySet().iterator().next(), address) : Optional.empty();
        return composer.compose(
                new MailComposer.Envelope(id, answers, address),
                byGate.values().stream()
                        .map(item -> desk.told(item.notice().kind(), item.gate()))
                        .toList(),
                desk.root(),
                clock.instant());
    }
}
