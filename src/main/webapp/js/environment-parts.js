/** The rules of an environment in words, as the matrix and its own page show them. */
import { h } from './dom.js';
import { nameOf, sourceName } from './next-step.js';
import { checkName, list, lockName, plural, t, wordFor } from './texts.js';

/** Who of the approvers is needed, before their list. */
export const orderName = (order, minimum) => (order === 'any' ? plural('environments.order.any', minimum) : wordFor(`environments.order.${order}`, order));

/** @param {import('./shapes.js').Environment} environment  @param {boolean} [full] who is in a group, too */
export function approverList({ order, approvers }, full = false) {
  return h(order === 'sequential' ? 'ol' : 'ul', { class: 'ag-approver-names' }, approvers.map(approver => entry(approver, full)));
}

function entry(approver, full) {
  const kind = approver.group ? t('policy.group') : t('policy.user');
  const about = full && approver.group && [
    approver.source && sourceName(approver.source), approver.members?.length > 0 && t('policy.members', list(approver.members)),
  ].filter(Boolean).join('. ');
  return h('li', {}, approver.required > 1 ? t('environments.required', approver.required, nameOf(approver)) : nameOf(approver), h('span', { class: 'ag-quiet' }, ` ${kind}`),
    about && h('div', { class: 'ag-quiet' }, about));
}

/** @param {import('./shapes.js').Environment} environment */
export function conditionList({ checks = [], lock }) {
  const item = (kind, summary) => h('li', { 'data-kind': kind }, h('span', { class: 'ag-strong' }, checkName(kind)), summary && `: ${summary}`);
  return (checks.length > 0 || lock) && h('ul', { class: 'ag-plain-list' },
    checks.map(({ kind, summary }) => item(kind, summary)), lock && item('lock', lockName(lock)));
}

/** What may ask: the patterns of each check of branches. @param {import('./shapes.js').Environment['branches']} branches */
export function branchNames(branches) {
  const names = ({ allowed, excluded }) => (excluded.length > 0 ? t('environments.branchesBut', allowed.join(', '), excluded.join(', ')) : allowed.join(', '));
  return branches.length > 0 ? h('ul', { class: 'ag-plain-list' }, branches.map(check => h('li', {}, names(check)))) : t('environments.anyBranch');
}

/** @param {import('./shapes.js').Environment} environment */
export function moreToRead({ instructions, checklist = [] }) {
  return [
    instructions && h('details', {}, h('summary', {}, t('environments.instructions')), h('p', { class: 'ag-prose' }, instructions)),
    checklist.length > 0 && h('details', {}, h('summary', {}, t('environments.checklist', checklist.length)), h('ul', {}, checklist.map(item => h('li', {}, item)))),
  ].filter(Boolean);
}
