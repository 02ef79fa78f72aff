package io.jenkins.plugins.approvalgate.engine.check.calendar;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** The last good copy of a calendar, refreshed when it is asked for and old. Thread-safe. */
final class KeptCalendar {

    /** After a refresh that failed, the next attempt is not before this. */
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final CalendarFetch fetch;
    private final Path file;
    private final ReentrantLock refreshing = new ReentrantLock();
    private boolean loaded;
    private Optional<State> state = Optional.empty();
    private Optional<Instant> tried = Optional.empty();
    private Optional<String> failure = Optional.empty();

    /**
     * What there is.
     *
     * @param failure why the last refresh failed, if it did
     */
    record State(CalendarCopy copy, CalendarFile calendar, Optional<String> failure) {

        ZoneId zone(Optional<ZoneId> preferred) {
            return preferred.or(calendar::zone).orElse(ZoneOffset.UTC);
        }

        List<Freeze> between(Instant from, Instant to, Optional<ZoneId> preferred) {
            return calendar.between(from, to, zone(preferred));
        }

        /** {@code Calendar as of …; the last refresh failed: ….} */
        String detail() {
            return "Calendar as of " + copy.asOf() + failure.map(why -> "; the last refresh failed: " + why).orElse("") + ".";
        }
    }

    KeptCalendar(CalendarFetch fetch, Path file) {
        this.fetch = fetch;
        this.file = file;
    }

    /**
     * The calendar, not older than {@code refresh} unless it cannot be refreshed.
     *
     * @throws IOException if there is none at all; the message is fit to be shown
     */
    State get(Instant now, Duration refresh) throws IOException, InterruptedException {
        refreshing.lockInterruptibly();
        try {
            if (!loaded) {
                load(now);
            }
            if (isDue(now, refresh)) {
                refresh(now);
            }
            if (state.isEmpty()) {
                throw new IOException("the calendar could not be fetched yet: " + failure.orElse("nobody tried"));
            }
            return new State(state.get().copy(), state.get().calendar(), failure);
        } finally {
            refreshing.unlock();
        }
    }

    private void load(Instant now) {
        state = CalendarCopy.load(file).flatMap(copy -> {
            try {
                return Optional.of(read(copy, now));
            } catch (IllegalArgumentException unreadable) {
                return Optional.empty();
            }
        });
        tried = state.map(kept -> kept.copy().asOf());
        loaded = true;
    }

    private boolean isDue(Instant now, Duration refresh) {
        if (tried.isEmpty() || now.isBefore(tried.get())) {
            return true;
        }
        Duration pause = failure.isPresent() && PAUSE.compareTo(refresh) < 0 ? PAUSE : refresh;
        return !now.isBefore(tried.get().plus(pause));
    }

    private void refresh(Instant now) throws InterruptedException {
        tried = Optional.of(now);
        try {
            CalendarCopy copy = fetch.fetch(state.map(State::copy), now);
            state = Optional.of(read(copy, now));
            failure = save(copy);
        } catch (IllegalArgumentException unreadable) {
            failure = Optional.of("what came from " + fetch.address().host() + " is no calendar that can be read: "
                    + unreadable.getMessage());
        } catch (IOException failed) {
            failure = Optional.of(String.valueOf(failed.getMessage()));
        }
    }

    /** Why it could not be kept; it counts all the same. */
    private Optional<String> save(CalendarCopy copy) {
        try {
            copy.save(file);
            return Optional.empty();
        } catch (IOException full) {
            return Optional.of("it could not be kept on disk, so it is gone after a restart");
        }
    }

    /** With a look at all that is in it, so that what cannot be understood never takes the place of a good copy. */
    private static State read(CalendarCopy copy, Instant now) {
        State state = new State(copy, CalendarFile.read(copy.text()), Optional.empty());
        FreezeTimeline.around(now, (from, to) -> state.between(from, to, Optional.empty()));
        return state;
    }
}
