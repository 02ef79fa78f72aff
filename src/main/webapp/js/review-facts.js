/** The parts of a review that inform: what the build asks, and what it brought along. */
import { h, link, live } from './dom.js';
import { approvalsNeeded } from './next-step.js';
import { addresses, buildLink, button, facts, overdueBadge, statusBadge, waitingFor } from './parts.js';
import { metricsTable } from './review-metrics.js';
import { OPEN } from './states.js';
import { t } from './texts.js';
import { timeAgo } from './time.js';

const NEW_TAB = { newTab: true }; // the decision being written must not get lost
const MANY_CHANGES = 8;

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
    live(gate => [gate.instructionsHtml, gate.instructions], gate => (gate.instructionsHtml || gate.instructions)
      && section(t('review.instructions'), gate.instructionsHtml ? rendered(gate.instructionsHtml) : prose(gate.instructions))),
    live(gate => [gate.metrics, gate.thresholds], ({ metrics, thresholds }) => (hasAny(metrics) || hasAny(thresholds))
      && section(t('review.metrics'), metricsTable(metrics, thresholds))),
    changesPart(base),
    live(gate => gate.links, ({ links }) => links.length > 0 && section(t('review.links'), linkList(links, base))),
    live(gate => gate.artifacts, ({ artifacts }) => artifacts.length > 0 && section(t('review.artifacts'), linkList(artifacts, base))),
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

const hasAny = object => Object.keys(object).length > 0;

/** Text as it was typed: line breaks count, markup does not. */
const prose = text => h('p', { class: 'ag-prose' }, text);

/**
 * The one place where markup becomes elements: an administrator's instructions, as the host's own markup formatter rendered
 * them, which is there to make them safe. A template's content is inert; nothing that a build or a user can set comes here.
 */
function rendered(safeHtml) {
  const template = document.createElement('template');
  template.innerHTML = safeHtml;
  template.content.querySelectorAll('a[href]').forEach(a => Object.assign(a, { target: '_blank', rel: 'noopener noreferrer' }));
  return h('div', { class: 'ag-rendered' }, template.content);
}

function changesPart(base) {
  let all = false;
  const part = live(gate => [gate.changes, all], gate => {
    const { changes } = gate;
    const shown = all || changes.length <= MANY_CHANGES ? changes : changes.slice(0, MANY_CHANGES);
    return changes.length > 0 && section(t('review.changes'),
      h('ul', { class: 'ag-changes', tabindex: all ? -1 : null, 'data-focus': all ? 'changes' : null }, shown.map(entry => change(entry, base))),
      shown.length < changes.length && button(t('review.showAllChanges', changes.length), {
        'data-focus': 'changes',
        on: { click: () => { all = true; part.update(gate); } },
      }));
  });
  return part;
}

function change({ id, author, message, url }, base) {
  const short = /^[0-9a-f]{12,}$/.test(id) ? id.slice(0, 7) : id;
  return h('li', {}, h('code', {}, url ? link(short, url, { base, ...NEW_TAB }) : short), ` ${message} `, h('span', { class: 'ag-quiet' }, author));
}

const linkList = (links, base) => h('ul', { class: 'ag-plain-list' }, links.map(({ name, url }) => h('li', {}, link(name, url, { base, ...NEW_TAB }))));
