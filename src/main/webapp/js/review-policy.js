/** The part of a review that says who has to approve, who did, and whose approval is still needed. */
import { h, live } from './dom.js';
import { missing, nameOf, sourceName } from './next-step.js';
import { section } from './review-facts.js';
import { OPEN } from './states.js';
import { list, pieces, plural, t, wordFor } from './texts.js';
import { timeInFull } from './time.js';

/** @returns {{element: HTMLElement, update(gate: import('./shapes.js').Gate): void}} */
export function policyPart(user) {
  return live(gate => [gate.policy, gate.status, gate.deferred], gate => section(t('review.approvers'), policy(gate, user)));
}

const person = (name, user) => (name === user ? t('common.you', name) : name);

function policy(gate, user) {
  const { order, minimum, approvers } = gate.policy;
  const entries = h(order === 'sequential' ? 'ol' : 'ul', { class: 'ag-approvers' }, approvers.map((approver, i) => entry(gate, approver, i, user)));
  return [h('p', { class: 'ag-quiet' }, order === 'any' ? plural('policy.any', minimum) : wordFor(`policy.${order}`, order)), entries];
}

function entry(gate, approver, index, user) {
  const { satisfiedBy, required, reassignedFrom, standIns = [] } = approver;
  const later = gate.deferred.filter(({ approver: name }) => satisfiedBy.includes(name));
  const now = satisfiedBy.filter(name => !later.some(({ approver: other }) => other === name));
  const state = stateOf(gate, approver, index);
  return h('li', { 'data-testid': 'approver', 'data-done': !missing(approver) },
    h('strong', {}, approver.user ? person(approver.user, user) : nameOf(approver)),
    h('span', { class: 'ag-quiet' }, ` ${approver.group ? t('policy.group') : t('policy.user')}`),
    required > 1 && ` ${t('policy.of', satisfiedBy.length, required)}`,
    now.length > 0 && h('span', { class: 'ag-good' }, ` ✓ ${t('policy.approvedBy', list(now.map(name => person(name, user))))}`),
    state && h('span', { class: 'ag-quiet' }, ` · ${state}`),
    later.map(({ approver: name, until }) => h('div', { class: 'ag-good' }, '✓ ', pieces('policy.deferred', person(name, user), timeInFull(until)))),
    reassignedFrom && h('div', { class: 'ag-quiet' }, t('policy.reassignedFrom', reassignedFrom)),
    standIns.map(({ from, to }) => h('div', { class: 'ag-quiet' }, t('policy.standIn', person(to, user), from))),
    approver.members?.length > 0 && h('div', { class: 'ag-quiet' }, t('policy.members', list(approver.members))),
    approver.source && h('div', { class: 'ag-quiet' }, sourceName(approver.source)));
}

/** What an open gate still wants of an entry; null when nothing. */
function stateOf({ status, policy: { order, approvers }, approvals, waitingFor, deferred }, approver, index) {
  if (!missing(approver) || status !== OPEN) {
    return null;
  }
  const blocked = order === 'sequential' && approvers.slice(0, index).some(missing);
  // where an approval takes effect later, another one may still open the gate before
  const enough = deferred.length === 0 && (approvals.given >= approvals.required || !waitingFor.some(({ kind }) => kind === 'approval'));
  return enough ? t('policy.notNeeded')
    : blocked ? t('policy.notYet')
      : order === 'any' ? t('policy.waits') : plural('policy.needed', missing(approver));
}
