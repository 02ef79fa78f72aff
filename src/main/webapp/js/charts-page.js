/** The figures over all environments, or one: how gates end, how long decisions take, and what comes in time. */
import { addressFilter } from './address-filter.js';
import { ApiError } from './api.js';
import { h, live } from './dom.js';
import { figuresSection, spanText } from './figures.js';
import { addresses, cell, notice, pageBar, table } from './parts.js';
import { Poller } from './poll.js';
import { style } from './style.js';
import { locale, plural, t } from './texts.js';
import { serverNow } from './time.js';

await Promise.all([style('findings'), style('environment')]); // the figures look as they do on the page of one

const REFRESH_MS = 60_000;
const PERIODS = [12, 3, 6, 24];
const COLUMNS = ['audit.environment', 'figures.decided', 'figures.median', 'figures.p90', 'figures.slaKept'];

/** @param {import('./app.js').Context} context */
export function chartsPage({ api, root }) {
  const trouble = notice('page-message');
  const filter = addressFilter('charts', t('charts.filter'), [
    { name: 'environment', title: t('audit.environment'), kind: 'select', options: [['', t('charts.all')]] },
    { name: 'months', title: t('charts.period'), kind: 'select', options: [...PERIODS.map(months => [String(months), plural('charts.months', months)]), ['all', t('charts.ever')]] },
  ], () => poller.now());
  const figures = figuresSection('charts.since');
  const byEnvironment = live(environments => environments, environments => environmentTable(environments, root));
  const loading = h('p', { class: 'ag-empty', role: 'status', 'data-testid': 'loading' }, t('common.loading'));
  const poller = new Poller(load, REFRESH_MS);
  figures.element.hidden = true;

  async function load(signal) {
    const { environment, months } = filter.values();
    try {
      const { all, environments } = await api.get('audit/figures', { environment, from: beginOf(months) }, signal);
      figures.update(all);
      figures.element.hidden = false;
      byEnvironment.update(environments);
      trouble.say('');
    } catch (failure) {
      if (failure instanceof ApiError) {
        trouble.say(failure.message, 'error');
      }
      throw failure;
    } finally {
      loading.hidden = true;
    }
  }

  return {
    element: h('div', { class: 'ag-page' }, pageBar(root, t('charts.title'), 'charts'),
      h('p', { class: 'ag-quiet ag-findings-intro' }, t('charts.intro')), filter.element, trouble.element, loading, figures.element, byEnvironment.element),
    start: () => {
      api.get('environments').then(({ environments }) => filter.offer('environment', environments.map(({ name }) => [name, name])), () => {});
      poller.start();
    },
    stop: () => {
      poller.stop();
      figures.stop();
    },
  };
}

/** The first day of the month, in UTC, that so many months begin with, this one the last. */
function beginOf(months) {
  if (months === 'all' || !/^\d{1,3}$/.test(months)) {
    return '';
  }
  const now = serverNow();
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - Number(months) + 1)).toISOString().slice(0, 10);
}

function environmentTable(environments, root) {
  if (environments.length === 0) {
    return null;
  }
  const number = new Intl.NumberFormat(locale);
  const share = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  const { element, body } = table(COLUMNS, { label: t('charts.byEnvironment'), class: 'ag-by-environment', 'data-testid': 'by-environment' });
  body.append(...environments.map(({ environment, figures: { decided, timeToDecision: { median, p90 }, slaKept: { kept, of } } }) =>
    h('tr', { role: 'row', 'data-testid': 'environment-figures', 'data-environment': environment },
      cell('audit.environment', h('a', { href: addresses(root).environment(environment), 'data-focus': `environment ${environment}` }, environment)),
      cell('figures.decided', number.format(decided)),
      cell('figures.median', median ? spanText(median) : t('common.none')),
      cell('figures.p90', p90 ? spanText(p90) : t('common.none')),
      cell('figures.slaKept', of > 0 ? share.format(kept / of) : t('common.none'), of > 0 && t('figures.slaOf', kept, of)))));
  return h('section', { class: 'ag-section' }, h('h2', {}, t('charts.byEnvironment')), element);
}
