package io.jenkins.plugins.approvalgate.cli;

/** What others wrote, made safe for a terminal. */
final class Plain {

    private Plain() {}

    /** {@code text} on one line, without characters that a terminal would take for a command. */
    static String text(String text) {
        return text.replaceAll("[\\p{Cntrl}\\p{Cf}\u2028\u2029]+", " ").strip();
    }
}
