/** Opening a gate past its people and checks, for those whom Jenkins permits it: in two steps, since it cannot be undone. */
import { h, live } from './dom.js';
import { draftField } from './input-field.js';
import { button } from './parts.js';
import { sendingForm } from './review-form.js';
import { buildName, t } from './texts.js';

/**
 * @param {object} options
 * @param {ReturnType<import('./review-drafts.js').draftOf>} options.draft
 * @param {(body: {reason: string}) => Promise<import('./review-form.js').Sent>} options.send
 */
export function bypassing({ draft, send }) {
  const reason = draftField(t('decision.bypassReason'), 'bypassReason', draft,
    { testId: 'bypass-reason', hook: 'bypass-error', rows: 2, hint: t('decision.bypassReasonHint') });
  reason.require(true);
  const next = button(t('decision.bypassNext'), { danger: true, 'data-testid': 'bypass-next', on: { click: ask } });
  const back = button(t('decision.bypassBack'), { 'data-testid': 'bypass-back', on: { click: () => step(1) } });
  const go = button(t('decision.bypassGo'), { danger: true, class: 'ag-button-chosen', 'data-testid': 'bypass', on: { click: () => form.send(bypass) } });
  const question = h('p', { class: 'ag-strong', tabindex: -1, 'data-testid': 'bypass-question' });
  const passed = live(passedOver, gate => passedOver(gate).length > 0 && [
    h('p', {}, t('decision.bypassPasses')), h('ul', {}, passedOver(gate).map(text => h('li', {}, text))),
  ]);
  const lock = live(gate => gate.lock, gate => gate.lock && !gate.lock.held && h('p', {}, t('decision.bypassLock')));
  const confirm = h('div', { class: 'ag-warning', hidden: true }, question, passed.element, lock.element);
  const about = h('p', { class: 'ag-warning' }, t('decision.bypassAbout'));
  const form = sendingForm([next, go, back], about, reason.element, confirm);
  const element = h('details', { name: 'ag-more', 'data-testid': 'bypass-part', on: { toggle: () => element.open || step(1) } },
    h('summary', {}, t('decision.bypass')), form.element);
  step(1);

  function step(number) {
    const had = element.contains(document.activeElement);
    const sure = number === 2;
    next.hidden = about.hidden = sure;
    go.hidden = back.hidden = confirm.hidden = !sure;
    reason.control.readOnly = sure;
    if (sure) {
      question.focus(); // on no button: a key pressed twice decides nothing
      go.scrollIntoView({ block: 'nearest' });
    } else if (had && element.open) {
      reason.control.focus();
    }
  }

  function ask() {
    if (!reason.complain(reason.text() ? '' : t('decision.bypassReasonMissing'))) {
      step(2);
    }
  }

  async function bypass() {
    const sent = await send({ reason: reason.text() });
    if (sent.recorded) {
      draft.drop('bypassReason');
      reason.control.value = '';
      element.open = false;
    }
    return sent;
  }

  return {
    element,
    update(gate) {
      element.hidden = !gate.you.canBypass;
      question.textContent = t('decision.bypassSure', gate.environment, buildName(gate));
      passed.update(gate);
      lock.update(gate);
    },
  };
}

const passedOver = ({ waitingFor }) => waitingFor.filter(({ kind }) => kind !== 'lock').map(({ reason }) => reason);
