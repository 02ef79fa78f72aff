/** What the inbox shows while nobody has used a gate yet. */
import { h } from './dom.js';
import { addresses } from './parts.js';
import { style } from './style.js';
import { pieces, t } from './texts.js';

await style('inbox');

const SNIPPET = "approvalGate('production-deployment')";

export function newcomer(root) {
  return h('section', { class: 'ag-newcomer', 'data-testid': 'empty' },
    h('span', { class: 'ag-newcomer-icon', 'aria-hidden': 'true' }),
    h('h2', {}, t('newcomer.title')),
    h('p', {}, t('newcomer.intro')),
    h('ol', {},
      h('li', {}, pieces('newcomer.define', h('a', { href: addresses(root).environments }, t('newcomer.environment')))),
      h('li', {}, t('newcomer.step'), h('pre', {}, h('code', {}, SNIPPET))),
      h('li', {}, t('newcomer.done'))));
}
