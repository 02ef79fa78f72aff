package io.jenkins.plugins.approvalgate.bench;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The command line.
 *
 * @param one whether this process is to measure the one row there is, not to start others
 * @param in where the files go that are measured
 * @param rows their names; none means all
 */
record Options(boolean quick, boolean one, long seed, Path in, List<String> rows) {

    /** @throws IllegalArgumentException if one is not known, with a sentence that lists the rows */
    static Options of(List<String> arguments, List<String> known) {
        boolean quick = false;
        boolean one = false;
        long seed = 20_260_101;
        Path in = Path.of("bench", "target", "measured");
        List<String> rows = new ArrayList<>();
        Deque<String> rest = new ArrayDeque<>(arguments);
        while (!rest.isEmpty()) {
            String word = rest.pop();
            switch (word) {
                case "--quick" -> quick = true;
                case "--one" -> one = true;
                case "--seed" -> seed = Long.parseLong(rest.pop());
                case "--in" -> in = Path.of(rest.pop());
                default -> {
                    if (!known.contains(word)) {
                        throw new IllegalArgumentException(
                                "\"" + word + "\" is no row; there are " + String.join(", ", known) + ".");
                    }
                    rows.add(word);
                }
            }
        }
        return new Options(quick, one, seed, in.toAbsolutePath(), List.copyOf(rows));
    }

    /** Where the table goes, beside the files. */
    Path report() {
        return in.resolveSibling("bench.md");
    }
}
