package io.jenkins.plugins.approvalgate.engine.audit;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds line feeds, eight bytes at a step. */
final class LineFeeds {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH = 0x8080808080808080L;
    private static final long LINE_FEEDS = ONES * '\n';

    private LineFeeds() {}

    /** Where the first one stands in {@code in}, not before {@code from}; {@code to} if there is none before that. */
    static int next(byte[] in, int from, int to) {
        int at = from;
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            // A byte that equals a line feed becomes zero, and only below the lowest zero is a borrow possible.
            long zero = (long) LONG.get(in, at) ^ LINE_FEEDS;
            long found = (zero - ONES) & ~zero & HIGH;
            if (found != 0) {
                return at + Long.numberOfTrailingZeros(found) / Byte.SIZE;
            }
        }
        while (at < to && in[at] != '\n') {
            at++;
        }
        return at;
    }
}
