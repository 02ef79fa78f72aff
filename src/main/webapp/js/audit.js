/** The audit: everything that is on record, to be searched. */
import { auditFilter } from './audit-filter.js';
import { auditProof } from './audit-proof.js';
import { auditRow, COLUMNS } from './audit-row.js';
import { h } from './dom.js';
import { growingList } from './growing-list.js';
import { indexLine } from './index-line.js';
import { pageBar, table } from './parts.js';
import { style } from './style.js';
import { t } from './texts.js';

await style('audit');

const REFRESH_MS = 10_000;

/** @param {import('./app.js').Context} context */
export function auditPage({ api, root }) {
  const state = indexLine(api);
  const filter = auditFilter(() => events.anew());
  const proof = auditProof(api, filter.values);
  const { element: results, body } = table(COLUMNS, { label: t('audit.title'), class: 'ag-audit', hidden: true });
  const events = growingList({
    api, path: 'audit', field: 'events', page: 'audit', filter, list: body, around: results, refreshMs: REFRESH_MS,
    draw: event => auditRow(event, root, state.controller()),
    onAnswer: ({ index }) => state.show(index),
    words: { none: t('audit.empty'), noMatch: t('audit.noMatch') },
  });

  return {
    element: h('div', { class: 'ag-page' }, pageBar(root, t('audit.title'), 'audit'),
      h('p', { class: 'ag-quiet ag-audit-intro' }, t('audit.intro')), filter.element, proof.element, events.trouble, state.element, events.empty, results, events.more),
    start: () => {
      // a filter without suggestions is better than no audit: a failure here is not shown
      api.get('environments').then(({ environments }) => filter.offer('environment', environments.map(({ name }) => [name, name])), () => {});
      state.start();
      events.start();
    },
    stop: () => {
      state.stop();
      proof.stop();
      events.stop();
    },
  };
}
