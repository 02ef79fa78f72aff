/** What has to happen to a gate now, in a sentence. Pure: a gate in, words out. */
import { anyOf, checkName, list, plural, statusName, t } from './texts.js';
import { absoluteText } from './time.js';

export const OPEN = 'WAITING';

export const nameOf = approver => approver.user ?? approver.group;

/** Where a group comes from. */
export const sourceName = source => t(source === 'own' ? 'policy.source.own' : 'policy.source.realm');

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
    return plural('after.needs', left, anyOf(unsatisfied.map(nameOf)));
  }
  if (policy.order === 'sequential') {
    const [next, ...later] = unsatisfied;
    return later.length > 0
      ? plural('after.needsThen', missing(next), nameOf(next), list(later.map(nameOf)))
      : plural('after.needs', missing(next), nameOf(next));
  }
  return unsatisfied.length === 1
    ? plural('after.needs', missing(unsatisfied[0]), nameOf(unsatisfied[0]))
    : t('after.needsAll', list(unsatisfied.map(approver => plural('after.amount', missing(approver), nameOf(approver)))));
}

/** What an approver wants to know right after approving. */
export function afterApproval(gate) {
  if (gate.status !== OPEN) {
    return gate.status.endsWith('APPROVED') ? t('after.goesOn') : closedText(gate);
  }
  const needed = approvalsNeeded(gate);
  const others = gate.waitingFor.filter(({ kind }) => kind !== 'approval');
  return [t('after.recorded'), needed || opening(others)].filter(Boolean).join(' ');
}

/** Kinds of checks of time alone: they know for sure when they are fulfilled. */
export const TIMED = ['businessHours', 'changeFreeze', 'waitTimer'];

function opening(others) {
  if (!others.length) {
    return '';
  }
  if (!others.every(({ kind, until }) => until && TIMED.includes(kind))) {
    return t('after.nowWaits', others.map(({ reason }) => reason).join('; '));
  }
  const last = others.map(({ until }) => until).reduce((a, b) => (Date.parse(a) > Date.parse(b) ? a : b));
  const kinds = [...new Set(others.map(({ kind }) => checkName(kind)))];
  return t(others.length === 1 ? 'after.opens' : 'after.opensNotBefore', absoluteText(last), list(kinds));
}

/** @param {import('./shapes.js').GateRow} gate a closed one */
export function closedText(gate) {
  const by = [gate.closedBy && t('row.by', gate.closedBy), gate.closedReason].filter(Boolean).join(' – ');
  return by ? t('after.closedBy', statusName(gate.status), by) : t('after.closed', statusName(gate.status));
}
