/** One gate in a list: a row of a table, which a narrow place shows as a card. */
import { h } from './dom.js';
import { addresses, button, buildLink, cell, overdueBadge, statusBadge, waitingFor } from './parts.js';
import { buildName, pieces, t } from './texts.js';
import { timeAgo } from './time.js';

const OPEN_COLUMNS = ['row.environment', 'row.build', 'row.waiting', 'row.due', 'row.approvals', 'row.waitsFor', 'row.action'];

/** The keys of the columns' titles. @param {boolean} closed  @param {boolean} pick whether rows can be ticked */
export const columns = (closed, pick) => (closed
  ? ['row.environment', 'row.build', 'row.closed', 'row.outcome', 'row.approvals', 'row.action']
  : [...(pick ? ['row.pick'] : []), ...OPEN_COLUMNS]);

/**
 * @param {import('./shapes.js').GateRow} gate
 * @param {object} options
 * @param {string} options.root
 * @param {boolean} options.closed
 * @param {(gate: import('./shapes.js').GateRow) => void} options.onReview
 * @param {import('./selection.js').Selection} [options.selection] of the gates that can be decided together
 */
export function gateRow(gate, { root, closed, onReview, selection }) {
  const name = h('a', { href: addresses(root).gate(gate.id), class: 'ag-strong', 'data-focus': `name ${gate.id}` }, gate.environment);
  const where = [gate.stage && t('row.stage', gate.stage), gate.branch].filter(Boolean).join(' · ');
  const asked = gate.requestedBy && t('row.askedBy', gate.requestedBy);
  const approvals = cell('row.approvals', t('row.given', gate.approvals.given, gate.approvals.required));
  return h('tr', {
    role: 'row', tabindex: -1, class: gate.overdue && !closed && 'ag-overdue',
    'data-testid': 'gate-row', 'data-gate-id': gate.id, 'data-focus': `row ${gate.id}`,
  },
  selection && cell('row.pick', pick(gate, selection)),
  cell('row.environment', name, where),
  cell('row.build', buildLink(gate, root, { 'data-focus': `build ${gate.id}` }), asked),
  closed
    ? [cell('row.closed', timeAgo(gate.closedAt)), outcome(gate), approvals]
    : [cell('row.waiting', timeAgo(gate.requestedAt)), due(gate), approvals, cell('row.waitsFor', [statusBadge(gate), waitingFor(gate.waitingFor, true)])],
  cell('row.action', reviewButton(gate, onReview)));
}

function outcome(gate) {
  const told = gate.closedReason?.includes(gate.closedBy); // most reasons name who it was
  const why = [gate.closedBy && !told && t('row.by', gate.closedBy), gate.closedReason].filter(Boolean).join(' – ');
  return cell('row.outcome', statusBadge(gate), why);
}

function due(gate) {
  const times = h('span', {}, pieces('row.timesOut', timeAgo(gate.deadline)));
  return cell('row.due', gate.slaDue ? h('span', { class: 'ag-inline' }, timeAgo(gate.slaDue), overdueBadge(gate)) : t('row.noDue'), times);
}

function reviewButton(gate, onReview) {
  const text = gate.canDecide ? t('row.review') : t('row.details');
  return button(text, {
    primary: gate.canDecide,
    'aria-label': t('row.reviewOf', text, gate.environment, buildName(gate)),
    'data-testid': 'review-button',
    'data-gate-id': gate.id,
    'data-focus': `review ${gate.id}`,
    on: { click: () => onReview(gate) },
  });
}

function pick(gate, selection) {
  if (!gate.canDecide) {
    return null;
  }
  const box = h('input', {
    type: 'checkbox', 'aria-label': t('row.pickOf', gate.environment, buildName(gate)),
    'data-testid': 'pick', 'data-gate-id': gate.id, 'data-focus': `pick ${gate.id}`,
    on: { change: () => selection.tick(gate, box.checked) },
  });
  box.checked = selection.has(gate.id);
  // a label makes the place to hit as large as the cell
  return h('label', { class: 'ag-pick' }, box);
}
