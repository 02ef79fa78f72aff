/** Repeats a task while somebody looks: not in a hidden tab, slower while it fails, and never two at once. */
import { ApiError } from './api.js';

const SLOWEST_MS = 60_000;

export class Poller {
  #task;
  #everyMs;
  #failures = 0;
  #running = null;
  #timer = null;
  #active = false;
  #onVisibility = () => (document.hidden ? this.#halt() : this.now());

  /**
   * @param {(signal: AbortSignal) => Promise<void>} task when it throws, the time to the next try doubles. It has to
   *     show its failure itself
   * @param {number} everyMs from the end of one run to the start of the next
   */
  constructor(task, everyMs) {
    this.#task = task;
    this.#everyMs = everyMs;
  }

  start() {
    this.#active = true;
    document.addEventListener('visibilitychange', this.#onVisibility);
    return this.now();
  }

  stop() {
    document.removeEventListener('visibilitychange', this.#onVisibility);
    this.pause();
  }

  /** Until resume(): a read begun before a write must not overwrite what the write brought back. */
  pause() {
    this.#active = false;
    this.#halt();
  }

  resume() {
    this.#active = true;
    return this.now();
  }

  /** Runs at once; a run under way is given up, it may know less than the caller. */
  async now() {
    this.#halt();
    if (!this.#active) {
      return;
    }
    const mine = (this.#running = new AbortController());
    try {
      await this.#task(mine.signal);
      this.#failures = 0;
    } catch (failure) {
      this.#failures++;
      if (!(failure instanceof ApiError) && failure.name !== 'AbortError') {
        reportError(failure); // a mistake of ours belongs in the console, not under the carpet
      }
    }
    if (this.#running === mine) {
      this.#running = null;
      const wait = Math.min(this.#everyMs * 2 ** this.#failures, Math.max(SLOWEST_MS, this.#everyMs));
      this.#timer = document.hidden ? null : setTimeout(() => this.now(), wait);
    }
  }

  #halt() {
    clearTimeout(this.#timer);
    this.#running?.abort();
    this.#running = null;
  }
}
