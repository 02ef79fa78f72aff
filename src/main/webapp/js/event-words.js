/** What happened, in words: after who it was, and what `eventName` says. */
import { checkName, list, pieces, resultName, statusName, t } from './texts.js';
import { timeAt } from './time.js';

/** What belongs into the sentence. Each kind of event brings its own; one of a newer server brings none that we know. */
export function particulars({ type, outcome, kind, status, until, from, to, actor, due, lapsed = [] }) {
  return [
    outcome && ` – ${statusName(outcome)}`,
    kind && (status ? ` ${checkName(kind)}: ${resultName(status)}` : ` (${checkName(kind)})`),
    type === 'deferred' && until && [' ', ...pieces('review.event.from', timeAt(until))],
    type === 'reassigned' && to && ` ${from && from !== actor ? t('review.event.fromTo', from, to) : t('review.event.to', to)}`,
    type === 'escalated' && to?.length > 0 && `: ${list(to)}`,
    due && [' ', ...pieces('review.event.due', timeAt(due))],
    lapsed.length > 0 && ` ${t('review.event.lapsed', list(lapsed))}`,
  ];
}
