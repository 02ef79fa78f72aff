/** What has to happen to a gate now, in a sentence. Pure: a gate in, words out. */
import { OPEN, TIMED } from './states.js';
import { anyOf, checkName, list, plural, statusName, t } from './texts.js';
import { absoluteText } from './time.js';

export const nameOf = approver => approver.user ?? approver.group;

/** Where a group comes from. */
export const sourceName = source => t(source === 'own' ? 'policy.source.own' : 'policy.source.realm');

export const missing = approver => Math.max(0, (approver.required ?? 1) - approver.satisfiedBy.length);

/**
 * @param {import('./shapes.js').Gate} gate
 * @returns {string} whose approval is missing, '' when nobody's is
 */
export function approvalsNeeded({ approvals, policy, waitingFor }) {
  const unsatisfied = policy.approvers.filter(missing);
  const left = approvals.required - approvals.given;
  if (left <= 0 || !unsatisfied.length || !waitingFor.some(({ kind }) => kind === 'approval')) {
    return ''; // or it was bypassed, and needs nobody's
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

/**
 * What somebody wants to know right after they did something.
 *
 * @param {string} action as the API calls it
 * @param {import('./shapes.js').Gate} gate after it
 * @param {{until?: string, to?: string}} body what was sent
 */
export function nextStep(action, gate, body) {
  const open = gate.status === OPEN;
  switch (action) {
    case 'approve':
      return open ? sentences(t('after.recorded'), waits(gate)) : ended(gate);
    case 'defer':
      return open ? sentences(t('after.deferred', absoluteText(body.until)), waits(gate, body.until)) : ended(gate);
    case 'reject':
      return t('after.rejected');
    case 'withdraw':
      return sentences(t('after.withdrawn'), open && waits(gate));
    case 'reassign':
      return sentences(t('after.reassigned', body.to), open && waits(gate));
    case 'bypass':
      return open ? sentences(t('after.bypassed'), waits(gate)) : ended(gate);
    default: // recheck
      return open ? t('after.rechecking') : ended(gate);
  }
}

const sentences = (...all) => all.filter(Boolean).join(' ');

const ended = gate => (OPENING.includes(gate.status) ? t(`after.goesOn.${gate.status}`) : closedText(gate));

const OPENING = ['APPROVED', 'AUTO_APPROVED', 'BYPASSED'];

/** What keeps an open gate shut now. @param {string} [until] a time that the reader was told just before */
function waits(gate, until) {
  const others = gate.waitingFor.filter(({ kind }) => kind !== 'approval');
  return approvalsNeeded(gate) || opening(gate, others, until);
}

function opening(gate, others, until) {
  if (!others.length) {
    return '';
  }
  if (!others.every(({ kind, until }) => until && TIMED.includes(kind))) {
    return t('after.nowWaits', others.map(({ reason }) => withoutStop(reason)).join('; '));
  }
  const untils = others.filter(({ kind }) => kind !== 'deferral').map(({ until }) => until);
  const deferred = takesEffect(gate);
  const last = [...untils, ...deferred].reduce((a, b) => (Date.parse(a) > Date.parse(b) ? a : b));
  const kinds = [...new Set(others.map(({ kind }) => checkName(kind)))];
  // what lets the gate pass now may not when an approval takes effect, such as the business hours
  const sure = others.length === 1 && !(deferred.length && (gate.checks.length || gate.lock));
  if (until && Date.parse(last) === Date.parse(until)) {
    return t(sure ? 'after.opensThen' : 'after.opensNotBeforeThen');
  }
  return t(sure ? 'after.opens' : 'after.opensNotBefore', absoluteText(last), list(kinds));
}

/** When enough of the approvals that are deferred count: one time, or none. */
function takesEffect({ policy, approvals, deferred }) {
  const given = new Set(policy.approvers.flatMap(({ satisfiedBy }) => satisfiedBy));
  const times = deferred.filter(({ approver }) => given.has(approver)).map(({ until }) => until).sort((a, b) => Date.parse(a) - Date.parse(b));
  const lacking = policy.order === 'any' ? approvals.required - (given.size - times.length) : times.length;
  return times.slice(Math.max(0, lacking - 1), Math.max(0, lacking));
}

const withoutStop = sentence => sentence.replace(/\.$/, '');

/** @param {import('./shapes.js').GateRow} gate a closed one */
export function closedText(gate) {
  const by = [gate.closedBy && t('row.by', gate.closedBy), gate.closedReason].filter(Boolean).join(' – ');
  return by ? t('after.closedBy', statusName(gate.status), by) : t('after.closed', statusName(gate.status));
}
