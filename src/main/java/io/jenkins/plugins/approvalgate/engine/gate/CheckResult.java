package io.jenkins.plugins.approvalgate.engine.gate;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What a check says of a gate.
 *
 * @param reason a sentence for those who read the gate, without secrets; the same as long as nothing changed, because each
 *     change of it is recorded
 * @param until when this will change by itself or be asked anew; the first instant at which it may be different
 * @param barsApprovals whether nobody may approve while it says so; rejecting is never barred
 * @param detail what was found, in full, for those who read the gate; empty for nothing
 */
public record CheckResult(Verdict verdict, String reason, Optional<Instant> until, boolean barsApprovals, String detail) {

    /** Stands for the answer of a check that has not been asked; never recorded. */
    public static final CheckResult NOT_ASKED = waiting("It has not been asked yet.");

    /** What follows for the gate. */
    public enum Verdict {
        /** Nothing stands against it. */
        PASS,
        /** Not now. */
        WAIT,
        /** Never: the gate closes. */
        FAIL,
        /** It opens without any person, as soon as every other check passes. */
        APPROVE;

        public boolean lets() {
            return this == PASS || this == APPROVE;
        }
    }

    public CheckResult {
        Objects.requireNonNull(verdict);
        reason = unicode(reason);
        detail = unicode(detail);
    }

    /** Half a character cannot be recorded, and what others told a check must not keep its gate from changing. */
    private static String unicode(String text) {
        return text.chars().noneMatch(c -> Character.isSurrogate((char) c)) ? text : text.codePoints()
                .map(point -> Character.getType(point) == Character.SURROGATE ? '\ufffd' : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static CheckResult of(Verdict verdict, String reason) {
        return new CheckResult(verdict, reason, Optional.empty(), false, "");
    }

    public static CheckResult pass(String reason) {
        return of(Verdict.PASS, reason);
    }

    public static CheckResult waiting(String reason) {
        return of(Verdict.WAIT, reason);
    }

    public static CheckResult fail(String reason) {
        return of(Verdict.FAIL, reason);
    }

    public static CheckResult approve(String reason) {
        return of(Verdict.APPROVE, reason);
    }

    /** The same, known to hold until {@code when}, exclusively. */
    public CheckResult until(Instant when) {
        return new CheckResult(verdict, reason, Optional.of(when), barsApprovals, detail);
    }

    /** The same, and while it holds nobody may approve. */
    public CheckResult barringApprovals() {
        return new CheckResult(verdict, reason, until, true, detail);
    }

    /** The same, with what was found. */
    public CheckResult detailed(String found) {
        return new CheckResult(verdict, reason, until, barsApprovals, found);
    }

    /** Whether this says the same as {@code other}, so that nothing has to be recorded. */
    boolean says(CheckResult other) {
        return verdict == other.verdict && reason.equals(other.reason) && barsApprovals == other.barsApprovals;
    }
}
