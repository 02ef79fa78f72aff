/** What the build measured, with what the checks ask of it beside. */
import { h } from './dom.js';
import { checkBadge } from './parts.js';
import { locale, t } from './texts.js';

const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 6 });

/**
 * @param {import('./shapes.js').Gate['metrics']} metrics
 * @param {import('./shapes.js').Gate['thresholds']} thresholds may name metrics that the build did not bring
 */
export function metricsTable(metrics, thresholds) {
  const names = [...new Set([...Object.keys(metrics), ...Object.keys(thresholds)])];
  const asked = Object.keys(thresholds).length > 0;
  const column = key => h('th', { scope: 'col' }, t(key));
  return h('table', { class: 'ag-metrics', 'data-testid': 'metrics' },
    h('thead', { class: !asked && 'ag-sr-only' }, h('tr', {}, column('review.metric'), column('review.value'), asked && column('review.threshold'))),
    h('tbody', {}, names.map(name => h('tr', {},
      h('th', { scope: 'row' }, name), value(metrics, name),
      asked && h('td', {}, (thresholds[name] ?? []).map(threshold))))));
}

function value(metrics, name) {
  const measured = Object.hasOwn(metrics, name) ? metrics[name] : null;
  return h('td', { class: 'ag-number' }, measured === null ? h('span', { class: 'ag-quiet' }, t('review.notMeasured'))
    : typeof measured === 'number' ? number.format(measured) : String(measured));
}

const threshold = ({ condition, status }) => h('div', { class: 'ag-inline' }, h('code', {}, condition), checkBadge(status));
