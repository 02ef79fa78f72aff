package io.jenkins.plugins.approvalgate.engine.audit;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * What was read of some bytes, by these very bytes: all of them are compared, so what is found is what would be read again. A
 * place for each hash; what comes later to the same place stays, and all is forgotten when it is too much. For one thread.
 */
final class LatelyRead<T> {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    private static final long MOST_BYTES = 1 << 24;

    private record Entry<T>(byte[] bytes, T value) {}

    private final Entry<T>[] places;
    private final int shift;
    /** How many bytes were put since it was empty. */
    private long kept;

    /** @param bits of the number of places */
    @SuppressWarnings({"unchecked", "rawtypes"})
    LatelyRead(int bits) {
        places = new Entry[1 << bits];
        shift = Long.SIZE - bits;
    }

    /** What was read of these bytes; {@code null} if it is not known any more. */
    T get(byte[] in, int from, int to) {
        Entry<T> entry = places[place(in, from, to)];
        return entry != null && Arrays.equals(entry.bytes(), 0, entry.bytes().length, in, from, to) ? entry.value() : null;
    }

    void put(byte[] in, int from, int to, T value) {
        kept += to - from;
        if (kept > MOST_BYTES) {
            Arrays.fill(places, null);
            kept = to - from;
        }
        places[place(in, from, to)] = new Entry<>(Arrays.copyOfRange(in, from, to), value);
    }

    private int place(byte[] in, int from, int to) {
        long hash = to - from;
        int at = from;
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            hash = (hash ^ (long) LONG.get(in, at)) * MULTIPLIER;
            hash ^= hash >>> Integer.SIZE;
        }
        for (; at < to; at++) {
            hash = (hash ^ in[at]) * MULTIPLIER;
            hash ^= hash >>> Integer.SIZE;
        }
        return (int) (hash * MULTIPLIER >>> shift);
    }
}
