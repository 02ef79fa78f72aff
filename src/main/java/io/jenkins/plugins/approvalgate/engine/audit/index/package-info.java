/**
 * The search index: an SQL copy of the journal, in an embedded H2 or in a PostgreSQL that several controllers share. It
 * follows the journal, can be deleted at any time and is made anew; no decision waits for it.
 *
 * <p>Its tables, for those who ask it by {@link AuditIndex#ask}; all times are milliseconds since 1970 in UTC, a name longer
 * than 500 characters is cut there, and what is not known is {@code null}:
 * <ul>
 * <li>{@code audit_event}: a row for each line of the journal, by {@code (controller, seq)}, which {@code id} tells in one
 * number: {@code at, gate, type, actor, environment, job, build, branch, outcome, comment, data, hash}. What a line about a gate does not say itself is that of
 * the gate's request. {@code outcome} stands in the line that closed the gate, {@code actor_folded} is the actor in lower
 * case, {@code comment} the line's comment, reason, message or sentence, {@code data} the line's JSON.
 * <li>{@code audit_gate}: a row for each gate, by {@code (controller, gate)}: {@code environment, job, build, stage, branch,
 * requested_by, requested_at, deadline, sla_due}; {@code first_decision_at} is when somebody first approved, deferred,
 * rejected or bypassed; and, of a gate that has ended, {@code closed_at, closed_month} (202603 for March 2026),
 * {@code outcome}, {@code answered_at} (the rejection, the bypass, or the last approval that was needed) and
 * {@code decided} (whether that was what ended it). {@code last_seq} is its last line.
 * <li>{@code audit_word}: the words of the comments, in lower case, each with its line's {@code at} and {@code id}.
 * <li>{@code audit_position}: how far each controller's journal is in the index.
 * </ul>
 */
package io.jenkins.plugins.approvalgate.engine.audit.index;
