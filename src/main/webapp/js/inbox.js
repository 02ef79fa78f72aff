/** The inbox: what waits for the reader, what else is open, what was closed lately. */
import { ApiError } from './api.js';
import { h } from './dom.js';
import { inboxFilter } from './inbox-filter.js';
import { InboxSection } from './inbox-section.js';
import { newcomer } from './newcomer.js';
import { notice, pageBar } from './parts.js';
import { Poller } from './poll.js';
import { reviewer } from './review-dialog.js';
import { t } from './texts.js';

const REFRESH_MS = 5_000;
const FEW_CLOSED = 3;

/** @param {import('./app.js').Context} context */
export function inboxPage(context) {
  const { api, root } = context;
  const trouble = notice('page-message');
  const hello = newcomer(root);
  const filter = inboxFilter(api, () => poller.now());
  const sections = Object.fromEntries(['mine', 'open', 'closed'].map(scope =>
    [scope, new InboxSection(scope, { root, onReview: gate => reviews.open(gate), onMore: () => poller.now(), onClearFilter: filter.clear })]));
  const lists = h('div', {}, sections.mine.element, sections.open.element, sections.closed.element);
  const element = h('div', { class: 'ag-page', 'aria-busy': 'true' },
    pageBar(root, t('inbox.title'), 'inbox'), trouble.element, filter.element, hello, lists);
  const poller = new Poller(load, REFRESH_MS);
  const reviews = reviewer(context, element, { onDecided: () => poller.now(), heading: sections.mine.heading });
  let first = true;

  async function load(signal) {
    try {
      const read = scope => api.get('gates', { scope, ...filter.values(), limit: sections[scope].limit }, signal);
      // nobody looks at a list that is shut
      const wantClosed = first || sections.closed.isOpen;
      const [mine, open, closed] = await Promise.all([read('mine'), read('open'), wantClosed ? read('closed') : null]);
      show(mine, open, closed);
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

  function show(mine, open, closed) {
    const filtered = filter.isActive();
    const decidable = new Set(mine.gates.map(({ id }) => id));
    sections.mine.show(mine.gates, mine.next, filtered);
    sections.open.show(open.gates.filter(({ id }) => !decidable.has(id)), open.next, filtered);
    if (closed) {
      sections.closed.show(closed.gates, closed.next, filtered);
      sections.closed.open(first && closed.gates.length > 0 && closed.gates.length <= FEW_CLOSED);
      const nothing = !filtered && [mine, open, closed].every(({ gates }) => !gates.length);
      hello.hidden = !nothing;
      lists.hidden = filter.element.hidden = nothing;
    } else if (open.gates.length) {
      hello.hidden = true;
      lists.hidden = filter.element.hidden = false;
    }
    first = false;
  }

  return {
    element,
    start: () => {
      filter.loadEnvironments();
      poller.start();
    },
    stop: () => {
      poller.stop();
      reviews.close();
    },
  };
}
