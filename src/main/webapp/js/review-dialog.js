/**
 * The review as a dialog over a list. The browser's own <dialog>: it keeps the focus inside, and Esc closes it. Small, as
 * every list has it; the review itself is loaded when the first one is opened.
 */
import { h } from './dom.js';
import { addresses } from './parts.js';
import { buildName, httpErrorText, t } from './texts.js';

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
  let review = null;
  // the title has the focus first: a screen reader reads it, and no button is one careless key away
  const title = h('h2', { id: 'ag-review-title', tabindex: -1, autofocus: true }, gate.environment,
    h('span', { class: 'ag-quiet' }, ` ${buildName(gate)}`));
  const close = h('button', {
    type: 'button', class: 'jenkins-button ag-button ag-close', 'aria-label': t('review.close'), on: { click: () => dialog.close() },
  }, '✕');
  const body = h('div', { class: 'ag-dialog-body', 'aria-busy': 'true' });
  const dialog = h('dialog', { class: 'ag-dialog', 'aria-labelledby': title.id, 'data-testid': 'review-dialog' },
    h('div', { class: 'ag-dialog-title' },
      title, h('a', { href: addresses(context.root).gate(gate.id), class: 'ag-own-page' }, t('review.ownPage')), close),
    body);
  dialog.addEventListener('close', () => {
    review?.stop();
    dialog.remove();
    onClose();
  });
  within.append(dialog);
  dialog.showModal();
  load();
  return dialog;

  async function load() {
    const loaded = await import('./review.js').catch(() => null);
    body.removeAttribute('aria-busy');
    if (!dialog.isConnected) {
      return; // closed meanwhile
    }
    if (!loaded) {
      body.append(h('p', { class: 'ag-notice', role: 'alert', 'data-kind': 'error', 'data-testid': 'message' }, httpErrorText(0)));
      return;
    }
    review = new loaded.Review(context, gate.id, { onDecided });
    body.append(review.element);
    review.start();
  }
}
