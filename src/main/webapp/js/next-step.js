/** What has to happen to a gate now, in a sentence. Pure: a gate in, words out. */
import { texts } from './texts.js';

export const OPEN = 'WAITING';

export const nameOf = approver => approver.user ?? approver.group;

export const missing = approver => Math.max(0, (approver.required ?? 1) - approver.satisfiedBy.length);

/**
 * @param {import('./shapes.js').Gate} gate
 * @returns {string} whose approval is missing, '' when nobody's is
 */
export function approvalsNeeded({ approvals, policy }) {
  const unsatisfied = policy.approvers.filter(missing);
  const left = approvals.required - approvals.given;
  if (left <= 0 || !unsatisfied.length) {
    return '';
  }
  if (policy.order === 'any') {
    return texts.after.needs(left, unsatisfied.map(nameOf));
  }
  if (policy.order === 'sequential') {
    const [next, ...later] = unsatisfied;
    return texts.after.needsThen(missing(next), nameOf(next), later.map(nameOf));
  }
  return unsatisfied.length === 1
    ? texts.after.needs(missing(unsatisfied[0]), [nameOf(unsatisfied[0])])
    : texts.after.needsAll(unsatisfied.map(approver => texts.after.amount(missing(approver), nameOf(approver))));
}

/** What an approver wants to know right after approving. */
export function afterApproval(gate) {
  if (gate.status !== OPEN) {
    return gate.status.endsWith('APPROVED') ? texts.after.goesOn : closedText(gate);
  }
  const needed = approvalsNeeded(gate);
  const others = gate.waitingFor.filter(({ kind }) => kind !== 'approval').map(({ reason }) => reason);
  return [texts.after.recorded, needed || (others.length ? texts.after.nowWaits(others) : '')].filter(Boolean).join(' ');
}

/** @param {import('./shapes.js').GateRow} gate a closed one */
export function closedText(gate) {
  const by = [gate.closedBy && texts.row.by(gate.closedBy), gate.closedReason].filter(Boolean).join(' – ');
  return texts.after.closed(texts.status(gate.status), by);
}
