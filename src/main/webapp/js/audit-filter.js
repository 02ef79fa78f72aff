/** What is searched for in the audit. */
import { addressFilter } from './address-filter.js';
import { eventName, statusName, t } from './texts.js';

const TYPES = [
  'requested', 'approved', 'deferred', 'withdrawn', 'rejected', 'reassigned', 'bypassed', 'closed', 'checkEvaluated', 'callbackIssued',
  'callbackAnswered', 'callbackRefused', 'locked', 'released', 'reminded', 'escalated', 'restored', 'refused', 'reviewed', 'finding',
  'environmentChanged', 'settingsChanged', 'exported', 'anchored', 'pruned', 'tornTailCut', 'damageFound',
];
const OUTCOMES = ['APPROVED', 'AUTO_APPROVED', 'BYPASSED', 'REJECTED', 'CHECK_FAILED', 'TIMED_OUT', 'CANCELLED', 'SUPERSEDED'];

/** The fields in their order. */
const FIELDS = { q: 'search', environment: 'select', job: 'search', build: 'number', actor: 'search', type: 'select', outcome: 'select', from: 'time', to: 'time' };

/** @param {() => void} onChange */
export function auditFilter(onChange) {
  const words = { environment: [], type: byTitle(TYPES, typeTitle), outcome: byTitle(OUTCOMES, statusName) };
  return addressFilter('audit', t('audit.filter'), Object.entries(FIELDS).map(([name, kind]) => ({
    name, kind, title: t(`audit.filter.${name}`), options: [['', t('audit.any')], ...(words[name] ?? [])],
  })), onChange);
}

const byTitle = (words, titleOf) => words.map(word => [word, titleOf(word)]).sort(([, a], [, b]) => a.localeCompare(b));

/** The words of a kind of event begin a sentence here. */
const typeTitle = type => eventName(type).replace(/^./, first => first.toUpperCase());
