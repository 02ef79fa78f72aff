/** The parts of a review that inform: what the build asks, and what it brought along. */
import { h, link, live } from './dom.js';
import { approvalsNeeded, OPEN } from './next-step.js';
import { addresses, buildLink, facts, overdueBadge, statusBadge, waitingFor } from './parts.js';
import { locale, t } from './texts.js';
import { timeAgo } from './time.js';

const NEW_TAB = { newTab: true }; // the decision being written must not get lost

/** A headed part, or nothing when there is nothing to show. */
export function section(title, ...content) {
  return h('section', { class: 'ag-section' }, h('h3', {}, title), content);
}

/** In the order of the page. @returns {{element: HTMLElement, update(gate: import('./shapes.js').Gate): void}[]} */
export function informingParts(root) {
  const { base } = addresses(root);
  return [
    live(summaryShare, gate => summary(gate, root)),
    live(gate => gate.message, ({ message }) => message && section(t('review.message'), prose(message))),
    live(gate => gate.instructions, ({ instructions }) => instructions && section(t('review.instructions'), prose(instructions))),
    live(gate => gate.metrics, ({ metrics }) => hasAny(metrics) && section(t('review.metrics'), metricsTable(metrics))),
    live(gate => gate.links, ({ links }) => links?.length > 0 && section(t('review.links'), linkList(links, base))),
    live(gate => gate.artifacts, ({ artifacts }) => artifacts?.length > 0 && section(t('review.artifacts'), linkList(artifacts, base))),
  ];
}

const summaryShare = gate => [
  gate.status, gate.overdue, gate.waitingFor, gate.approvals, gate.policy, gate.closedAt, gate.slaDue, gate.deadline, gate.logUrl,
];

function summary(gate, root) {
  const open = gate.status === OPEN;
  const needed = open && approvalsNeeded(gate); // says more than the list's own words about approvals
  const reasons = gate.waitingFor.filter(({ kind }) => !needed || kind !== 'approval');
  return facts([
    [t('review.status'), h('span', { class: 'ag-inline' }, statusBadge(gate), overdueBadge(gate))],
    [t('review.build'), buildLink(gate, root, NEW_TAB), gate.logUrl && [' · ', link(t('review.log'), gate.logUrl, { base: addresses(root).base, ...NEW_TAB })]],
    [t('review.stage'), gate.stage],
    [t('review.branch'), gate.branch && h('code', {}, gate.branch)],
    [t('review.requestedBy'), gate.requestedBy],
    [t('review.requestedAt'), open && timeAgo(gate.requestedAt)],
    [t('review.due'), open && gate.slaDue && timeAgo(gate.slaDue)],
    [t('review.deadline'), open && timeAgo(gate.deadline)],
    [t('review.closed'), !open && [timeAgo(gate.closedAt), gate.closedBy && ` ${t('row.by', gate.closedBy)}`, gate.closedReason && ` – ${gate.closedReason}`]],
    [t('review.waitsFor'), needed, open && reasons.length > 0 && waitingFor(reasons)],
  ]);
}

const hasAny = object => object && Object.keys(object).length > 0;

/** Text as it was typed: line breaks count, markup does not. */
const prose = text => h('p', { class: 'ag-prose' }, text);

function metricsTable(metrics) {
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 6 });
  return h('table', { class: 'ag-metrics' },
    h('thead', { class: 'ag-sr-only' }, h('tr', {}, h('th', { scope: 'col' }, t('review.metric')), h('th', { scope: 'col' }, t('review.value')))),
    h('tbody', {}, Object.entries(metrics).map(([name, value]) =>
      h('tr', {}, h('th', { scope: 'row' }, name), h('td', {}, typeof value === 'number' ? number.format(value) : String(value))))));
}

const linkList = (links, base) => h('ul', { class: 'ag-plain-list' }, links.map(({ name, url }) => h('li', {}, link(name, url, { base, ...NEW_TAB }))));
