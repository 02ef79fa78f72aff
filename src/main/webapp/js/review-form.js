/** A form of a review: it sends what its buttons say, once at a time, and says beside them what went wrong. */
import { h } from './dom.js';

/**
 * What became of something that was sent.
 * @typedef {{recorded: boolean, said?: string, problem?: string}} Sent `said` is what happens next, `problem` why it was not
 *     recorded, '' where that is told elsewhere; both for the reader
 */

/**
 * Enter in a field must never decide: no button submits.
 *
 * @param {HTMLButtonElement[]} buttons
 * @param {...unknown} content above them
 */
export function sendingForm(buttons, ...content) {
  const problem = h('p', { class: 'ag-error', role: 'alert', 'data-testid': 'form-error' });
  const element = h('form', { class: 'ag-form', novalidate: true, on: { submit: event => event.preventDefault() } },
    content, h('div', {}, h('div', { class: 'ag-buttons' }, buttons), problem));
  let busy = false;

  /** @param {() => Promise<Sent>} task  @returns {Promise<boolean>} whether it was recorded */
  async function send(task) {
    if (busy) {
      return false; // the second click of two
    }
    mark(true);
    problem.textContent = '';
    try {
      const sent = await task();
      problem.textContent = sent.problem ?? '';
      return sent.recorded;
    } finally {
      mark(false);
    }
  }

  /** Not `disabled`: a button that is loses the focus. */
  function mark(yes) {
    busy = yes;
    element.setAttribute('aria-busy', yes);
    buttons.forEach(button => button.setAttribute('aria-disabled', yes));
  }
  return { element, send };
}
