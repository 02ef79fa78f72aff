/** Suspicious patterns, the newest first, each with the lines that show it. */
import { addressFilter } from './address-filter.js';
import { ApiError } from './api.js';
import { h, live } from './dom.js';
import { spanText } from './figures.js';
import { findingCard, KINDS, kindName } from './finding-card.js';
import { KeyedList } from './keyed-list.js';
import { button, notice, pageBar } from './parts.js';
import { Poller } from './poll.js';
import { style } from './style.js';
import { t } from './texts.js';
import { durationText } from './time.js';

await style('findings');

const REFRESH_MS = 20_000;
const PAGE = 50;

/** @param {import('./app.js').Context} context */
export function findingsPage({ api, root }) {
  const trouble = notice('page-message');
  const filter = addressFilter('findings', t('findings.filter'), [
    { name: 'kind', title: t('findings.kind'), kind: 'select', options: [['', t('audit.any')], ...KINDS.map(kind => [kind, kindName(kind)])] },
    { name: 'environment', title: t('audit.environment'), kind: 'select', options: [['', t('audit.any')]] },
    { name: 'actor', title: t('findings.person'), kind: 'search' },
    { name: 'from', title: t('audit.filter.from'), kind: 'time' },
    { name: 'to', title: t('audit.filter.to'), kind: 'time' },
  ], searchAnew);
  const cards = h('ol', { class: 'ag-findings', 'aria-label': t('findings.title'), hidden: true });
  const rows = new KeyedList(cards, keyOf, finding => findingCard(finding, root));
  const thresholds = live(limits => limits, limits => rules(limits));
  const empty = h('p', { class: 'ag-empty', role: 'status', 'data-testid': 'empty' }, t('common.loading'));
  const more = button(t('audit.more'), { hidden: true, 'data-testid': 'findings-more', on: { click: showMore } });
  const poller = new Poller(load, REFRESH_MS);
  let shown = [];
  let next = null;

  function searchAnew() {
    shown = [];
    next = null;
    poller.now();
  }

  async function load(signal) {
    await answering(async () => {
      const page = await api.get('audit/findings', { ...filter.values(), limit: PAGE }, signal);
      const known = new Set(shown.map(keyOf));
      const fresh = page.findings.filter(finding => !known.has(keyOf(finding)));
      if (shown.length && fresh.length < page.findings.length) {
        shown = [...fresh, ...shown];
      } else {
        shown = page.findings;
        next = page.next;
      }
      thresholds.update(page.thresholds);
    });
  }

  async function showMore() {
    more.disabled = true;
    poller.pause();
    try {
      await answering(async () => {
        const page = await api.get('audit/findings', { ...filter.values(), limit: PAGE, cursor: next });
        const last = cards.lastElementChild;
        shown = [...shown, ...page.findings];
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
    cards.hidden = shown.length === 0;
    empty.hidden = shown.length > 0;
    empty.textContent = filter.isActive() ? t('findings.noMatch') : t('findings.empty');
    more.hidden = !next;
  }

  return {
    element: h('div', { class: 'ag-page' }, pageBar(root, t('findings.title'), 'findings'),
      h('p', { class: 'ag-quiet ag-findings-intro' }, t('findings.intro')), thresholds.element, filter.element, trouble.element, empty, cards, more),
    start: () => {
      // a filter without suggestions is better than no findings: a failure here is not shown
      api.get('environments').then(({ environments }) => filter.offer('environment', environments.map(({ name }) => [name, name])), () => {});
      poller.start();
    },
    stop: () => poller.stop(),
  };
}

/** What counts as a finding, with the limits that are configured. */
function rules({ rubberStamp, refusals, refusalsWithin, bypasses, bypassesWithin, mutualApprovals, mutualWithin, officeHours }) {
  const values = {
    RUBBER_STAMP: [spanText(rubberStamp)],
    REFUSED_ATTEMPTS: [refusals, durationText(refusalsWithin)],
    REPEATED_BYPASS: [bypasses, durationText(bypassesWithin)],
    MUTUAL_APPROVAL: [mutualApprovals, durationText(mutualWithin)],
  };
  const shown = KINDS.filter(kind => kind !== 'OFF_HOURS' || officeHours);
  return h('details', { class: 'ag-thresholds', 'data-testid': 'thresholds' }, h('summary', {}, t('findings.thresholds')),
    h('dl', { class: 'ag-facts' }, shown.map(kind => h('div', {}, h('dt', {}, kindName(kind)), h('dd', {}, t(`findings.rule.${kind}`, ...(values[kind] ?? [])))))),
    !officeHours && h('p', { class: 'ag-quiet' }, t('findings.noOfficeHours')));
}

const keyOf = ({ controller, seq }) => `${controller} ${seq}`;
