/**
 * The gates that are ticked to be decided together, with one comment. One whose rules ask for more than that, a checklist
 * or values for the pipeline, has to be looked at alone.
 */
import { gatePath } from './api.js';

/** @param {{checklist?: string[], inputs?: object[]}} rules of a gate, or of its environment */
const asksForMore = ({ checklist = [], inputs = [] }) => checklist.length > 0 || inputs.length > 0;

export class Selection {
  #api;
  #onChange;
  /** id → whether its approval needs a comment */
  #ticked = new Map();
  /** Names of environments, and ids of gates. */
  #alone = { environments: new Set(), gates: new Set() };
  #looking = new Set();

  /**
   * @param {import('./api.js').Api} api
   * @param {() => void} onChange
   */
  constructor(api, onChange) {
    this.#api = api;
    this.#onChange = onChange;
  }

  get ids() {
    return [...this.#ticked.keys()];
  }

  get commentRequired() {
    return [...this.#ticked.values()].includes(true);
  }

  has(id) {
    return this.#ticked.has(id);
  }

  /** Whether a gate has to be looked at alone, as far as is known before it was ticked. */
  wantsOwnReview({ id, environment }) {
    return this.#alone.environments.has(environment) || this.#alone.gates.has(id);
  }

  /** @param {import('./shapes.js').Environment[]} environments */
  learn(environments) {
    this.#alone.environments = new Set(environments.filter(asksForMore).map(({ name }) => name));
    this.#onChange();
  }

  /** @param {import('./shapes.js').GateRow} gate  @param {boolean} yes */
  tick({ id }, yes) {
    if (!yes) {
      this.#ticked.delete(id);
    } else {
      this.#ticked.set(id, false);
      const look = this.#look(id).finally(() => this.#looking.delete(look));
      this.#looking.add(look);
    }
    this.#onChange();
  }

  /** A gate has the rules that its environment had when it was asked for, and what its build wants besides. */
  async #look(id) {
    const gate = await this.#api.get(gatePath(id)).catch(() => null); // then the server will tell
    if (!gate || !this.#ticked.has(id)) {
      return;
    }
    if (asksForMore(gate)) {
      this.#alone.gates.add(id);
      this.#ticked.delete(id);
    } else {
      this.#ticked.set(id, gate.commentRequired ?? false);
    }
    this.#onChange();
  }

  /** Fulfilled when it is known of every ticked gate that it may be. */
  ready() {
    return Promise.all(this.#looking);
  }

  /** Only what is in sight is decided on. @param {string[]} ids those that are */
  keep(ids) {
    const gone = this.ids.filter(id => !ids.includes(id));
    gone.forEach(id => this.#ticked.delete(id));
    if (gone.length) {
      this.#onChange();
    }
  }

  clear() {
    this.#ticked.clear();
    this.#onChange();
  }
}
