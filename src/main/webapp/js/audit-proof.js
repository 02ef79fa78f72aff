/** What makes the audit evidence: taking it out as a file, and seeing whether the journal is as it was written. */
import { ApiError } from './api.js';
import { h } from './dom.js';
import { button, notice } from './parts.js';
import { Poller } from './poll.js';
import { save } from './save.js';
import { plural, t } from './texts.js';

const OFTEN_MS = 1_000;
const FILES = {
  csv: { ending: 'csv', parameters: { format: 'csv' } },
  jsonl: { ending: 'jsonl', parameters: { format: 'jsonl' } },
  signed: { ending: 'zip', parameters: { format: 'jsonl', manifest: true } },
};

/** @param {import('./api.js').Api} api  @param {() => Record<string, string>} filters what is searched for */
export function auditProof(api, filters) {
  const message = notice('proof-message');
  const bar = h('progress', { 'aria-label': t('audit.verifyProgress'), 'data-testid': 'verify-progress', hidden: true });
  const damages = h('ul', { class: 'ag-plain-list', 'data-testid': 'damages' });
  const verify = button(t('audit.verify'), { 'data-testid': 'verify', on: { click: begin } });
  const exports = Object.keys(FILES).map(kind =>
    button(t(`audit.export.${kind}`), { 'data-testid': `export-${kind}`, on: { click: event => download(kind, event.currentTarget) } }));
  const often = new Poller(look, OFTEN_MS);

  async function begin() {
    verify.disabled = true;
    damages.replaceChildren();
    message.say(t('audit.verifying'));
    bar.hidden = false;
    bar.removeAttribute('value');
    try {
      await api.post('audit/verify', { background: true });
      often.start();
    } catch (failure) {
      ended(failure);
    }
  }

  async function look(signal) {
    const { running, done, total, result, problem } = await api.get('audit/verify', {}, signal);
    if (running) {
      bar.max = Math.max(1, total);
      bar.value = done;
      return;
    }
    often.stop();
    bar.hidden = true;
    verify.disabled = false;
    if (problem) {
      message.say(t('audit.notVerified', problem), 'error');
    } else if (result) {
      tell(result);
    }
  }

  function tell({ ok, lines, head, after, damaged, damages: found }) {
    const counted = plural('audit.holds', lines, head);
    message.say(ok ? `${counted}${after ? ` ${t('audit.after', after)}` : ''}` : plural('audit.damaged', damaged), ok ? 'success' : 'error');
    damages.replaceChildren(...found.map(({ file, line, seq, what }) =>
      h('li', {}, line ? t('audit.damage', file, line, seq, what) : t('audit.damageNoLine', file, seq, what))));
  }

  function ended(failure) {
    verify.disabled = false;
    bar.hidden = true;
    if (!(failure instanceof ApiError)) {
      throw failure;
    }
    message.say(failure.message, 'error');
  }

  async function download(kind, pressed) {
    pressed.disabled = true;
    try {
      const { ending, parameters } = FILES[kind];
      const wanted = Object.fromEntries(Object.entries(filters()).filter(([, value]) => value));
      save(`audit.${ending}`, await api.file('audit/export', { ...wanted, ...parameters }));
      message.say('');
    } catch (failure) {
      if (!(failure instanceof ApiError)) {
        throw failure;
      }
      message.say(failure.message, 'error');
    } finally {
      pressed.disabled = false;
    }
  }

  return {
    element: h('section', { class: 'ag-audit-proof', 'aria-label': t('audit.proof') },
      h('div', { class: 'ag-audit-buttons' }, exports, verify), message.element, bar, damages),
    stop: () => often.stop(),
  };
}
