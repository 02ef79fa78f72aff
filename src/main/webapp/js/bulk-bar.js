/** Several gates decided in one go: the bar with the comment and the buttons, and the answer for each gate. */
import { ApiError } from './api.js';
import { h } from './dom.js';
import { OPEN } from './states.js';
import { button } from './parts.js';
import { style } from './style.js';
import { buildName, plural, statusName, t } from './texts.js';

await style('inbox');

const MAX_COMMENT = 10_000; // what the server accepts
const MOST_AT_ONCE = 100; // the same

/**
 * @param {object} options
 * @param {import('./api.js').Api} options.api
 * @param {import('./selection.js').Selection} options.selection
 * @param {(id: string) => import('./shapes.js').GateRow|undefined} options.gateOf the row as it was before the decision
 * @param {HTMLElement} options.results where the answer goes; a live region
 * @param {{pause(): void, resume(): void}} options.poller
 * @returns {{element: HTMLElement, update(): void}}
 */
export function bulkBar({ api, selection, gateOf, results, poller }) {
  const count = h('p', { class: 'ag-strong', role: 'status', 'data-testid': 'bulk-count' });
  const error = h('p', { class: 'ag-error', id: 'ag-bulk-error', 'data-testid': 'bulk-error' });
  const comment = h('textarea', {
    class: 'jenkins-input ag-input', id: 'ag-bulk-comment', rows: 1, maxlength: MAX_COMMENT, 'data-testid': 'bulk-comment',
    'aria-describedby': 'ag-bulk-hint ag-bulk-error', on: { input: () => complain('') },
  });
  const hint = h('span', { class: 'ag-quiet', id: 'ag-bulk-hint' });
  const left = h('p', { class: 'ag-quiet ag-bulk-left', 'data-testid': 'bulk-left' });
  const buttons = {
    approve: button(t('bulk.approve'), { primary: true, 'data-testid': 'bulk-approve', on: { click: () => decide('approve') } }),
    reject: button(t('bulk.reject'), { danger: true, 'data-testid': 'bulk-reject', on: { click: () => decide('reject') } }),
    clear: button(t('bulk.clear'), { 'data-testid': 'bulk-clear', on: { click: () => selection.clear() } }),
  };
  const element = h('section', { class: 'ag-bulk', 'aria-label': t('bulk.label'), 'data-testid': 'bulk', hidden: true },
    count, left,
    h('div', { class: 'ag-field' }, h('label', { for: comment.id }, t('bulk.comment'), ' ', hint), comment, error),
    h('div', { class: 'ag-buttons' }, Object.values(buttons)));

  function complain(problem) {
    error.textContent = problem;
    problem ? comment.setAttribute('aria-invalid', 'true') : comment.removeAttribute('aria-invalid');
  }

  async function decide(action) {
    busy(true);
    try {
      const ids = selection.ids;
      const words = comment.value.trim();
      if (!words && (action === 'reject' || selection.commentRequired)) {
        complain(t(action === 'reject' ? 'bulk.commentToReject' : 'bulk.commentToApprove'));
        comment.focus();
      } else if (ids.length) {
        await send(action, ids, words);
      }
    } finally {
      busy(false);
    }
  }

  async function send(action, ids, words) {
    const rows = new Map(ids.map(id => [id, gateOf(id)]));
    poller.pause(); // a list read before the decision must not come after it
    results.replaceChildren(h('p', { class: 'ag-notice' }, t('bulk.working')));
    try {
      const answers = await post(api, action, { ids, ...(words && { comment: words }) });
      comment.value = '';
      answers.filter(({ ok }) => ok).forEach(({ id }) => selection.tick({ id }, false));
      show(answers, rows);
    } catch (failure) {
      if (!(failure instanceof ApiError)) {
        throw failure;
      }
      results.replaceChildren(h('p', { class: 'ag-notice', 'data-kind': 'error', tabindex: -1 }, failure.message));
    } finally {
      results.firstChild.focus();
      poller.resume();
    }
  }

  function show(answers, rows) {
    const failed = answers.filter(({ ok }) => !ok).length;
    const done = answers.length - failed;
    const title = [done > 0 && plural('bulk.done', done), failed > 0 && plural('bulk.failed', failed)].filter(Boolean).join(' ');
    results.replaceChildren(h('div', { class: 'ag-notice ag-results', 'data-kind': failed ? 'error' : 'success', tabindex: -1 },
      h('div', { class: 'ag-inline' }, h('strong', {}, title), button(t('bulk.dismiss'), { on: { click: () => results.replaceChildren() } })),
      h('ul', {}, [...answers].sort((a, b) => a.ok - b.ok).map(answer => result(answer, rows.get(answer.id))))));
  }

  function busy(yes) {
    Object.values(buttons).forEach(each => { each.disabled = yes; });
    element.setAttribute('aria-busy', yes);
  }

  return {
    element,
    update() {
      const n = selection.ids.length;
      element.hidden = n === 0;
      count.textContent = n && plural('bulk.count', n);
      left.textContent = selection.leavingOut > 0 ? plural('bulk.left', selection.leavingOut) : '';
      hint.textContent = t(selection.commentRequired ? 'bulk.hintRequired' : 'bulk.hint');
      if (!n) {
        complain('');
      }
    },
  };
}

/** As many requests as it takes, one after the other. */
async function post(api, action, { ids, ...rest }) {
  const results = [];
  for (let from = 0; from < ids.length; from += MOST_AT_ONCE) {
    const answer = await api.post(`gates/${action}`, { ids: ids.slice(from, from + MOST_AT_ONCE), ...rest });
    results.push(...answer.results);
  }
  return results;
}

function result({ id, ok, gate, error }, before) {
  const which = gate ?? before;
  return h('li', { 'data-testid': 'bulk-result', 'data-gate-id': id, 'data-ok': String(ok) },
    h('strong', {}, which ? t('bulk.gate', which.environment, buildName(which)) : id), ': ', ok ? outcome(gate) : error.message);
}

function outcome({ status, waitingFor }) {
  return status === OPEN ? t('bulk.waits', waitingFor.map(({ reason }) => reason).join('; ')) : statusName(status);
}
