/** The page of one gate: where mails and build logs lead. */
import { h } from './dom.js';
import { addresses, pageBar } from './parts.js';
import { Review } from './review.js';
import { buildName, statusName, t } from './texts.js';

/** @param {import('./app.js').Context} context */
export function gatePage(context) {
  const heading = h('h2', { class: 'ag-gate-title' });
  const review = new Review(context, context.gateId, {
    onGate: gate => {
      const build = buildName(gate);
      if (!heading.hasChildNodes()) {
        heading.append(gate.environment, h('span', { class: 'ag-quiet' }, ` ${build}`));
      }
      document.title = `${statusName(gate.status)}: ${gate.environment} – ${build}`;
    },
  });
  const back = h('p', {}, h('a', { href: addresses(context.root).inbox }, `← ${t('review.back')}`));
  return {
    element: h('div', { class: 'ag-page' }, pageBar(context.root, t('inbox.title')), back, heading, review.element),
    start: () => review.start(),
    stop: () => review.stop(),
  };
}
