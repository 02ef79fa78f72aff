/** The rules of an environment in words, as the matrix and its own page show them. */
import { h } from './dom.js';
import { nameOf } from './next-step.js';
import { texts } from './texts.js';

const say = texts.environments;

/** @param {import('./shapes.js').Environment} environment  @param {boolean} [full] who is in a group, too */
export function approverList({ order, approvers }, full = false) {
  return h(order === 'sequential' ? 'ol' : 'ul', { class: 'ag-approver-names' }, approvers.map(approver => entry(approver, full)));
}

function entry(approver, full) {
  const kind = approver.group ? texts.policy.group : texts.policy.user;
  const about = full && approver.group && [
    approver.source && texts.policy.source(approver.source), approver.members?.length > 0 && texts.policy.members(approver.members),
  ].filter(Boolean).join('. ');
  return h('li', {}, say.times_(approver.required, nameOf(approver)), h('span', { class: 'ag-quiet' }, ` ${kind}`),
    about && h('div', { class: 'ag-quiet' }, about));
}

/** @param {import('./shapes.js').Environment} environment */
export function conditionList({ checks = [], lock }) {
  const item = (kind, summary) => h('li', { 'data-kind': kind }, h('span', { class: 'ag-strong' }, texts.check(kind)), summary && `: ${summary}`);
  return (checks.length > 0 || lock) && h('ul', { class: 'ag-plain-list' },
    checks.map(({ kind, summary }) => item(kind, summary)), lock && item('lock', texts.lock(lock)));
}

/** @param {import('./shapes.js').Environment} environment */
export function moreToRead({ instructions, checklist = [] }) {
  return [
    instructions && h('details', {}, h('summary', {}, say.instructions), h('p', { class: 'ag-prose' }, instructions)),
    checklist.length > 0 && h('details', {}, h('summary', {}, say.checklist(checklist.length)), h('ul', {}, checklist.map(item => h('li', {}, item)))),
  ].filter(Boolean);
}
