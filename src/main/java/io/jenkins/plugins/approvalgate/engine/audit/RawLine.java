package io.jenkins.plugins.approvalgate.engine.audit;

import java.util.Arrays;

/**
 * The bytes of a line where they were read, without its line feed. They stay as they are only until whoever gave this goes on
 * to the next line: {@link #copy} what is to be kept.
 */
public record RawLine(byte[] in, int from, int to) {

    static RawLine of(byte[] text) {
        return new RawLine(text, 0, text.length);
    }

    public int length() {
        return to - from;
    }

    public byte[] copy() {
        return Arrays.copyOfRange(in, from, to);
    }
}
