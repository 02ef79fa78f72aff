package io.jenkins.plugins.approvalgate.bench;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers as the table has them. */
final class Numbers {

    private Numbers() {}

    /** Three digits that count, whole numbers whole, with commas from a thousand on: 0.0123, 1.23, 12.3, 1,234. */
    static String brief(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return "—";
        }
        if (Math.abs(value) >= 100) {
            return String.format(Locale.ROOT, "%,d", Math.round(value));
        }
        return new BigDecimal(value)
                .round(new MathContext(3, RoundingMode.HALF_UP))
                .stripTrailingZeros()
                .toPlainString();
    }
}
