/** One list of the inbox, with its heading and what it says when it is empty. */
import { h } from './dom.js';
import { columns, gateRow } from './gate-row.js';
import { KeyedList } from './keyed-list.js';
import { button, table } from './parts.js';
import { t } from './texts.js';

const PAGE = 50;
const MOST = 200; // what the server gives at once

export class InboxSection {
  #scope;
  #list;
  #count = h('span', { class: 'ag-count' });
  #empty;
  #clear;
  #table;
  #more;
  #most = h('p', { class: 'ag-quiet', hidden: true }, t('inbox.most', MOST));
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
   * @param {import('./selection.js').Selection} [options.selection] where rows can be ticked
   */
  constructor(scope, { root, onReview, onMore, onClearFilter, title = t(`inbox.${scope}`), selection }) {
    this.#scope = scope;
    const closed = scope === 'closed';
    this.heading = h('h2', { tabindex: -1 }, title, this.#count);
    const { element, body } = table(columns(closed, selection), { label: title, class: `ag-gates ag-gates-${scope}` });
    this.#table = element;
    this.#list = new KeyedList(body, gate => gate.id, gate => gateRow(gate, { root, closed, onReview, selection }));
    this.#empty = h('span', {}, t('common.loading'));
    this.#clear = button(t('inbox.clearFilter'), { hidden: true, on: { click: onClearFilter } });
    this.#more = button(t('inbox.more'), { hidden: true, on: { click: () => { this.limit += PAGE; onMore(); } } });
    const none = h('p', { class: 'ag-empty', 'data-testid': 'empty' }, this.#empty, this.#clear);
    const content = [none, element, this.#more, this.#most];
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

  /**
   * @param {import('./shapes.js').GateRow[]} gates in the order in which they shall be seen
   * @param {string|null} next whether there are more
   */
  show(gates, next, filtered) {
    this.#list.update(gates);
    this.#count.textContent = gates.length ? `${gates.length}${next ? '+' : ''}` : '';
    this.#table.hidden = gates.length === 0;
    this.#empty.parentElement.hidden = gates.length > 0;
    this.#empty.textContent = filtered ? t('inbox.noMatch') : t(`inbox.nothing.${this.#scope}`);
    this.#clear.hidden = !filtered;
    this.#more.hidden = !next || this.limit >= MOST;
    this.#most.hidden = !next || this.limit < MOST;
  }
}
