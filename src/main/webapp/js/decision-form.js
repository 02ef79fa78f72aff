/** The form an approver fills in: checklist, values, comment, and the buttons. Knows no network; the caller decides. */
import { h, nodes } from './dom.js';
import { inputField } from './input-field.js';
import { OPEN } from './next-step.js';
import { button } from './parts.js';
import { t } from './texts.js';

const MAX_COMMENT = 10_000; // what the server accepts
const nextId = (n => () => `ag-${++n}`)(0);

/** gate id → comment typed and not sent yet: closing the dialog to look something up must not cost it. */
const drafts = new Map();

export class DecisionForm {
  #decide;
  #comment;
  #error;
  #ticks;
  #fields;
  #buttons;
  #why;
  #hint;
  #form;
  #gate;
  element;

  /**
   * @param {import('./shapes.js').Gate} gate
   * @param {(action: 'approve'|'reject'|'withdraw', body: object) => Promise<boolean>} decide true when it was recorded
   */
  constructor(gate, decide) {
    this.#decide = decide;
    const id = nextId();
    this.#error = h('p', { class: 'ag-error', id: `${id}-error`, 'data-testid': 'field-error' });
    this.#comment = h('textarea', {
      class: 'jenkins-input ag-input', id, rows: 3, maxlength: MAX_COMMENT, 'data-testid': 'comment', 'aria-describedby': `${id}-hint ${id}-error`,
      on: { input: () => this.#typed() },
    });
    this.#comment.value = drafts.get(gate.id) ?? '';
    this.#ticks = (gate.checklist ?? []).map(text => ({ text, ...tick(text) }));
    this.#fields = (gate.inputs ?? []).map(inputField);
    this.#buttons = {
      approve: button(t('decision.approve'), { primary: true, 'data-testid': 'approve', on: { click: () => this.#act('approve') } }),
      reject: button(t('decision.reject'), { danger: true, 'data-testid': 'reject', on: { click: () => this.#act('reject') } }),
      withdraw: button(t('decision.withdraw'), { 'data-testid': 'withdraw', on: { click: () => this.#act('withdraw') } }),
    };
    this.#why = h('p', { class: 'ag-why' });
    this.#hint = h('p', { class: 'ag-quiet', id: `${id}-hint` });
    // Enter in a field must never approve: no button submits
    this.#form = h('form', { class: 'ag-form', novalidate: true, on: { submit: event => event.preventDefault() } },
      this.#ticks.length > 0 && group(t('decision.checklist'), h('p', { class: 'ag-quiet' }, t('decision.checklistHint')), this.#ticks.map(({ element }) => element)),
      this.#fields.length > 0 && group(t('decision.inputs'), this.#fields.map(({ element }) => element)),
      h('div', { class: 'ag-field' },
        h('label', { for: id }, t('decision.comment')),
        this.#hint,
        this.#comment,
        this.#error),
      h('div', { class: 'ag-buttons' }, Object.values(this.#buttons)));
    this.element = h('section', { class: 'ag-section ag-decision' }, h('h3', {}, t('decision.title')), this.#why, this.#form);
    this.update(gate);
  }

  /** Offers what the caller may do now; what they typed stays. */
  update(gate) {
    this.#gate = gate;
    const { canDecide, canReject, canWithdraw, reason } = gate.you;
    this.#buttons.approve.hidden = !canDecide;
    // one whose entry has all the approvals it needs may still say no
    this.#buttons.reject.hidden = !canReject;
    this.#buttons.withdraw.hidden = !canWithdraw;
    this.#comment.readOnly = !canDecide && !canReject && !canWithdraw;
    // when somebody else was first, a comment half written stays in sight to be copied
    this.#form.hidden = this.#comment.readOnly && !this.#comment.value;
    this.#hint.textContent = canReject ? t('decision.commentHint') : t('decision.optional');
    this.#why.textContent = canDecide ? '' : gate.status === OPEN ? reason || t('decision.notYou') : t('decision.closed');
    this.element.querySelectorAll('fieldset').forEach(fieldset => { fieldset.disabled = !canDecide; });
  }

  #typed() {
    drafts.set(this.#gate.id, this.#comment.value);
    if (this.#comment.value.trim()) {
      this.#complain('');
    }
  }

  #complain(problem) {
    this.#error.textContent = problem;
    if (problem) {
      this.#comment.setAttribute('aria-invalid', 'true');
      this.#comment.focus();
    } else {
      this.#comment.removeAttribute('aria-invalid');
    }
  }

  async #act(action) {
    const comment = this.#comment.value.trim();
    if (action === 'reject' && !comment) {
      this.#complain(t('decision.commentRequired'));
      return;
    }
    this.#complain('');
    this.#busy(true);
    try {
      if (await this.#decide(action, this.#body(action, comment))) {
        drafts.delete(this.#gate.id);
        this.#comment.value = '';
        this.update(this.#gate);
      }
    } finally {
      this.#busy(false);
    }
  }

  #body(action, comment) {
    const approves = action === 'approve';
    return {
      ...(comment && { comment }),
      ...(approves && this.#ticks.length && { checklist: this.#ticks.filter(({ box }) => box.checked).map(({ text }) => text) }),
      ...(approves && this.#fields.length && { inputs: Object.fromEntries(this.#fields.map(({ name, value }) => [name, value()])) }),
    };
  }

  #busy(busy) {
    Object.values(this.#buttons).forEach(element => { element.disabled = busy; });
    this.#form.setAttribute('aria-busy', busy);
  }
}

/** Forgets what was typed: it belongs to whoever typed it. */
export const forgetDrafts = () => drafts.clear();

function tick(text) {
  const id = nextId();
  const box = h('input', { type: 'checkbox', id });
  return { box, element: h('div', { class: 'jenkins-checkbox ag-checkbox' }, box, h('label', { for: id }, text)) };
}

const group = (title, ...content) => h('fieldset', { class: 'ag-fieldset' }, h('legend', {}, title), ...nodes(content));
