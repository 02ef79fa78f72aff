/** One line of the audit: a row of a table, which a narrow place shows as a card. */
import { changeWords, differences } from './audit-differences.js';
import { h } from './dom.js';
import { particulars } from './event-words.js';
import { addresses, cell } from './parts.js';
import { buildName, eventName, t, wordFor } from './texts.js';
import { absoluteText, timeAgo } from './time.js';

/** The keys of the columns' titles. */
export const COLUMNS = ['audit.when', 'audit.what', 'audit.environment', 'audit.build', 'audit.comment'];

/** @param {string|null} own the controller that shows the page: of others it has no gates to show */
export function auditRow(event, root, own) {
  const { controller, seq, at, gate, type, actor, environment, build, branch } = event;
  const here = controller === own;
  const line = here ? t('audit.line', seq) : t('audit.lineOf', seq, controller);
  return h('tr', { role: 'row', tabindex: -1, 'data-testid': 'audit-row', 'data-type': type, 'data-seq': seq, 'data-controller': controller, 'data-focus': `row ${controller} ${seq}` },
    cell('audit.when', timeAgo(at), absoluteText(at)),
    cell('audit.what', [h('strong', {}, actor || t('review.system')), ` ${eventName(type)}`, particulars(told(event)), noted(event), changeWords(event)], line),
    cell('audit.environment', environment ?? t('common.none'), gate && here && gateLink(gate, environment, root)),
    cell('audit.build', build === null ? t('common.none') : buildName(event), branch),
    cell('audit.comment', said(event)));
}

function said(event) {
  return event.comment ? h('span', { class: 'ag-prose' }, event.comment) : differences(event) ?? t('common.none');
}

function gateLink(gate, environment, root) {
  return h('a', { href: addresses(root).gate(gate), 'aria-label': t('audit.gateOf', environment ?? gate), 'data-focus': `gate ${gate}` }, t('audit.gate'));
}

/** The journal's words for what a gate's history has. */
function told({ type, outcome, data }) {
  const { kind, verdict: status, until, to, due, lapsed } = data;
  return { type, outcome, kind: type === 'checkEvaluated' ? kind : null, status, until, to, due, lapsed };
}

/** What a line says that changes no gate, which no gate's history has. */
function noted({ type, data }) {
  return [
    type === 'finding' && data.kind && `: ${wordFor(`finding.${data.kind}`, data.kind)}`,
    type === 'refused' && data.command && `: ${wordFor(`findings.command.${data.command}`, data.command)}`,
  ];
}
