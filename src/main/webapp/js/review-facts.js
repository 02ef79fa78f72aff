/** The parts of a review that inform: what the build asks, and what it brought along. */
import { h, link, live } from './dom.js';
import { approvalsNeeded, OPEN } from './next-step.js';
import { addresses, buildLink, facts, overdueBadge, statusBadge, waitingFor } from './parts.js';
import { texts } from './texts.js';
import { timeAgo } from './time.js';

const say = texts.review;
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
    live(gate => gate.message, ({ message }) => message && section(say.message, prose(message))),
    live(gate => gate.instructions, ({ instructions }) => instructions && section(say.instructions, prose(instructions))),
    live(gate => gate.metrics, ({ metrics }) => hasAny(metrics) && section(say.metrics, metricsTable(metrics))),
    live(gate => gate.links, ({ links }) => links?.length > 0 && section(say.links, linkList(links, base))),
    live(gate => gate.artifacts, ({ artifacts }) => artifacts?.length > 0 && section(say.artifacts, linkList(artifacts, base))),
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
    [say.status, h('span', { class: 'ag-inline' }, statusBadge(gate), overdueBadge(gate))],
    [say.build, buildLink(gate, root, NEW_TAB), gate.logUrl && [' · ', link(say.log, gate.logUrl, { base: addresses(root).base, ...NEW_TAB })]],
    [say.stage, gate.stage],
    [say.branch, gate.branch && h('code', {}, gate.branch)],
    [say.requestedBy, gate.requestedBy],
    [say.requestedAt, open && timeAgo(gate.requestedAt)],
    [say.due, open && gate.slaDue && timeAgo(gate.slaDue)],
    [say.deadline, open && timeAgo(gate.deadline)],
    [say.closed, !open && [timeAgo(gate.closedAt), gate.closedBy && ` ${say.closedBy(gate.closedBy)}`, gate.closedReason && ` – ${gate.closedReason}`]],
    [say.waitsFor, needed, open && reasons.length > 0 && waitingFor(reasons)],
  ]);
}

const hasAny = object => object && Object.keys(object).length > 0;

/** Text as it was typed: line breaks count, markup does not. */
const prose = text => h('p', { class: 'ag-prose' }, text);

function metricsTable(metrics) {
  const number = new Intl.NumberFormat(texts.locale, { maximumFractionDigits: 6 });
  return h('table', { class: 'ag-metrics' },
    h('thead', { class: 'ag-sr-only' }, h('tr', {}, h('th', { scope: 'col' }, say.metric), h('th', { scope: 'col' }, say.value))),
    h('tbody', {}, Object.entries(metrics).map(([name, value]) =>
      h('tr', {}, h('th', { scope: 'row' }, name), h('td', {}, typeof value === 'number' ? number.format(value) : String(value))))));
}

const linkList = (links, base) => h('ul', { class: 'ag-plain-list' }, links.map(({ name, url }) => h('li', {}, link(name, url, { base, ...NEW_TAB }))));
