/** One finding: what was seen, and behind it the lines that show it. */
import { h } from './dom.js';
import { addresses } from './parts.js';
import { buildName, eventName, list, plural, t, wordFor } from './texts.js';
import { absoluteText, timeAgo } from './time.js';

export const KINDS = ['RUBBER_STAMP', 'SELF_APPROVAL_REFUSED', 'REFUSED_ATTEMPTS', 'REPEATED_BYPASS', 'MUTUAL_APPROVAL', 'OFF_HOURS', 'LEFT_GROUP'];

export const kindName = kind => wordFor(`finding.${kind}`, kind);

/** @param {import('./shapes.js').FoundPattern} finding */
export function findingCard(finding, root) {
  const { controller, seq, at, kind, sentence, about, environment, job, evidence, evidenceLines } = finding;
  const place = [environment, job].filter(Boolean);
  return h('li', { class: 'ag-finding', tabindex: -1, 'data-testid': 'finding', 'data-kind': kind, 'data-seq': seq, 'data-focus': `finding ${controller} ${seq}` },
    h('div', { class: 'ag-finding-head' },
      h('span', { class: 'ag-badge ag-tone-warn', 'data-testid': 'finding-kind' }, kindName(kind)),
      h('span', { class: 'ag-quiet' }, timeAgo(at), ` · ${absoluteText(at)}`)),
    h('p', { class: 'ag-finding-sentence' }, sentence),
    h('p', { class: 'ag-quiet' }, t('findings.about', list(about)), place.length > 0 && ` · ${place.join(' · ')}`),
    h('details', { 'data-testid': 'evidence' },
      h('summary', { 'data-focus': `evidence ${controller} ${seq}` }, plural('findings.evidence', evidenceLines)),
      h('ol', { class: 'ag-evidence' }, evidence.map(event => evidenceLine(event, root))),
      evidence.length < evidenceLines && h('p', { class: 'ag-quiet' }, t('findings.missing', evidenceLines - evidence.length))));
}

function evidenceLine(event, root) {
  const { seq, at, gate, type, actor, environment, build, comment, data } = event;
  return h('li', { 'data-testid': 'evidence-line', 'data-type': type, 'data-seq': seq },
    h('div', {}, h('strong', {}, actor || t('review.system')), ` ${eventName(type)}`,
      data.command && `: ${wordFor(`findings.command.${data.command}`, data.command)}`,
      data.attempts > 1 && ` (${t('findings.times', data.attempts)})`,
      gate && [' · ', h('a', { href: addresses(root).gate(gate), 'data-focus': `line ${seq}`, 'aria-label': t('findings.gateOf', environment ?? gate, build === null ? '' : buildName(event)) },
        build === null ? t('audit.gate') : `${environment}, ${buildName(event)}`)]),
    comment && h('div', { class: 'ag-prose' }, comment),
    h('div', { class: 'ag-quiet' }, `${absoluteText(at)} · ${t('audit.line', seq)}`));
}
