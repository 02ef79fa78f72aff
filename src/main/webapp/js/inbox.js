/** The inbox: what waits for the reader, what else is open, what was closed lately. */
import { ApiError } from './api.js';
import { h } from './dom.js';
import { inboxFilter } from './inbox-filter.js';
import { inboxKeys } from './inbox-keys.js';
import { InboxSection } from './inbox-section.js';
import { button, notice, pageBar } from './parts.js';
import { Poller } from './poll.js';
import { Selection } from './selection.js';
import { httpErrorText, t } from './texts.js';

const REFRESH_MS = 5_000;
const FEW_CLOSED = 3;

/** @param {import('./app.js').Context} context */
export function inboxPage(context) {
  const { api, root } = context;
  const trouble = notice('page-message');
  const hello = h('div', { hidden: true });
  const filter = inboxFilter(() => poller.now());
  const selection = new Selection(selectionChanged);
  const options = { root, onReview: review, onMore: () => poller.now(), onClearFilter: filter.clear };
  const sections = {
    mine: new InboxSection('mine', { ...options, selection }),
    open: new InboxSection('open', options),
    closed: new InboxSection('closed', options),
  };
  const results = h('div', { role: 'status', 'data-testid': 'bulk-results' });
  filter.element.append(
    button('?', { class: 'ag-help', 'aria-label': t('keys.title'), title: t('keys.title'), 'data-testid': 'keys-button', on: { click: help } }));
  const lists = h('div', {}, sections.mine.element, sections.open.element, sections.closed.element);
  const element = h('div', { class: 'ag-page', 'aria-busy': 'true' },
    pageBar(root, t('inbox.title'), 'inbox'), trouble.element, filter.element, results, hello, lists);
  const keys = inboxKeys(element, { onFilter: filter.focus, onHelp: help });
  const poller = new Poller(load, REFRESH_MS);
  const parts = {}; // loaded when they are wanted
  let mine = { gates: [], next: null };
  let first = true;
  let stopped = false;

  async function load(signal) {
    try {
      const read = scope => api.get('gates', { scope, ...filter.values(), limit: sections[scope].limit }, signal);
      // nobody looks at a list that is shut
      const wantClosed = first || sections.closed.isOpen;
      const [waiting, open, closed] = await Promise.all([read('mine'), read('open'), wantClosed ? read('closed') : null]);
      show(waiting, open, closed);
      trouble.say('');
    } catch (failure) {
      if (failure instanceof ApiError) {
        trouble.say(failure.message, 'error');
      }
      throw failure;
    } finally {
      element.removeAttribute('aria-busy');
    }
  }

  function show(waiting, open, closed) {
    const filtered = filter.isActive();
    mine = waiting;
    selection.keep(mine.gates.map(({ id }) => id));
    showMine();
    const decidable = new Set(mine.gates.map(({ id }) => id));
    sections.open.show(open.gates.filter(({ id }) => !decidable.has(id)), open.next, filtered);
    if (closed) {
      sections.closed.show(closed.gates, closed.next, filtered);
      sections.closed.open(first && closed.gates.length > 0 && closed.gates.length <= FEW_CLOSED);
      greet(!filtered && [mine, open, closed].every(({ gates }) => !gates.length));
    } else if (open.gates.length) {
      greet(false);
    }
    first = false;
  }

  /** What is overdue first, else the oldest. */
  function showMine() {
    sections.mine.show([...mine.gates].sort((a, b) => b.overdue - a.overdue), mine.next, filter.isActive());
  }

  async function greet(nobodyWasHere) {
    hello.hidden = !nobodyWasHere;
    lists.hidden = filter.element.hidden = nobodyWasHere;
    if (nobodyWasHere && !hello.hasChildNodes()) {
      const { newcomer } = (await part('./newcomer.js')) ?? {};
      newcomer && hello.replaceChildren(newcomer(root));
    }
  }

  /** A module that few need. Without Jenkins there is none: the page says so. */
  async function part(module) {
    try {
      const loaded = (parts[module] ??= await import(module));
      return stopped ? null : loaded;
    } catch {
      trouble.say(httpErrorText(0), 'error');
      return null;
    }
  }

  async function review(gate) {
    const dialogs = await part('./review-dialog.js');
    if (dialogs) {
      parts.reviews ??= dialogs.reviewer(context, element, { onDecided: () => poller.now(), heading: sections.mine.heading });
      parts.reviews.open(gate);
    }
  }

  async function help() {
    const dialogs = await part('./keys-dialog.js');
    dialogs?.showKeys(element);
  }

  async function selectionChanged() {
    element.querySelectorAll('[data-testid=pick]').forEach(box => { box.checked = selection.has(box.dataset.gateId); });
    if (selection.ids.length && !parts.bar) {
      const bars = await part('./bulk-bar.js');
      if (bars && !parts.bar) {
        const gateOf = id => mine.gates.find(gate => gate.id === id);
        parts.bar = bars.bulkBar({ api, selection, gateOf, results, poller });
        element.append(parts.bar.element);
      }
    }
    parts.bar?.update();
  }

  return {
    element,
    start: () => {
      // a filter without suggestions is better than no inbox: a failure here is not shown
      api.get('environments').then(({ environments }) => filter.offer(environments.map(({ name }) => name)), () => {});
      keys.start();
      poller.start();
    },
    stop: () => {
      stopped = true;
      keys.stop();
      poller.stop();
      parts.reviews?.close();
    },
  };
}
