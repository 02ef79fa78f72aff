/** What is on record, newest first: what is new comes by itself, what is older when somebody wants to see more. */
import { ApiError } from './api.js';
import { h } from './dom.js';
import { KeyedList } from './keyed-list.js';
import { button, notice } from './parts.js';
import { Poller } from './poll.js';
import { t } from './texts.js';

const PAGE = 50;

/**
 * @param {object} of
 * @param {import('./api.js').Api} of.api
 * @param {string} of.path of the API
 * @param {string} of.field of its answers, that has the items; each is known by its controller and number
 * @param {string} of.page before the name of the button that tests take hold of
 * @param {{values: () => object, isActive: () => boolean}} of.filter
 * @param {HTMLElement} of.list holds the items' elements and nothing else
 * @param {HTMLElement} [of.around] what is hidden while there is none
 * @param {(item: object) => HTMLElement} of.draw
 * @param {(answer: object) => void} of.onAnswer told each newest page before it is drawn
 * @param {{none: string, noMatch: string}} of.words for an empty list
 * @param {number} of.refreshMs
 */
export function growingList({ api, path, field, page, filter, list, around = list, draw, onAnswer, words, refreshMs }) {
  const trouble = notice('page-message');
  const empty = h('p', { class: 'ag-empty', role: 'status', 'data-testid': 'empty' }, t('common.loading'));
  const more = button(t('audit.more'), { hidden: true, 'data-testid': `${page}-more`, on: { click: showMore } });
  const rows = new KeyedList(list, keyOf, draw);
  const poller = new Poller(load, refreshMs);
  let shown = [];
  let next = null;

  async function load(signal) {
    await answering(async () => {
      const answer = await api.get(path, { ...filter.values(), limit: PAGE }, signal);
      const items = answer[field];
      const known = new Set(shown.map(keyOf));
      const fresh = items.filter(item => !known.has(keyOf(item)));
      if (shown.length && fresh.length < items.length) {
        shown = [...fresh, ...shown];
      } else {
        shown = items;
        next = answer.next;
      }
      onAnswer(answer);
    });
  }

  async function showMore() {
    more.disabled = true;
    poller.pause();
    try {
      await answering(async () => {
        const answer = await api.get(path, { ...filter.values(), limit: PAGE, cursor: next });
        const last = list.lastElementChild;
        shown = [...shown, ...answer[field]];
        next = answer.next;
        show();
        last?.nextElementSibling?.focus();
      });
    } catch (failure) {
      if (!(failure instanceof ApiError)) {
        throw failure;
      }
    } finally {
      more.disabled = false;
      poller.resume();
    }
  }

  async function answering(task) {
    try {
      await task();
      trouble.say('');
      show();
    } catch (failure) {
      if (failure instanceof ApiError) {
        trouble.say(failure.message, 'error');
        empty.hidden = true;
      }
      throw failure;
    }
  }

  function show() {
    rows.update(shown);
    around.hidden = shown.length === 0;
    empty.hidden = shown.length > 0;
    empty.textContent = filter.isActive() ? words.noMatch : words.none;
    more.hidden = !next;
  }

  return {
    trouble: trouble.element,
    empty,
    more,
    /** Forgets what is shown, for another filter. */
    anew() {
      shown = [];
      next = null;
      poller.now();
    },
    start: () => poller.start(),
    stop: () => poller.stop(),
  };
}

const keyOf = ({ controller, seq }) => `${controller} ${seq}`;
