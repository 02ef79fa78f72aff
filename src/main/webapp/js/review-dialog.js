/** The review as a dialog over the inbox. The browser's own <dialog>: it keeps the focus inside, and Esc closes it. */
import { h } from './dom.js';
import { addresses } from './parts.js';
import { Review } from './review.js';
import { buildName, t } from './texts.js';

/**
 * Reviews of the gates in the lists of a page, one at a time.
 *
 * @param {import('./app.js').Context} context
 * @param {HTMLElement} page where the lists are and the dialog goes, for the styles
 * @param {object} options
 * @param {() => void} options.onDecided
 * @param {HTMLElement} options.heading has the focus afterwards if the gate has left the page with the decision
 */
export function reviewer(context, page, { onDecided, heading }) {
  let dialog = null;
  return {
    open(gate) {
      dialog = openReview(context, gate, page, {
        onDecided,
        onClose: () => {
          dialog = null;
          const again = [...page.querySelectorAll('[data-testid=review-button]')]
            .find(button => button.dataset.gateId === gate.id && button.checkVisibility());
          (again ?? heading).focus();
        },
      });
    },
    close: () => dialog?.close(),
  };
}

/**
 * @param {import('./app.js').Context} context
 * @param {import('./shapes.js').GateRow} gate
 * @param {HTMLElement} within
 * @param {{onDecided(): void, onClose(): void}} listeners onClose has to bring the focus back
 */
function openReview(context, gate, within, { onDecided, onClose }) {
  const review = new Review(context, gate.id, { onDecided });
  // the title has the focus first: a screen reader reads it, and no button is one careless key away
  const title = h('h2', { id: 'ag-review-title', tabindex: -1, autofocus: true }, gate.environment,
    h('span', { class: 'ag-quiet' }, ` ${buildName(gate)}`));
  const close = h('button', {
    type: 'button', class: 'jenkins-button ag-button ag-close', 'aria-label': t('review.close'), on: { click: () => dialog.close() },
  }, '✕');
  const dialog = h('dialog', { class: 'ag-dialog', 'aria-labelledby': title.id, 'data-testid': 'review-dialog' },
    h('div', { class: 'ag-dialog-title' },
      title, h('a', { href: addresses(context.root).gate(gate.id), class: 'ag-own-page' }, t('review.ownPage')), close),
    h('div', { class: 'ag-dialog-body' }, review.element));
  dialog.addEventListener('close', () => {
    review.stop();
    dialog.remove();
    onClose();
  });
  within.append(dialog);
  dialog.showModal();
  review.start();
  return dialog;
}
