/** The part of a review that tells what happened, as the journal has it. */
import { h, live } from './dom.js';
import { particulars } from './event-words.js';
import { button } from './parts.js';
import { section } from './review-facts.js';
import { eventName, t } from './texts.js';
import { timeAt } from './time.js';

const MANY_EVENTS = 12;

/** @returns {{element: HTMLElement, update(gate: import('./shapes.js').Gate): void}} */
export function historyPart() {
  let all = false;
  const part = live(gate => [gate.events, all], gate => section(t('review.history'), events(gate.events, all, () => {
    all = true;
    part.update(gate);
  })));
  return part;
}

/** As it happened, the newest last. A check asked again and again fills pages, so a long history is cut until asked for. */
function events(all, complete, showAll) {
  const shown = complete || all.length <= MANY_EVENTS ? all : all.slice(-MANY_EVENTS);
  return [
    shown.length < all.length && button(t('review.showAll', all.length), { 'data-focus': 'history', on: { click: showAll } }),
    h('ol', { class: 'ag-history', tabindex: complete ? -1 : null, 'data-focus': complete ? 'history' : null }, shown.map(item)),
  ];
}

function item(event) {
  const { at, type, actor, comment, reason } = event;
  return h('li', { 'data-testid': 'event', 'data-type': type },
    h('div', {},
      h('strong', {}, actor || t('review.system')), ` ${eventName(type)}`, particulars(event),
      h('span', { class: 'ag-quiet' }, ' · ', timeAt(at))),
    answers(event),
    (comment || reason) && h('blockquote', { class: 'ag-prose' }, comment || reason));
}

/** What came with an approval. */
function answers({ checklist = [], inputs = {} }) {
  const values = Object.entries(inputs);
  return [
    checklist.length > 0 && h('ul', { class: 'ag-ticked' }, checklist.map(text => h('li', {}, '✓ ', text))),
    values.length > 0 && h('ul', { class: 'ag-plain-list' }, values.map(([name, value]) => h('li', {}, h('code', {}, name), ' = ', value))),
  ];
}
