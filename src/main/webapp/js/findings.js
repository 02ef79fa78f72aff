/** Suspicious patterns, the newest first, each with the lines that show it. */
import { addressFilter } from './address-filter.js';
import { h, live } from './dom.js';
import { spanText } from './figures.js';
import { findingCard, KINDS, kindName } from './finding-card.js';
import { growingList } from './growing-list.js';
import { pageBar } from './parts.js';
import { style } from './style.js';
import { t } from './texts.js';
import { durationText } from './time.js';

await style('findings');

const REFRESH_MS = 20_000;

/** @param {import('./app.js').Context} context */
export function findingsPage({ api, root }) {
  const filter = addressFilter('findings', t('findings.filter'), [
    { name: 'kind', title: t('findings.kind'), kind: 'select', options: [['', t('audit.any')], ...KINDS.map(kind => [kind, kindName(kind)])] },
    { name: 'environment', title: t('audit.environment'), kind: 'select', options: [['', t('audit.any')]] },
    { name: 'actor', title: t('findings.person'), kind: 'search' },
    { name: 'from', title: t('audit.filter.from'), kind: 'time' },
    { name: 'to', title: t('audit.filter.to'), kind: 'time' },
  ], () => findings.anew());
  const cards = h('ol', { class: 'ag-findings', 'aria-label': t('findings.title'), hidden: true });
  const thresholds = live(limits => limits, limits => rules(limits));
  const findings = growingList({
    api, path: 'audit/findings', field: 'findings', page: 'findings', filter, list: cards, refreshMs: REFRESH_MS,
    draw: finding => findingCard(finding, root),
    onAnswer: answer => thresholds.update(answer.thresholds),
    words: { none: t('findings.empty'), noMatch: t('findings.noMatch') },
  });

  return {
    element: h('div', { class: 'ag-page' }, pageBar(root, t('findings.title'), 'findings'),
      h('p', { class: 'ag-quiet ag-findings-intro' }, t('findings.intro')), thresholds.element, filter.element, findings.trouble, findings.empty, cards, findings.more),
    start: () => {
      // a filter without suggestions is better than no findings: a failure here is not shown
      api.get('environments').then(({ environments }) => filter.offer('environment', environments.map(({ name }) => [name, name])), () => {});
      findings.start();
    },
    stop: () => findings.stop(),
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
