package io.jenkins.plugins.approvalgate.engine.audit;

import io.jenkins.plugins.approvalgate.engine.gate.GateId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** Finds one gate's lines on disk, for gates that ended too long ago to be kept in memory. */
final class GateLines {

    private GateLines() {}

    /** @param notes whether those count that are no events of the gate */
    static List<JournalLine> find(Path directory, String gate, boolean notes) throws IOException {
        List<JournalLine> lines = new ArrayList<>();
        Optional<Instant> requested = GateId.time(gate);
        if (requested.isEmpty()) {
            return lines;
        }
        byte[] mark = Json.ascii(",\"gate\":\"" + gate + "\",\"hash\":");
        JournalFile first = JournalFile.of(requested.get());
        for (JournalFile file : JournalFile.list(directory)) {
            if (file.month().isBefore(first.month())) {
                continue;
            }
            LineBlocks.forEachLine(file.in(directory), text -> {
                if (contains(text, mark)) {
                    sound(text)
                            .filter(line -> line.gate().filter(gate::equals).isPresent())
                            .filter(line -> notes || !Notes.isNote(line.type()))
                            .ifPresent(lines::add);
                }
            });
            if (has(lines, "closed") && (!has(lines, "locked") || has(lines, "released"))) {
                break;
            }
        }
        return lines;
    }

    static boolean has(Path directory, String type, String field, String value) throws IOException {
        byte[] mark = Json.canonical(Json.object().put(field, value));
        byte[] wanted = Arrays.copyOfRange(mark, 1, mark.length - 1);
        AtomicBoolean found = new AtomicBoolean();
        for (JournalFile file : JournalFile.list(directory)) {
            LineBlocks.forEachLine(file.in(directory), text -> {
                if (!found.get() && contains(text, wanted)) {
                    found.set(sound(text)
                            .filter(line -> line.type().equals(type))
                            .filter(line -> line.data().path(field).asText().equals(value))
                            .isPresent());
                }
            });
        }
        return found.get();
    }

    private static boolean has(List<JournalLine> lines, String type) {
        return lines.stream().anyMatch(line -> line.type().equals(type));
    }

    /** A line that was changed does not count, whether it can still be read or not; nor one that holds and is none. */
    private static Optional<JournalLine> sound(RawLine text) {
        try {
            return Envelope.read(text, Json.sha256()).hashHolds() ? Optional.of(JournalLine.parse(text)) : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private static boolean contains(RawLine text, byte[] wanted) {
        byte[] in = text.in();
        for (int at = text.to() - wanted.length; at >= text.from(); at--) {
            int matched = 0;
            while (matched < wanted.length && in[at + matched] == wanted[matched]) {
                matched++;
            }
            if (matched == wanted.length) {
                return true;
            }
        }
        return false;
    }
}
