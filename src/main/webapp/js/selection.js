/** The gates that are ticked to be decided together, with one comment. */

export class Selection {
  #onChange;
  /** id → the row as it was when it was ticked */
  #ticked = new Map();

  /** @param {() => void} onChange */
  constructor(onChange) {
    this.#onChange = onChange;
  }

  get ids() {
    return [...this.#ticked.keys()];
  }

  get commentRequired() {
    return this.#asking('comment') > 0;
  }

  /** How many of them have a checklist or ask for values, which an approval together leaves as they are. */
  get leavingOut() {
    return this.#asking('checklist', 'values');
  }

  #asking(...words) {
    return [...this.#ticked.values()].filter(({ asksFor = [] }) => words.some(word => asksFor.includes(word))).length;
  }

  has(id) {
    return this.#ticked.has(id);
  }

  /** @param {import('./shapes.js').GateRow} gate  @param {boolean} yes */
  tick(gate, yes) {
    yes ? this.#ticked.set(gate.id, gate) : this.#ticked.delete(gate.id);
    this.#onChange();
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
