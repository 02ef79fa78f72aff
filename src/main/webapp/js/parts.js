/** Small pieces that more than one page shows. */
import { h, link, nodes } from './dom.js';
import { OPEN, TIMED } from './states.js';
import { buildName, checkName, pieces, resultName, statusName, t } from './texts.js';
import { timeAgo } from './time.js';

const TONES = {
  WAITING: 'info', APPROVED: 'good', AUTO_APPROVED: 'good', BYPASSED: 'warn', REJECTED: 'bad', CHECK_FAILED: 'bad', TIMED_OUT: 'warn',
  PASS: 'good', APPROVE: 'good', WAIT: 'info', FAIL: 'bad',
};

/** Text and colour say the same: the colour alone says nothing. */
export function statusBadge({ status }) {
  return h('span', { class: `ag-badge ag-tone-${TONES[status] ?? 'plain'}`, 'data-testid': 'gate-status', 'data-status': status }, statusName(status));
}

export function checkBadge(status) {
  return h('span', { class: `ag-badge ag-tone-${TONES[status] ?? 'plain'}`, 'data-status': status }, resultName(status));
}

export function overdueBadge(gate) {
  return gate.overdue && gate.status === OPEN ? h('span', { class: 'ag-badge ag-tone-bad' }, t('row.overdue')) : null;
}

/** The pages' own addresses; `root` is the context path. */
export const addresses = root => ({
  base: `${root}/`,
  inbox: `${root}/approvals/`,
  environments: `${root}/approvals/environments/`,
  environment: name => `${root}/approvals/environments/${encodeURIComponent(name)}/`,
  audit: `${root}/approvals/audit/`,
  findings: `${root}/approvals/findings/`,
  charts: `${root}/approvals/charts/`,
  gate: id => `${root}/approvals/gates/${encodeURIComponent(id)}/`,
});

/** Pages for those who may see the audit: app.js finds out who does, and the style hides the ways to them from all others. */
const OF_AUDIT = ['audit', 'findings', 'charts'];

/** The title of a page, with the way to the other pages beside it. */
export function pageBar(root, title, current) {
  const to = addresses(root);
  const item = page => h('a', { href: to[page], class: `ag-nav-item${OF_AUDIT.includes(page) ? ' ag-nav-audit' : ''}`, 'aria-current': current === page && 'page' }, t(`nav.${page}`));
  return h('div', { class: 'ag-bar' },
    h('h1', {}, title),
    h('nav', { 'aria-label': t('nav.label') }, item('inbox'), item('environments'), OF_AUDIT.map(item)));
}

/** Where the page tells about itself; it exists before it has anything to say, else screen readers stay silent. */
export function notice(testId) {
  const element = h('p', { class: 'ag-notice', role: 'status', tabindex: -1, 'data-testid': testId });
  return {
    element,
    /** @param {string} text '' hides it  @param {'info'|'success'|'error'} kind */
    say(text, kind = 'info') {
      if (element.textContent !== text || element.dataset.kind !== kind) {
        element.dataset.kind = kind;
        element.textContent = text;
      }
    },
  };
}

/**
 * What an open gate waits for, one line each.
 * @param {import('./shapes.js').GateRow['waitingFor']} reasons
 * @param {boolean} [brief] of a check of time only when it is fulfilled; the rest is for who looks closer
 */
export function waitingFor(reasons, brief = false) {
  return h('ul', { class: 'ag-plain-list' }, reasons.map(({ kind, reason, until }) =>
    h('li', { 'data-kind': kind },
      kind === 'approval' ? reason : [h('strong', {}, checkName(kind)), !(brief && until && TIMED.includes(kind)) && reason && `: ${reason}`],
      until && h('span', { class: 'ag-quiet' }, ' · ', pieces('row.changes', timeAgo(until))))));
}

/** The pairs of a description list; a pair without a value is left out. */
export function facts(pairs) {
  return h('dl', { class: 'ag-facts' }, pairs
    .map(([name, ...values]) => [name, nodes(values)])
    .filter(([, values]) => values.length)
    .map(([name, values]) => h('div', {}, h('dt', {}, name), h('dd', {}, values))));
}

/**
 * A table that a narrow place shows as cards: each cell knows its column's title. The roles are spelled out since
 * browsers forget them once `display` is not a table's.
 * @param {string[]} columns the keys of their titles
 */
export function table(columns, { label, class: look = '', ...attributes } = {}) {
  const body = h('tbody', { role: 'rowgroup' });
  const head = h('thead', { role: 'rowgroup' }, h('tr', { role: 'row' }, columns.map(key => h('th', { role: 'columnheader', scope: 'col', 'data-column': key }, t(key)))));
  return { element: h('table', { class: `jenkins-table ag-table ${look}`, role: 'table', 'aria-label': label, ...attributes }, head, body), body };
}

/** @param {string} column the key of the title of the cell's column  @param {...unknown} children its first line, then quieter ones */
export function cell(column, first, ...more) {
  return h('td', { role: 'cell', 'data-column': column, 'data-title': t(column) },
    h('div', { class: 'ag-cell' }, h('div', {}, first), more.filter(Boolean).map(line => h('div', { class: 'ag-quiet' }, line))));
}

export function buildLink(gate, root, options = {}) {
  return link(buildName(gate), gate.buildUrl, { base: addresses(root).base, ...options });
}

export function button(text, { primary = false, danger = false, class: more = '', ...attributes }) {
  const look = `jenkins-button ag-button${primary ? ' jenkins-button--primary ag-button-primary' : ''}${danger ? ' ag-button-danger' : ''} ${more}`.trim();
  return h('button', { type: 'button', class: look, ...attributes }, text);
}
