package io.jenkins.plugins.approvalgate.engine.check;

import java.util.Arrays;
import java.util.BitSet;

/**
 * A pattern over names whose segments are divided by {@code /}. Compares the whole name, upper and lower case apart,
 * character by character as they are: two spellings of one letter in Unicode are two names.
 *
 * <ul>
 *   <li>{@code *} any characters of one segment, or none
 *   <li>{@code ?} one character, but no slash; a character is a Unicode code point
 *   <li>{@code **} any characters, slashes among them, or none: {@code release/**} takes {@code release/a} and
 *       {@code release/a/b}, but not {@code release}
 *   <li>{@code **}{@code /} at the head of a segment: any number of whole segments, or none, as in Ant:
 *       {@code **}{@code /main} takes {@code main} and {@code team/main}, but not {@code xmain}
 * </ul>
 *
 * Everything else means itself. Immutable.
 */
final class Glob {

    private static final int ONE = -1;
    private static final int STAR = -2;
    private static final int STARS = -3;
    /** Stands before {@code STARS} and a slash, and may skip both. */
    private static final int SEGMENTS = -4;

    private final String text;
    /** Code points, and the four above. */
    private final int[] steps;

    private Glob(String text, int[] steps) {
        this.text = text;
        this.steps = steps;
    }

    static Glob of(String text) {
        int[] points = text.codePoints().toArray();
        int[] steps = new int[2 * points.length];
        int count = 0;
        int at = 0;
        while (at < points.length) {
            int stars = stars(points, at);
            boolean first = at == 0 || points[at - 1] == '/';
            at += Math.max(1, stars);
            if (stars == 0) {
                steps[count++] = points[at - 1] == '?' ? ONE : points[at - 1];
            } else if (stars == 1) {
                steps[count++] = STAR;
            } else {
                if (first && at < points.length && points[at] == '/') {
                    steps[count++] = SEGMENTS;
                }
                steps[count++] = STARS;
            }
        }
        return new Glob(text, Arrays.copyOf(steps, count));
    }

    private static int stars(int[] points, int from) {
        int at = from;
        while (at < points.length && points[at] == '*') {
            at++;
        }
        return at - from;
    }

    /**
     * Whether {@code name} as a whole is one of those meant. Follows all ways through the pattern at once instead of trying
     * one after the other, so that no name takes longer than its length times the pattern's.
     */
    boolean matches(String name) {
        BitSet now = new BitSet(steps.length + 1);
        BitSet next = new BitSet(steps.length + 1);
        enter(now, 0);
        for (int at = 0; at < name.length() && !now.isEmpty(); ) {
            int point = name.codePointAt(at);
            at += Character.charCount(point);
            next.clear();
            for (int step = now.nextSetBit(0); step >= 0 && step < steps.length; step = now.nextSetBit(step + 1)) {
                take(step, point, next);
            }
            BitSet spare = now;
            now = next;
            next = spare;
        }
        return now.get(steps.length);
    }

    private void take(int step, int point, BitSet next) {
        switch (steps[step]) {
            case STARS -> enter(next, step);
            case STAR -> {
                if (point != '/') {
                    enter(next, step);
                }
            }
            case ONE -> {
                if (point != '/') {
                    enter(next, step + 1);
                }
            }
            case SEGMENTS -> {
                // Only a fork in the way: what it leads to was entered with it.
            }
            default -> {
                if (point == steps[step]) {
                    enter(next, step + 1);
                }
            }
        }
    }

    /** Marks {@code step} as reached, and what is reached from there without a character. */
    private void enter(BitSet reached, int step) {
        if (reached.get(step)) {
            return;
        }
        reached.set(step);
        if (step < steps.length && (steps[step] == STAR || steps[step] == STARS)) {
            enter(reached, step + 1);
        } else if (step < steps.length && steps[step] == SEGMENTS) {
            enter(reached, step + 1);
            enter(reached, step + 3);
        }
    }

    /** As it was written. */
    @Override
    public String toString() {
        return text;
    }
}
