package io.jenkins.plugins.approvalgate.preview;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Why the preview cannot start. The message is one line, for the person who started it, and says what to do. */
public final class StartFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private static final Pattern LINE_END = Pattern.compile("\\R");

    StartFailure(String message) {
        super(oneLine(message));
    }

    StartFailure(String message, Throwable cause) {
        super(oneLine(message), cause);
    }

    private static String oneLine(String message) {
        return LINE_END.splitAsStream(message)
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining(" "));
    }
}
