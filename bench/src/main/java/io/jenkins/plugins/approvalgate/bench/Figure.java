package io.jenkins.plugins.approvalgate.bench;

/**
 * One measured value and what stood beside it.
 *
 * @param what was measured, with the number of samples
 * @param beside what it is compared with; empty where there is nothing
 * @param value in {@code unit}
 * @param besideValue in {@code unit}; NaN where there is nothing
 * @param unit of both values, such as "ms"
 * @param toReach in words, such as "≤ 1.3 ×"; empty where nothing is asked
 * @param limit of {@link #compared()}; NaN where nothing is asked
 * @param atLeast whether {@code limit} is the least, not the most
 */
record Figure(
        String what,
        String beside,
        double value,
        double besideValue,
        String unit,
        String toReach,
        double limit,
        boolean atLeast) {

    /** At most {@code limit} times what stands beside it. */
    static Figure atMost(String what, double value, String beside, double besideValue, String unit, double limit) {
        return new Figure(what, beside, value, besideValue, unit, "≤ " + Numbers.brief(limit) + " ×", limit, false);
    }

    /** At least {@code limit} times what stands beside it. */
    static Figure atLeast(String what, double value, String beside, double besideValue, String unit, double limit) {
        return new Figure(what, beside, value, besideValue, unit, "≥ " + Numbers.brief(limit) + " ×", limit, true);
    }

    /** At most {@code limit} of its unit, with nothing beside it. */
    static Figure within(String what, double value, String unit, double limit) {
        return new Figure(what, "", value, Double.NaN, unit, "≤ " + Numbers.brief(limit) + " " + unit, limit, false);
    }

    /** To be known; nothing is asked of it. */
    static Figure told(String what, double value, String unit) {
        return new Figure(what, "", value, Double.NaN, unit, "", Double.NaN, false);
    }

    /** How many times what stands beside it; NaN where there is nothing. */
    double ratio() {
        return value / besideValue;
    }

    /** What the limit is of: the ratio, or the value itself where nothing stands beside it. */
    double compared() {
        return Double.isNaN(besideValue) ? value : ratio();
    }

    /** Whether it is as it should be; so it is where nothing is asked. */
    boolean reached() {
        return Double.isNaN(limit) || (atLeast ? compared() >= limit : compared() <= limit);
    }
}
