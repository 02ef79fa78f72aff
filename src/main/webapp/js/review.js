/** A gate under review: everything an approver needs to see, and the decision. The dialog and the gate's page show it. */
import { ApiError, gatePath } from './api.js';
import { DecisionForm } from './decision-form.js';
import { h } from './dom.js';
import { closedText, nextStep } from './next-step.js';
import { button, notice } from './parts.js';
import { Poller } from './poll.js';
import { draftOf } from './review-drafts.js';
import { informingParts } from './review-facts.js';
import { accountingParts } from './review-record.js';
import { OPEN } from './states.js';
import { style } from './style.js';
import { statusName, t } from './texts.js';

await style('review');

const REFRESH_MS = 5_000;

/** What somebody can come for, by an address with ?decide=… */
const NEEDS = { approve: 'canDecide', reject: 'canReject' };

export class Review {
  #api;
  #id;
  #draft;
  #decide;
  #gate = null;
  #form = null;
  #notice = notice('message');
  #parts;
  #skip = button(t('review.toDecision'), { class: 'ag-skip', hidden: true, 'data-testid': 'skip', on: { click: () => this.#form.focus() } });
  #decisionPlace = h('div', { class: 'ag-review-decision' });
  #poller = new Poller(signal => this.#load(signal), REFRESH_MS);
  #onGate;
  #onDecided;
  element;

  /**
   * @param {import('./app.js').Context} context
   * @param {string} id the gate's
   * @param {object} [options]
   * @param {string} [options.decide] what the reader came for; nothing is done before they click
   * @param {(gate: import('./shapes.js').Gate) => void} [options.onGate] whenever the gate was read or changed
   * @param {() => void} [options.onDecided] after a decision of the one who looks at it
   */
  constructor({ api, root, user }, id, { decide = '', onGate = () => {}, onDecided = () => {} } = {}) {
    this.#api = api;
    this.#id = id;
    this.#draft = draftOf(user, id);
    this.#decide = Object.hasOwn(NEEDS, decide) ? decide : '';
    this.#onGate = onGate;
    this.#onDecided = onDecided;
    const informing = informingParts(root);
    const accounting = accountingParts(root, user, { onRecheck: () => this.#send('recheck', {}) });
    this.#parts = [...informing, ...accounting];
    const elements = parts => parts.map(({ element }) => element);
    this.element = h('div', { class: 'ag-review', 'aria-busy': 'true' },
      this.#notice.element,
      h('div', { class: 'ag-review-columns' },
        h('div', {}, this.#skip, elements(informing)), this.#decisionPlace, h('div', {}, elements(accounting))));
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
        this.element.removeAttribute('aria-busy');
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
    this.#skip.hidden = !Object.values(NEEDS).some(can => gate.you[can]);
    if (closedMeanwhile) {
      this.#say(closedText(gate));
    }
    if (this.#form) {
      this.#updateForm(gate);
    } else {
      this.#open(gate);
    }
    this.#onGate(gate);
  }

  #open(gate) {
    const decide = gate.you[NEEDS[this.#decide]] ? this.#decide : '';
    this.#form = new DecisionForm(gate, { send: (action, body) => this.#send(action, body), draft: this.#draft, decide });
    this.#decisionPlace.replaceChildren(this.#form.element);
    this.element.classList.toggle('ag-confirming', Boolean(decide));
    if (decide) {
      this.#form.focus();
    } else if (this.#decide) {
      this.#say(gate.status === OPEN ? gate.you.reason || t('decision.notYou') : `${closedText(gate)} ${t('decision.nothingLeft')}`);
      this.#notice.element.focus();
    }
  }

  /** A focus that was on something which is gone now goes to where the reason is said, or else to the form's title. */
  #updateForm(gate) {
    const before = this.#decisionPlace.contains(document.activeElement) ? document.activeElement : null;
    this.#form.update(gate);
    if (before && !before.checkVisibility()) {
      const said = this.#notice.element.textContent !== '';
      (said ? this.#notice.element : this.#form.title).focus();
    }
  }

  /** @returns {Promise<import('./review-form.js').Sent>} */
  async #send(action, body) {
    this.#poller.pause();
    try {
      const gate = await this.#api.post(gatePath(this.#id, action), body);
      this.#show(gate);
      const said = nextStep(action, gate, body);
      if (action !== 'recheck') {
        this.#decided(said);
      }
      return { recorded: true, said };
    } catch (failure) {
      if (!(failure instanceof ApiError)) {
        throw failure;
      }
      return { recorded: false, problem: await this.#failed(failure) };
    } finally {
      this.#poller.resume();
    }
  }

  #decided(said) {
    this.#say(said, 'success');
    this.#notice.element.focus();
    this.element.classList.remove('ag-confirming');
    this.#onDecided();
  }

  /** @returns {Promise<string>} what to say beside the button; '' where it is said at the top, as the form may be gone */
  async #failed(failure) {
    if (failure.status === 409) {
      await this.#api.get(gatePath(this.#id)).then(gate => this.#show(gate), () => {});
      this.#say(tooLateText(failure), 'error');
      this.#notice.element.focus();
      return '';
    }
    // an answer of the API has a code; one without comes from what stands before it
    return failure.code ? failure.message
      : failure.status === 401 || failure.status === 403 ? t('decision.sessionEnded')
        : failure.status === 0 || failure.status >= 500 ? t('decision.noAnswer') : failure.message;
  }
}

const tooLateText = ({ message, outcome }) => [t('after.tooLate', message), outcome && t('after.outcome', statusName(outcome))].filter(Boolean).join(' ');
