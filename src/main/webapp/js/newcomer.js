/** What the inbox shows while nobody has used a gate yet. */
import { h } from './dom.js';
import { addresses } from './parts.js';
import { texts } from './texts.js';

export function newcomer(root) {
  const { newcomer: say } = texts;
  const [before, word, after] = say.define;
  return h('section', { class: 'ag-newcomer', 'data-testid': 'empty', hidden: true },
    h('span', { class: 'ag-newcomer-icon', 'aria-hidden': 'true' }),
    h('h2', {}, say.title),
    h('p', {}, say.intro),
    h('ol', {},
      h('li', {}, before, h('a', { href: addresses(root).environments }, word), after),
      h('li', {}, say.step, h('pre', {}, h('code', {}, say.snippet))),
      h('li', {}, say.done)));
}
