/** A list that follows changing data and leaves alone what did not change, so that nobody's click or focus goes astray. */
import { keepFocus } from './dom.js';

/** @template T */
export class KeyedList {
  #parent;
  #keyOf;
  #draw;
  /** key → {version, element} */
  #shown = new Map();

  /**
   * @param {HTMLElement} parent holds the list's elements and nothing else
   * @param {(item: T) => string} keyOf
   * @param {(item: T) => HTMLElement} draw called again for an item whose JSON changed
   */
  constructor(parent, keyOf, draw) {
    this.#parent = parent;
    this.#keyOf = keyOf;
    this.#draw = draw;
  }

  /** @param {T[]} items in the order in which they shall be seen */
  update(items) {
    const next = new Map(items.map(item => [this.#keyOf(item), this.#entry(item)]));
    const wanted = [...next.values()].map(entry => entry.element);
    const current = [...this.#parent.children];
    this.#shown = next;
    if (wanted.length !== current.length || wanted.some((element, i) => element !== current[i])) {
      keepFocus(this.#parent, () => this.#parent.replaceChildren(...wanted));
    }
  }

  #entry(item) {
    const version = JSON.stringify(item);
    const last = this.#shown.get(this.#keyOf(item));
    return last?.version === version ? last : { version, element: this.#draw(item) };
  }
}
