/** What the checks of a gate say, real or imagined. */
import { h, nodes } from './dom.js';
import { checkBadge } from './parts.js';
import { style } from './style.js';
import { checkName, pieces, t } from './texts.js';
import { timeAgo, timeInFull } from './time.js';

await style('check-list');

export const isShut = ({ status }) => status === 'WAIT' || status === 'FAIL';

/**
 * @param {import('./shapes.js').CheckState[]} checks
 * @param {object} [options]
 * @param {Set<number>} [options.unfolded] which of them have their detail folded open; kept up to date
 * @param {(instant: string) => Node} [options.time] how to show when a check changes
 * @param {...Node} more items after those
 */
export function checkList(checks, { unfolded = new Set(), time = timeInFull } = {}, ...more) {
  return h('ul', { class: 'ag-checks' }, checks.map((check, i) => checkItem(check, { time, fold: fold(unfolded, i) })), ...more);
}

function fold(unfolded, i) {
  return { open: unfolded.has(i), on: { toggle: ({ target }) => (target.open ? unfolded.add(i) : unfolded.delete(i)) } };
}

/** One of them; the lock looks the same. */
export function checkItem({ kind, status, summary, reason, until, evaluatedAt, detail }, { time = timeInFull, fold: how = {} } = {}) {
  const times = nodes([until && h('span', {}, pieces('row.changes', time(until))), evaluatedAt && h('span', {}, pieces('review.evaluated', timeAgo(evaluatedAt)))]);
  return h('li', { class: 'ag-check', 'data-testid': 'check', 'data-kind': kind, 'data-status': status, 'data-shut': isShut({ status }) },
    h('div', { class: 'ag-inline' }, status && checkBadge(status), h('strong', {}, checkName(kind)), h('span', { class: 'ag-quiet' }, summary)),
    h('div', {}, reason),
    times.length > 0 && h('div', { class: 'ag-quiet ag-dots' }, times),
    detail && h('details', how, h('summary', {}, t('review.detail')), h('pre', { class: 'ag-detail', tabindex: 0 }, detail)));
}
