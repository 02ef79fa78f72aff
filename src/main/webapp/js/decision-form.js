/** What an approver fills in: checklist, values, comment, and the buttons. Knows no network; the caller sends. */
import { h, nodes } from './dom.js';
import { draftField, inputField, tick } from './input-field.js';
import { button } from './parts.js';
import { bypassing } from './review-bypass.js';
import { deferring } from './review-defer.js';
import { sendingForm } from './review-form.js';
import { reassigning } from './review-reassign.js';
import { OPEN } from './states.js';
import { t } from './texts.js';

/** Of a gate and who looks at it: which of the buttons do something. */
const CAN = { approve: 'canDecide', reject: 'canReject', withdraw: 'canWithdraw' };

export class DecisionForm {
  #send;
  #draft;
  #comment;
  #ticks;
  #fields;
  #buttons;
  #form;
  #more;
  #others;
  #decide;
  #why = h('p', { class: 'ag-why' });
  #gate;
  title;
  element;

  /**
   * @param {import('./shapes.js').Gate} gate
   * @param {object} options
   * @param {(action: string, body: object) => Promise<import('./review-form.js').Sent>} options.send
   * @param {import('./review-drafts.js').draftOf} options.draft what was typed before
   * @param {'approve'|'reject'|''} [options.decide] what the reader came for
   */
  constructor(gate, { send, draft, decide = '' }) {
    this.#send = send;
    this.#draft = draft;
    this.#decide = decide;
    this.#comment = draftField(t('decision.comment'), 'comment', draft, { testId: 'comment', hook: 'field-error' });
    const ticked = draft.get('checklist') ?? [];
    this.#ticks = gate.checklist.map(text => {
      const { box, element } = tick(text);
      box.checked = ticked.includes(text);
      return { text, box, element };
    });
    const typed = draft.get('inputs') ?? {};
    this.#fields = gate.inputs.map(input => inputField(input, typed[input.name]));
    const act = action => ({ 'data-testid': action, on: { click: () => this.#form.send(() => this.#act(action)) } });
    this.#buttons = {
      approve: button(t('decision.approve'), { primary: decide !== 'reject', ...act('approve') }),
      reject: button(t('decision.reject'), { danger: true, class: decide === 'reject' ? 'ag-button-chosen' : '', ...act('reject') }),
      withdraw: button(t('decision.withdraw'), act('withdraw')),
    };
    // what the reader came for is the first button after the comment
    const inOrder = Object.values(this.#buttons).sort((a, b) => (b === this.#buttons[decide]) - (a === this.#buttons[decide]));
    this.#form = sendingForm(inOrder,
      this.#ticks.length > 0 && group(t('decision.checklist'), h('p', { class: 'ag-quiet' }, t('decision.checklistHint')), this.#ticks.map(({ element }) => element)),
      this.#fields.length > 0 && group(t('decision.inputs'), this.#fields.map(({ element }) => element)),
      this.#comment.element);
    this.#form.element.addEventListener('input', () => this.#keep());
    this.#others = [
      deferring({ draft, send: until => this.#act('defer', { until }) }),
      reassigning({ draft, send: body => send('reassign', body) }),
      bypassing({ draft, send: body => send('bypass', body) }),
    ];
    this.#more = h('div', { class: 'ag-more', role: 'group', 'aria-label': t('decision.more') }, this.#others.map(({ element }) => element));
    this.title = h('h3', { id: 'ag-decision-title', tabindex: -1 });
    this.element = h('section', { class: 'ag-section ag-decision', 'aria-labelledby': 'ag-decision-title', 'data-testid': 'decision' },
      this.title,
      this.#why, this.#form.element, this.#more);
    this.update(gate);
  }

  /** Offers what the reader may do now; what they typed stays. */
  update(gate) {
    this.#gate = gate;
    const { you } = gate;
    const may = Object.keys(CAN).filter(action => you[CAN[action]]);
    this.#ask(may.includes(this.#decide) ? this.#decide : '');
    Object.entries(this.#buttons).forEach(([action, element]) => { element.hidden = !may.includes(action); });
    const { control, about } = this.#comment;
    control.readOnly = may.length === 0;
    // when somebody else was first, a comment half written stays in sight to be copied
    this.#form.element.hidden = control.readOnly && !control.value;
    this.#comment.require(gate.commentRequired && you.canDecide);
    about.textContent = !you.canReject ? t('decision.optional') : gate.commentRequired ? t('decision.commentAlways') : t('decision.commentHint');
    this.#why.textContent = you.canDecide ? this.#hint() : gate.status === OPEN ? you.reason || t('decision.notYou') : t('decision.closed');
    this.element.querySelectorAll('fieldset').forEach(fieldset => { fieldset.hidden = !you.canDecide; });
    this.#others.forEach(other => other.update(gate));
    this.#more.hidden = this.#others.every(({ element }) => element.hidden);
  }

  /** To where the reader goes on: what they came for is in sight then, and nothing is decided by one careless key. */
  focus() {
    const to = this.#form.element.hidden ? this.title : this.#comment.control;
    this.element.scrollIntoView({ block: 'nearest' });
    to.focus();
  }

  /** Done, or not possible any more: then it is a form like any other. */
  #ask(decide) {
    this.#decide = decide;
    this.element.classList.toggle('ag-confirm', Boolean(decide));
    this.title.textContent = decide ? t(`decision.confirm.${decide}`) : t('decision.title');
  }

  #hint() {
    return this.#decide ? t('decision.nothingYet', this.#buttons[this.#decide].textContent) : '';
  }

  #keep() {
    this.#draft.set('checklist', this.#checklist());
    this.#draft.set('inputs', this.#inputs());
  }

  #checklist() {
    return this.#ticks.filter(({ box }) => box.checked).map(({ text }) => text);
  }

  #inputs() {
    return Object.fromEntries(this.#fields.map(({ name, value }) => [name, value()]));
  }

  /** @returns {string} what is wrong with the comment, or '' */
  #objection(action) {
    if (this.#comment.text()) {
      return '';
    }
    const approves = action === 'approve' || action === 'defer';
    return action === 'reject' ? t('decision.commentRequired')
      : approves && this.#gate.commentRequired ? t('decision.commentToApprove', this.#gate.environment) : '';
  }

  /** @returns {Promise<import('./review-form.js').Sent>} */
  async #act(action, more = {}) {
    if (this.#comment.complain(this.#objection(action))) {
      return { recorded: false };
    }
    const result = await this.#send(action, { ...this.#body(action), ...more });
    if (result.recorded) {
      this.#draft.drop('comment', 'checklist', 'inputs');
      this.#comment.control.value = '';
      this.update(this.#gate);
    }
    return result;
  }

  #body(action) {
    const comment = this.#comment.text();
    const approves = action === 'approve' || action === 'defer';
    return {
      ...(comment && { comment }),
      ...(approves && this.#ticks.length && { checklist: this.#checklist() }),
      ...(approves && this.#fields.length && { inputs: this.#inputs() }),
    };
  }
}

const group = (title, ...content) => h('fieldset', { class: 'ag-fieldset' }, h('legend', {}, title), ...nodes(content));
