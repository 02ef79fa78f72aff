/** What an environment's rules are, in words. */
import { h } from './dom.js';
import { approverList, branchNames, conditionList, moreToRead, orderName } from './environment-parts.js';
import { facts } from './parts.js';
import { list, t, wordFor } from './texts.js';
import { durationText } from './time.js';

/** What of an environment the rules are, without what goes on in it. */
export const rulesShare = ({ gates, open, lockState, figures, ...share }) => share;

/** @param {import('./shapes.js').Environment} environment */
export function rules(environment) {
  const { order, minimum, requesterMayApprove, commentRequired, reassignTo, stages, branches, checks = [], lock, timeout, sla } = environment;
  return h('section', { class: 'ag-section', 'data-testid': 'rules' },
    h('h2', {}, t('environment.rules')),
    facts([
      [t('environment.approvers'), orderName(order, minimum), approverList(environment, true)],
      [t('environment.requester'), requesterMayApprove ? t('environment.may') : t('environment.mayNot')],
      [t('environment.comment'), commentRequired ? t('environment.commentRequired') : t('environment.commentOptional')],
      [t('environment.reassign'), reassignTo && wordFor(`environment.reassign.${reassignTo}`, reassignTo)],
      [t('environments.branch'), branchNames(branches)],
      [t('environment.stages'), stages.length > 0 && list(stages)],
      [t('environment.answer'), sla && t('environment.within', durationText(sla))],
      [t('environment.reminders'), sla && reminders(environment)],
      [t('environment.escalation'), sla && escalation(environment)],
      [t('environment.timeout'), t('environment.after', durationText(timeout))],
      [t('environment.checks'), checks.length || lock ? conditionList(environment) : t('environment.noChecks')],
    ]),
    moreToRead(environment));
}

function reminders({ remindBefore = [] }) {
  return remindBefore.length > 0 ? t('environment.remind', list(remindBefore.map(durationText))) : t('environment.remindWhenDue');
}

function escalation({ escalateAfter }) {
  const atOnce = escalateAfter === 'PT0S';
  return escalateAfter && (atOnce ? t('environment.escalateAtOnce') : t('environment.escalate', durationText(escalateAfter)));
}
