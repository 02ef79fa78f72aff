package io.jenkins.plugins.approvalgate.engine.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where a journal begins: with its first line, or behind its {@link Checkpoint}.
 *
 * <p>A checkpoint that its controller did not sign does not count: then the journal has to begin with its first line, and if
 * that is gone, so it is told.
 *
 * @param checkpoint the one that counts
 * @param damage what is wrong with the one that does not
 */
record Beginning(Optional<Checkpoint> checkpoint, Optional<Damage> damage) {

    /** With the first line. */
    static final Beginning OF_ALL = new Beginning(Optional.empty(), Optional.empty());

    /** @throws IOException if the checkpoint's file is there and cannot be read */
    static Beginning find(Path directory, Signer signer) throws IOException {
        Optional<byte[]> text = Checkpoint.text(directory);
        return text.isEmpty() ? OF_ALL : judge(text.get(), signer);
    }

    private static Beginning judge(byte[] text, Signer signer) {
        Checkpoint checkpoint;
        try {
            checkpoint = Checkpoint.read(Json.read(text));
        } catch (IOException malformed) {
            return damaged("it cannot be read");
        }
        try {
            return checkpoint.isSignedBy(signer)
                    ? new Beginning(Optional.of(checkpoint), Optional.empty())
                    : damaged("this controller did not sign it");
        } catch (IOException noKey) {
            return damaged("its signature cannot be checked: " + noKey.getMessage());
        }
    }

    private static Beginning damaged(String what) {
        return new Beginning(Optional.empty(), Optional.of(new Damage(Checkpoint.FILE, 0, 1, what)));
    }

    /** The chain before the first line that is there. */
    Chain chain() {
        return checkpoint.map(at -> Chain.after(at.seq(), at.hash())).orElseGet(Chain::fromTheStart);
    }

    /** The number of the last line that was removed; 0 if none was. */
    long seq() {
        return checkpoint.map(Checkpoint::seq).orElse(0L);
    }

    /** Whether a line of this file is still in the journal. */
    boolean has(JournalFile file) {
        return checkpoint.filter(at -> file.compareTo(at.last()) <= 0).isEmpty();
    }

    /** The journal's files that it still has, oldest first. */
    List<JournalFile> files(Path directory) throws IOException {
        return JournalFile.list(directory).stream().filter(this::has).toList();
    }
}
