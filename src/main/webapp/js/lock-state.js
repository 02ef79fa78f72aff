/** Who holds an environment's lock, and who waits for it. */
import { h, link } from './dom.js';
import { addresses } from './parts.js';
import { buildName, pieces, t } from './texts.js';
import { sinceInFull } from './time.js';


/** @param {NonNullable<import('./shapes.js').Environment['lockState']>} lockState  @param {string} root */
export function lockState({ holder, waiting }, root) {
  return h('div', { class: 'ag-lock', 'data-testid': 'lock' },
    h('p', {}, holder ? pieces('lockState.holds', who(holder, root), sinceInFull(holder.since)) : t('lockState.free')),
    h('h3', {}, t('lockState.waiting')),
    waiting.length > 0
      ? h('ol', { class: 'ag-approver-names' }, waiting.map(user => h('li', {}, pieces('lockState.asked', who(user, root), sinceInFull(user.requestedAt)))))
      : h('p', { class: 'ag-quiet' }, t('lockState.nobody')));
}

/** Which build, without what a reader may not see. */
function who({ hidden, gate, job, build, buildUrl }, root) {
  if (hidden) {
    return t('lockState.hidden');
  }
  const to = addresses(root);
  return [
    link(buildName({ job, build }), buildUrl, { base: to.base, class: 'ag-strong' }), ' (',
    h('a', { href: to.gate(gate), 'data-focus': `lock ${gate}`, 'aria-label': t('build.gate', job, build) }, t('lockState.gate')), ')',
  ];
}
