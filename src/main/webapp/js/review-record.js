/** The parts of a review that account: who has to approve and who did, what was checked, what happened when. */
import { checkItem, checkList, isShut } from './check-list.js';
import { h, link, live } from './dom.js';
import { missing, nameOf, OPEN, sourceName } from './next-step.js';
import { addresses, button, statusBadge } from './parts.js';
import { section } from './review-facts.js';
import { checkName, eventName, list, lockName, pieces, plural, resultName, statusName, t, wordFor } from './texts.js';
import { sinceInFull, timeAgo, timeAt } from './time.js';

const MANY_EVENTS = 12;

/** In the order of the page. @returns {{element: HTMLElement, update(gate: import('./shapes.js').Gate): void}[]} */
export function accountingParts(root, user) {
  let allEvents = false;
  const history = live(gate => [gate.events, allEvents], gate => section(t('review.history'), events(gate.events, allEvents, () => {
    allEvents = true;
    history.update(gate);
  })));
  return [
    checks(),
    live(gate => [gate.policy, gate.status], gate => section(t('review.approvers'), policy(gate, user))),
    live(gate => gate.earlierGates, ({ earlierGates }) => earlierGates?.length > 0 && section(t('review.earlier'), gateList(earlierGates, root))),
    history,
  ];
}

const person = (name, user) => (name === user ? t('common.you', name) : name);

function policy(gate, user) {
  const { order, minimum, approvers } = gate.policy;
  const entries = h(order === 'sequential' ? 'ol' : 'ul', { class: 'ag-approvers' }, approvers.map((approver, i) => entry(gate, approver, i, user)));
  return [h('p', { class: 'ag-quiet' }, order === 'any' ? plural('policy.any', minimum) : wordFor(`policy.${order}`, order)), entries];
}

function entry({ status, policy: { order, approvers }, approvals }, approver, index, user) {
  const done = !missing(approver);
  const blocked = order === 'sequential' && approvers.slice(0, index).some(missing);
  const enough = order === 'any' && approvals.given >= approvals.required;
  const state = done || status !== OPEN ? null
    : blocked ? t('policy.notYet')
      : enough ? t('policy.notNeeded')
        : order === 'any' ? t('policy.waits') : plural('policy.needed', missing(approver));
  return h('li', { 'data-done': done },
    h('strong', {}, approver.user ? person(approver.user, user) : nameOf(approver)),
    h('span', { class: 'ag-quiet' }, ` ${approver.group ? t('policy.group') : t('policy.user')}`),
    approver.required > 1 && ` ${t('policy.of', approver.satisfiedBy.length, approver.required)}`,
    approver.satisfiedBy.length > 0 && h('span', { class: 'ag-good' }, ` ✓ ${t('policy.approvedBy', list(approver.satisfiedBy.map(name => person(name, user))))}`),
    state && h('span', { class: 'ag-quiet' }, ` · ${state}`),
    approver.members?.length > 0 && h('div', { class: 'ag-quiet' }, t('policy.members', list(approver.members))),
    approver.source && h('div', { class: 'ag-quiet' }, sourceName(approver.source)));
}

/** What was folded open stays so when a check says something new. */
function checks() {
  const unfolded = new Set();
  return live(({ checks: all, lock, waitingFor, status }) => [all, lock, waitingFor, status], gate => {
    const all = gate.checks ?? [];
    const shut = gate.status === OPEN ? all.filter(isShut).length : 0;
    return (all.length > 0 || gate.lock) && section([t('review.checks'), shut > 0 && h('span', { class: 'ag-count' }, plural('review.shut', shut))],
      checkList(all, { unfolded }, gate.lock && lockItem(gate)));
  });
}

function lockItem({ lock, waitingFor, status }) {
  const turn = waitingFor.find(({ kind }) => kind === 'lock');
  const state = lock.held ? pieces('review.lockHeld', sinceInFull(lock.since))
    : turn ? turn.reason || t('review.lockWaits')
      : status === OPEN ? t('review.lockNotYet') : t('review.lockGone');
  return checkItem({ kind: 'lock', status: lock.held ? 'PASS' : turn && 'WAIT', summary: lockName(lock.mode), reason: state });
}

function gateList(gates, root) {
  return h('ul', { class: 'ag-plain-list' }, gates.map(gate => h('li', { class: 'ag-inline' },
    statusBadge(gate), link(gate.environment, addresses(root).gate(gate.id)),
    h('span', { class: 'ag-quiet' }, gate.closedBy && t('row.by', gate.closedBy), ' ', timeAgo(gate.closedAt ?? gate.requestedAt)))));
}

/** As it happened, the newest last. A check asked again and again fills pages, so a long history is cut until asked for. */
function events(all, complete, showAll) {
  const shown = complete || all.length <= MANY_EVENTS ? all : all.slice(-MANY_EVENTS);
  return [
    shown.length < all.length && button(t('review.showAll', all.length), { 'data-focus': 'history', on: { click: showAll } }),
    h('ol', { class: 'ag-history', tabindex: complete ? -1 : null, 'data-focus': complete ? 'history' : null }, shown.map(event)),
  ];
}

function event({ at, type, actor, comment, outcome, kind, status, reason }) {
  const check = kind && (status ? ` ${checkName(kind)}: ${resultName(status)}` : ` (${checkName(kind)})`);
  return h('li', {},
    h('div', {},
      h('strong', {}, actor || t('review.system')), ` ${eventName(type)}`, outcome && ` – ${statusName(outcome)}`, check,
      h('span', { class: 'ag-quiet' }, ' · ', timeAt(at))),
    (comment || reason) && h('blockquote', { class: 'ag-prose' }, comment || reason));
}
