/** The parts of a review that account: who has to approve and who did, what was checked, what happened when. */
import { checkItem, checkList, isShut } from './check-list.js';
import { h, link, live } from './dom.js';
import { addresses, button, statusBadge } from './parts.js';
import { section } from './review-facts.js';
import { historyPart } from './review-history.js';
import { policyPart } from './review-policy.js';
import { OPEN } from './states.js';
import { lockName, pieces, plural, t } from './texts.js';
import { sinceInFull, timeAgo } from './time.js';

/**
 * In the order of the page.
 * @param {string} root
 * @param {string} user
 * @param {object} listeners
 * @param {() => Promise<import('./review-form.js').Sent>} listeners.onRecheck
 * @returns {{element: HTMLElement, update(gate: import('./shapes.js').Gate): void}[]}
 */
export function accountingParts(root, user, { onRecheck }) {
  return [
    ...checks(onRecheck),
    policyPart(user),
    live(gate => gate.earlierGates, ({ earlierGates }) => earlierGates.length > 0 && section(t('review.earlier'), gateList(earlierGates, root))),
    historyPart(),
  ];
}

/** What was folded open stays so when a check says something new. */
function checks(onRecheck) {
  const unfolded = new Set();
  const list = live(({ checks: all, lock, waitingFor, status }) => [all, lock, waitingFor, status], gate => {
    const shut = gate.status === OPEN ? gate.checks.filter(isShut).length : 0;
    return (gate.checks.length > 0 || gate.lock) && section([t('review.checks'), shut > 0 && h('span', { class: 'ag-count' }, plural('review.shut', shut))],
      checkList(gate.checks, { unfolded }, gate.lock && lockItem(gate)));
  });
  return [list, recheck(onRecheck)];
}

/** Not drawn again with the checks: a button that was just clicked stays, and what was said beside it, too. */
function recheck(onRecheck) {
  const said = h('p', { class: 'ag-quiet', role: 'status', 'data-testid': 'recheck-said' });
  const problem = h('p', { class: 'ag-error', role: 'alert', 'data-testid': 'recheck-error' });
  const ask = button(t('review.recheck'), { 'data-testid': 'recheck', on: { click: asked } });
  let busy = false;

  async function asked() {
    if (busy) {
      return;
    }
    busy = true;
    said.textContent = problem.textContent = '';
    const sent = await onRecheck().finally(() => { busy = false; });
    said.textContent = sent.said ?? '';
    problem.textContent = sent.problem ?? '';
  }
  const element = h('div', { class: 'ag-recheck', hidden: true }, ask, said, problem);
  return { element, update: ({ you }) => { element.hidden = !you.canRecheck; } };
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
