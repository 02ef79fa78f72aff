/** Who holds an environment's lock, and who waits for it. */
import { h, link } from './dom.js';
import { environmentTexts } from './environment-texts.js';
import { addresses } from './parts.js';
import { texts } from './texts.js';
import { sinceInFull } from './time.js';

const say = environmentTexts.lockState;

/** @param {NonNullable<import('./shapes.js').Environment['lockState']>} lockState  @param {string} root */
export function lockState({ holder, waiting }, root) {
  return h('div', { class: 'ag-lock', 'data-testid': 'lock' },
    h('p', {}, holder ? [who(holder, root), say.holds, sinceInFull(holder.since), '.'] : say.free),
    h('h3', {}, say.waiting),
    waiting.length > 0
      ? h('ol', { class: 'ag-approver-names' }, waiting.map(user => h('li', {}, who(user, root), say.asked, sinceInFull(user.requestedAt))))
      : h('p', { class: 'ag-quiet' }, say.nobody));
}

/** Which build, without what a reader may not see. */
function who({ hidden, gate, job, build, buildUrl }, root) {
  if (hidden) {
    return say.hidden;
  }
  const to = addresses(root);
  return [
    link(texts.row.build_(job, build), buildUrl, { base: to.base, class: 'ag-strong' }), ' (',
    h('a', { href: to.gate(gate), 'data-focus': `lock ${gate}`, 'aria-label': texts.row.gateOf(job, build) }, say.gate), ')',
  ];
}
