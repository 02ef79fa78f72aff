package io.jenkins.plugins.approvalgate.engine.audit;

import java.util.Optional;

/** Holds lines, one after the other, to the chain: hash to text, {@code prev} to the line before, {@code seq} to place. */
final class Chain {

    /** The number of the last line, by its place. */
    private long seq;
    /** The number of the last line that held. */
    private long sound;
    private String head;
    /** The line before does not hold, so nothing that it says can be held against this one. */
    private boolean adrift;

    private Chain(long seq, String head, boolean adrift) {
        this.seq = seq;
        this.sound = seq;
        this.head = head;
        this.adrift = adrift;
    }

    /** Before a journal's first line. */
    static Chain fromTheStart() {
        return after(0, JournalLine.NO_HASH);
    }

    /** After the line with this number and this hash. */
    static Chain after(long seq, String hash) {
        return new Chain(seq, hash, false);
    }

    /** After the line with this number, of which nothing else is known: the next may be any later one. */
    static Chain somewhereAfter(long seq) {
        return new Chain(seq, "", true);
    }

    /** Takes the next line; gives what is wrong with it, empty if it holds. */
    Optional<String> take(Envelope line) {
        Optional<String> wrong = whatIsWrong(line);
        // Only a line that is whole in itself may say where the count goes on after a gap.
        seq = wrong.isEmpty() || line.hashHolds() && line.seq() > seq ? line.seq() : seq + 1;
        head = line.hash();
        adrift = wrong.isPresent();
        if (wrong.isEmpty()) {
            sound = line.seq();
        }
        return wrong;
    }

    /** Takes the next line, which cannot be read. */
    void takeUnreadable() {
        seq++;
        head = "";
        adrift = true;
    }

    private Optional<String> whatIsWrong(Envelope line) {
        if (!line.hashHolds()) {
            return Optional.of("its hash does not fit its content");
        }
        // One line that was put in, taken out or spoilt must not cost all that come after it.
        if (adrift ? line.seq() <= sound : line.seq() != seq + 1) {
            return Optional.of("it says seq " + line.seq() + ": a line is missing, or was put in");
        }
        if (!adrift && !line.prev().equals(head)) {
            return Optional.of("it does not follow the line before it");
        }
        return Optional.empty();
    }

    /** The number of the last line; 0 where there is none. */
    long seq() {
        return seq;
    }

    /** The hash of the last line, as it states it; {@link JournalLine#NO_HASH} where there is none to be read. */
    String head() {
        return head.isEmpty() ? JournalLine.NO_HASH : head;
    }
}
