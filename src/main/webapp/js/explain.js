/** What would happen to a build at an environment: the question, and the answer. */
import { ApiError, environmentPath } from './api.js';
import { checkList } from './check-list.js';
import { h } from './dom.js';
import { explainForm } from './explain-form.js';
import { notice } from './parts.js';
import { pieces, t, wordFor } from './texts.js';
import { absoluteText, timeAt } from './time.js';

const TONES = { OPEN: 'good', WAIT: 'info', REFUSED: 'bad' };

const asked = ({ job, branch, user, at }) => [job, branch, user, at && absoluteText(at)].filter(Boolean).join(' · ');

/** @param {import('./app.js').Context} context */
export function explainSection({ api, environment, user }) {
  const trouble = notice('explain-message');
  // its text changes, itself it stays: else nothing would be read out
  const verdict = h('p', { class: 'ag-verdict', role: 'status', 'aria-live': 'polite', 'data-testid': 'explain-verdict' });
  const answer = h('div', { 'data-testid': 'explain-answer' });
  const form = explainForm(user, ask);
  let last = 0;

  async function ask(question) {
    const mine = ++last;
    form.busy(true);
    trouble.say('');
    try {
      const explanation = await api.post(environmentPath(environment, 'explain'), question);
      if (mine === last) {
        show(question, explanation);
      }
    } catch (failure) {
      if (!(failure instanceof ApiError)) {
        throw failure;
      }
      verdict.replaceChildren();
      answer.replaceChildren();
      trouble.say(failure.message, 'error');
    } finally {
      form.busy(false);
    }
  }

  function show(question, { verdict: word, sentence, checks, approval, changesAt }) {
    verdict.dataset.verdict = word;
    verdict.className = `ag-verdict ag-tone-${TONES[word] ?? 'plain'}`;
    verdict.replaceChildren(h('strong', {}, wordFor(`explain.verdict.${word}`, word)), ` ${sentence}`);
    const { mayDecide, reason } = approval;
    answer.replaceChildren(
      h('p', { class: 'ag-quiet' }, asked(question)),
      checkList(checks, { time: timeAt }),
      question.user ? h('p', { 'data-testid': 'explain-approval', 'data-may': String(mayDecide) },
        h('strong', { class: mayDecide ? 'ag-tone-good' : 'ag-tone-bad' }, t('explain.approval')), `: ${reason}`) : '',
      changesAt ? h('p', {}, pieces('explain.changes', timeAt(changesAt))) : '');
  }

  return {
    element: h('section', { class: 'ag-section ag-explain' },
      h('h2', {}, t('explain.title')), h('p', { class: 'ag-quiet' }, t('explain.intro')),
      h('div', { class: 'ag-explain-columns' }, form.element, h('div', {}, trouble.element, verdict, answer))),
    suggest: form.suggest,
    start: form.start,
  };
}
