/** The audit: everything that is on record, to be searched. */
import { ApiError } from './api.js';
import { auditFilter } from './audit-filter.js';
import { auditProof } from './audit-proof.js';
import { auditRow, COLUMNS } from './audit-row.js';
import { h } from './dom.js';
import { indexLine } from './index-line.js';
import { KeyedList } from './keyed-list.js';
import { button, notice, pageBar, table } from './parts.js';
import { Poller } from './poll.js';
import { style } from './style.js';
import { t } from './texts.js';

await style('audit');

const REFRESH_MS = 10_000;
const PAGE = 50;

/** @param {import('./app.js').Context} context */
export function auditPage({ api, root }) {
  const trouble = notice('page-message');
  const state = indexLine(api);
  const filter = auditFilter(searchAnew);
  const proof = auditProof(api, filter.values);
  const { element: results, body } = table(COLUMNS, { label: t('audit.title'), class: 'ag-audit', hidden: true });
  const rows = new KeyedList(body, keyOf, event => auditRow(event, root, state.controller()));
  const empty = h('p', { class: 'ag-empty', role: 'status', 'data-testid': 'empty' }, t('common.loading'));
  const more = button(t('audit.more'), { hidden: true, 'data-testid': 'audit-more', on: { click: showMore } });
  const poller = new Poller(load, REFRESH_MS);
  /** What is shown, newest first, and where it goes on. */
  let shown = [];
  let next = null;

  function searchAnew() {
    shown = [];
    next = null;
    poller.now();
  }

  async function load(signal) {
    await answering(async () => {
      const page = await api.get('audit', { ...filter.values(), limit: PAGE }, signal);
      const known = new Set(shown.map(keyOf));
      const fresh = page.events.filter(event => !known.has(keyOf(event)));
      if (shown.length && fresh.length < page.events.length) {
        shown = [...fresh, ...shown];
      } else {
        shown = page.events;
        next = page.next;
      }
      state.show(page.index);
    });
  }

  async function showMore() {
    more.disabled = true;
    poller.pause();
    try {
      await answering(async () => {
        const page = await api.get('audit', { ...filter.values(), limit: PAGE, cursor: next });
        const last = body.lastElementChild;
        shown = [...shown, ...page.events];
        next = page.next;
        draw();
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
      draw();
    } catch (failure) {
      if (failure instanceof ApiError) {
        trouble.say(failure.message, 'error');
        empty.hidden = true;
      }
      throw failure;
    }
  }

  function draw() {
    rows.update(shown);
    results.hidden = shown.length === 0;
    empty.hidden = shown.length > 0;
    empty.textContent = filter.isActive() ? t('audit.noMatch') : t('audit.empty');
    more.hidden = !next;
  }

  return {
    element: h('div', { class: 'ag-page' }, pageBar(root, t('audit.title'), 'audit'),
      h('p', { class: 'ag-quiet ag-audit-intro' }, t('audit.intro')), filter.element, proof.element, trouble.element, state.element, empty, results, more),
    start: () => {
      // a filter without suggestions is better than no audit: a failure here is not shown
      api.get('environments').then(({ environments }) => filter.offerEnvironments(environments.map(({ name }) => name)), () => {});
      state.start();
      poller.start();
    },
    stop: () => {
      state.stop();
      proof.stop();
      poller.stop();
    },
  };
}

const keyOf = ({ controller, seq }) => `${controller} ${seq}`;
