package io.jenkins.plugins.approvalgate.engine;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** A pipeline named an environment that is not configured. The message lists those that are, and the closest. */
public class UnknownEnvironmentException extends Exception {
    private static final long serialVersionUID = 1L;

    UnknownEnvironmentException(String name, List<String> known) {
        super(message(name, known));
    }

    private static String message(String name, List<String> known) {
        String unknown = "There is no environment \"" + name + "\". ";
        if (known.isEmpty()) {
            return unknown + "None is configured yet: an administrator adds them in Manage Jenkins, Approval Gate.";
        }
        return unknown
                + nearest(name, known).map(n -> "Did you mean \"" + n + "\"? ").orElse("")
                + "Configured are: " + String.join(", ", known) + ".";
    }

    /** The known name that is fewest keystrokes away, unless it takes more than half of them. */
    private static Optional<String> nearest(String name, List<String> known) {
        LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
        return known.stream()
                .min(Comparator.comparing(candidate -> distance.apply(name, candidate)))
                .filter(candidate -> distance.apply(name, candidate) <= Math.max(2, candidate.length() / 2));
    }
}
