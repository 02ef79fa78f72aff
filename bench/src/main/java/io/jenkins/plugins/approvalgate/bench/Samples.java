package io.jenkins.plugins.approvalgate.bench;

import java.util.Arrays;

/** Times of the same thing, in nanoseconds. Not thread-safe. */
final class Samples {

    private long[] nanos = new long[1024];
    private int count;

    void add(long sample) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, count * 2);
        }
        nanos[count++] = sample;
    }

    /** Times {@code work} once. */
    void time(Work work) throws Exception {
        long begin = System.nanoTime();
        work.run();
        add(System.nanoTime() - begin);
    }

    int count() {
        return count;
    }

    double medianMillis() {
        return millis(0.5);
    }

    double p99Millis() {
        return millis(0.99);
    }

    /** The least sample that at least this part of all samples does not exceed. */
    double millis(double part) {
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return sorted[Math.max(0, (int) Math.ceil(part * count) - 1)] / 1e6;
    }

    /** Something to be timed. */
    interface Work {
        void run() throws Exception;
    }
}
