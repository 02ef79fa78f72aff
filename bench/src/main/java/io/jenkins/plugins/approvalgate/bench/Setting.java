package io.jenkins.plugins.approvalgate.bench;

import java.nio.file.Path;

/**
 * What a measure runs with.
 *
 * @param directory empty, for this measure alone, on the disk that is measured; removed afterwards
 * @param quick whether small sizes will do, to see that it runs at all
 * @param seed for whatever is generated
 */
record Setting(Path directory, boolean quick, long seed) {

    /** {@code full}, or {@code small} where it is to be quick. */
    int size(int full, int small) {
        return quick ? small : full;
    }
}
