package io.jenkins.plugins.approvalgate.engine.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The anchors that a file remembers of one controller's journal, as a witness for one walk. */
public final class AnchorFile implements Verifier.Witness {

    private record Remembered(long line, Anchor anchor) {}

    private final String name;
    private final List<Damage> damages = new ArrayList<>();
    /** By the line of the journal that they remember; in the end those of lines that did not come. */
    private final Map<Long, List<Remembered>> expected = new HashMap<>();

    private AnchorFile(String name) {
        this.name = name;
    }

    /**
     * Reads {@code file}; one that is not there remembers nothing. A line that is no anchor, as one that a power cut has torn,
     * is passed over, and so are those of other controllers.
     *
     * @throws IOException if it cannot be read, or there is no key to check the signatures with
     */
    public static AnchorFile read(Path file, String controller, Signer signer) throws IOException {
        AnchorFile anchors = new AnchorFile(String.valueOf(file.getFileName()));
        if (Files.notExists(file)) {
            return anchors;
        }
        RSAPublicKey key = signer.publicKey();
        long[] line = {0};
        LineBlocks.forEachLine(file, text -> anchors.add(++line[0], text.copy(), controller, key));
        return anchors;
    }

    private void add(long line, byte[] text, String controller, RSAPublicKey key) {
        Anchor anchor;
        try {
            anchor = Anchor.read(text);
        } catch (IOException torn) {
            return;
        }
        if (!anchor.controller().equals(controller)) {
            return;
        }
        if (Sealed.holds(anchor.sealed(), key)) {
            expected.computeIfAbsent(anchor.seq(), seq -> new ArrayList<>(1)).add(new Remembered(line, anchor));
        } else {
            damages.add(new Damage(name, line, anchor.seq(), "this controller did not sign it"));
        }
    }

    @Override
    public void take(long seq, String hash) {
        List<Remembered> ofLine = expected.remove(seq);
        if (ofLine != null) {
            ofLine.stream()
                    .filter(remembered -> !remembered.anchor().hash().equals(hash))
                    .forEach(remembered -> damages.add(new Damage(
                            name, remembered.line(), seq, "on " + remembered.anchor().at()
                                    + " the journal had another line in this place")));
        }
    }

    /** What was removed by retention is behind a checkpoint; what does not hold is told by the walk. */
    @Override
    public List<Damage> damages(long last) {
        List<Damage> all = new ArrayList<>(damages);
        expected.values().stream()
                .flatMap(List::stream)
                .filter(remembered -> remembered.anchor().seq() > last)
                .map(remembered -> new Damage(
                        name,
                        remembered.line(),
                        remembered.anchor().seq(),
                        "on " + remembered.anchor().at() + " the journal had this line; now it ends with line " + last))
                .forEach(all::add);
        return all;
    }
}
