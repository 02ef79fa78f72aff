/**
 * The page of one gate: where mails and build logs lead. With ?decide=approve or ?decide=reject it is the page that
 * confirms: the form in sight, and nothing decided before the reader clicks.
 */
import { h } from './dom.js';
import { addresses, pageBar } from './parts.js';
import { Review } from './review.js';
import { buildName, statusName, t } from './texts.js';

/** @param {import('./app.js').Context} context */
export function gatePage(context) {
  const heading = h('h2', { class: 'ag-gate-title' });
  const review = new Review(context, context.gateId, {
    decide: new URLSearchParams(window.location.search).get('decide') ?? '',
    onGate: gate => {
      const build = buildName(gate);
      if (!heading.hasChildNodes()) {
        heading.append(gate.environment, h('span', { class: 'ag-quiet' }, ` ${build}`));
      }
      document.title = `${statusName(gate.status)}: ${gate.environment} – ${build}`;
    },
    // loaded again, the page has nothing to confirm any more
    onDecided: () => window.history.replaceState(null, '', window.location.pathname),
  });
  const back = h('p', {}, h('a', { href: addresses(context.root).inbox }, `← ${t('review.back')}`));
  return {
    element: h('div', { class: 'ag-page' }, pageBar(context.root, t('inbox.title')), back, heading, review.element),
    start: () => review.start(),
    stop: () => review.stop(),
  };
}
