/** One list of the inbox, with its heading and what it says when it is empty. */
import { h } from './dom.js';
import { KeyedList } from './keyed-list.js';
import { button, buildLink, addresses, cell, overdueBadge, statusBadge, table, waitingFor } from './parts.js';
import { buildName, pieces, t } from './texts.js';
import { timeAgo } from './time.js';

const PAGE = 50;

const COLUMNS = {
  open: ['row.environment', 'row.build', 'row.waiting', 'row.due', 'row.approvals', 'row.waitsFor', 'row.action'],
  closed: ['row.environment', 'row.build', 'row.closed', 'row.outcome', 'row.approvals', 'row.action'],
};

export class InboxSection {
  #scope;
  #list;
  #count = h('span', { class: 'ag-count' });
  #empty;
  #clear;
  #table;
  #more;
  limit = PAGE;
  heading;
  element;

  /**
   * @param {'mine'|'open'|'closed'} scope
   * @param {object} options
   * @param {string} options.root
   * @param {(gate: import('./shapes.js').GateRow) => void} options.onReview
   * @param {() => void} options.onMore the limit has grown, or the section was opened: read again
   * @param {() => void} options.onClearFilter
   * @param {string} [options.title]
   */
  constructor(scope, { root, onReview, onMore, onClearFilter, title = t(`inbox.${scope}`) }) {
    this.#scope = scope;
    const closed = scope === 'closed';
    this.heading = h('h2', { tabindex: -1 }, title, this.#count);
    const { element, body } = table(closed ? COLUMNS.closed : COLUMNS.open, { label: title, class: 'ag-gates' });
    this.#table = element;
    this.#list = new KeyedList(body, gate => gate.id, gate => row(gate, root, closed, onReview));
    this.#empty = h('span', {}, t('common.loading'));
    this.#clear = button(t('inbox.clearFilter'), { hidden: true, on: { click: onClearFilter } });
    this.#more = button(t('inbox.more'), { hidden: true, on: { click: () => { this.limit += PAGE; onMore(); } } });
    const none = h('p', { class: 'ag-empty', 'data-testid': 'empty' }, this.#empty, this.#clear);
    const content = [none, element, this.#more];
    element.hidden = true;
    const place = { class: 'ag-list', 'data-testid': `section-${scope}` };
    this.element = closed
      ? h('details', { ...place, on: { toggle: () => this.isOpen && onMore() } }, h('summary', {}, this.heading), content)
      : h('section', place, this.heading, content);
  }

  get isOpen() {
    return this.element.open ?? true;
  }

  /** Opens a list that is folded up; never folds one that the reader opened. */
  open(yes) {
    this.element.open ||= yes;
  }

  show(gates, next, filtered) {
    this.#list.update(gates);
    this.#count.textContent = gates.length ? `${gates.length}${next ? '+' : ''}` : '';
    this.#table.hidden = gates.length === 0;
    this.#empty.parentElement.hidden = gates.length > 0;
    this.#empty.textContent = filtered ? t('inbox.noMatch') : t(`inbox.nothing.${this.#scope}`);
    this.#clear.hidden = !filtered;
    this.#more.hidden = !next;
  }
}

function row(gate, root, closed, onReview) {
  const name = h('a', { href: addresses(root).gate(gate.id), class: 'ag-strong', 'data-focus': `name ${gate.id}` }, gate.environment);
  const where = [gate.stage && t('row.stage', gate.stage), gate.branch].filter(Boolean).join(' · ');
  const asked = gate.requestedBy && t('row.askedBy', gate.requestedBy);
  const shared = [cell('row.environment', name, where), cell('row.build', buildLink(gate, root, { 'data-focus': `build ${gate.id}` }), asked)];
  const approvals = cell('row.approvals', t('row.given', gate.approvals.given, gate.approvals.required));
  const own = closed
    ? [cell('row.closed', timeAgo(gate.closedAt)), outcome(gate), approvals]
    : [cell('row.waiting', timeAgo(gate.requestedAt)), due(gate), approvals, cell('row.waitsFor', [statusBadge(gate), waitingFor(gate.waitingFor, true)])];
  return h('tr', { role: 'row', 'data-testid': 'gate-row', 'data-gate-id': gate.id }, shared, own, cell('row.action', reviewButton(gate, onReview)));
}

function outcome(gate) {
  const why = [gate.closedBy && t('row.by', gate.closedBy), gate.closedReason].filter(Boolean).join(' – ');
  return cell('row.outcome', statusBadge(gate), why);
}

function due(gate) {
  const times = h('span', {}, pieces('row.timesOut', timeAgo(gate.deadline)));
  return cell('row.due', gate.slaDue ? h('span', { class: 'ag-inline' }, timeAgo(gate.slaDue), overdueBadge(gate)) : t('row.noDue'), times);
}

function reviewButton(gate, onReview) {
  const text = gate.canDecide ? t('row.review') : t('row.details');
  return button(text, {
    primary: gate.canDecide,
    'aria-label': t('row.reviewOf', text, gate.environment, buildName(gate)),
    'data-testid': 'review-button',
    'data-gate-id': gate.id,
    'data-focus': `review ${gate.id}`,
    on: { click: () => onReview(gate) },
  });
}
