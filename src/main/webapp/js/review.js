/** A gate under review: everything an approver needs to see, and the decision. The dialog and the gate's page show it. */
import { ApiError, gatePath } from './api.js';
import { DecisionForm } from './decision-form.js';
import { h } from './dom.js';
import { afterApproval, closedText, OPEN } from './next-step.js';
import { notice } from './parts.js';
import { Poller } from './poll.js';
import { informingParts } from './review-facts.js';
import { accountingParts } from './review-record.js';
import { statusName, t } from './texts.js';

const REFRESH_MS = 5_000;

export class Review {
  #api;
  #id;
  #gate = null;
  #form = null;
  #notice = notice('message');
  #parts;
  #decisionPlace = h('div', { class: 'ag-review-decision' });
  #poller = new Poller(signal => this.#load(signal), REFRESH_MS);
  #onGate;
  #onDecided;
  element;

  /**
   * @param {import('./app.js').Context} context
   * @param {string} id the gate's
   * @param {object} [listeners]
   * @param {(gate: import('./shapes.js').Gate) => void} [listeners.onGate] whenever the gate was read or changed
   * @param {() => void} [listeners.onDecided] after a decision of the one who looks at it
   */
  constructor({ api, root, user }, id, { onGate = () => {}, onDecided = () => {} } = {}) {
    this.#api = api;
    this.#id = id;
    this.#onGate = onGate;
    this.#onDecided = onDecided;
    const informing = informingParts(root);
    const accounting = accountingParts(root, user);
    this.#parts = [...informing, ...accounting];
    const elements = parts => parts.map(({ element }) => element);
    this.element = h('div', { class: 'ag-review', 'aria-busy': 'true' },
      this.#notice.element,
      h('div', { class: 'ag-review-columns' },
        h('div', {}, elements(informing)), this.#decisionPlace, h('div', {}, elements(accounting))));
  }

  start() {
    return this.#poller.start();
  }

  stop() {
    this.#poller.stop();
  }

  async #load(signal) {
    try {
      this.#show(await this.#api.get(gatePath(this.#id), {}, signal));
      if (this.#notice.element.dataset.trouble) {
        this.#say('');
      }
    } catch (failure) {
      if (failure instanceof ApiError) {
        this.#say(failure.message, 'error');
        this.#notice.element.dataset.trouble = 'true';
      }
      throw failure;
    }
  }

  #say(text, kind) {
    delete this.#notice.element.dataset.trouble;
    this.#notice.say(text, kind);
  }

  #show(gate) {
    if (gate === this.#gate) {
      return;
    }
    const closedMeanwhile = this.#gate?.status === OPEN && gate.status !== OPEN;
    this.#gate = gate;
    this.element.removeAttribute('aria-busy');
    this.#parts.forEach(part => part.update(gate));
    if (this.#form) {
      this.#form.update(gate);
    } else {
      this.#form = new DecisionForm(gate, (action, body) => this.#decide(action, body));
      this.#decisionPlace.replaceChildren(this.#form.element);
    }
    if (closedMeanwhile) {
      this.#say(closedText(gate));
    }
    this.#onGate(gate);
  }

  /** @returns {Promise<boolean>} whether it was recorded */
  async #decide(action, body) {
    this.#poller.pause();
    this.#say(t('decision.working'));
    try {
      const gate = await this.#api.post(gatePath(this.#id, action), body);
      this.#show(gate);
      this.#say(outcomeText(action, gate), 'success');
      this.#onDecided();
      return true;
    } catch (failure) {
      const tooLate = failure.status === 409;
      if (tooLate) {
        await this.#api.get(gatePath(this.#id)).then(gate => this.#show(gate), () => {});
      }
      this.#say(tooLate ? tooLateText(failure) : failure.message, 'error');
      return false;
    } finally {
      this.#notice.element.focus();
      this.#poller.resume();
    }
  }
}

const tooLateText = ({ message, outcome }) => [t('after.tooLate', message), outcome && t('after.outcome', statusName(outcome))].filter(Boolean).join(' ');

function outcomeText(action, gate) {
  return action === 'approve' ? afterApproval(gate) : action === 'reject' ? t('after.rejected') : t('after.withdrawn');
}
