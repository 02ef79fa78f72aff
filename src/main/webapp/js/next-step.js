/** What has to happen to a gate now, in a sentence. Pure: a gate in, words out. */
import { texts } from './texts.js';
import { absoluteText } from './time.js';

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
  const others = gate.waitingFor.filter(({ kind }) => kind !== 'approval');
  return [texts.after.recorded, needed || opening(others)].filter(Boolean).join(' ');
}

/** Kinds of checks of time alone: they know for sure when they are fulfilled. */
export const TIMED = ['businessHours', 'changeFreeze', 'waitTimer'];

function opening(others) {
  if (!others.length) {
    return '';
  }
  if (!others.every(({ kind, until }) => until && TIMED.includes(kind))) {
    return texts.after.nowWaits(others.map(({ reason }) => reason));
  }
  const last = others.map(({ until }) => until).reduce((a, b) => (Date.parse(a) > Date.parse(b) ? a : b));
  const kinds = [...new Set(others.map(({ kind }) => texts.check(kind)))];
  return (others.length === 1 ? texts.after.opens : texts.after.opensNotBefore)(absoluteText(last), kinds);
}

/** @param {import('./shapes.js').GateRow} gate a closed one */
export function closedText(gate) {
  const by = [gate.closedBy && texts.row.by(gate.closedBy), gate.closedReason].filter(Boolean).join(' – ');
  return texts.after.closed(texts.status(gate.status), by);
}
