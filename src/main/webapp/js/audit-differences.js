/** What a line about the configuration says: what kind of change it was, where it came from, and what differs. */
import { h } from './dom.js';
import { plural, t, wordFor } from './texts.js';

/** What belongs into the sentence: "changed an environment: added (configuration as code)". */
export function changeWords({ data: { change, source } }) {
  return [
    change && `: ${wordFor(`audit.change.${change}`, change)}`,
    source && ` (${wordFor(`audit.source.${source}`, source)})`,
  ];
}

/** Place by place, to be unfolded; null where nothing differs. */
export function differences({ controller, seq, data: { differences: found = [] } }) {
  if (found.length === 0) {
    return null;
  }
  return h('details', { class: 'ag-differences', 'data-testid': 'differences' },
    h('summary', { 'data-focus': `differences ${controller} ${seq}` }, plural('audit.differences', found.length)),
    h('dl', {}, found.map(({ path, before, after }) => [
      h('dt', {}, path),
      before !== null && h('dd', {}, h('span', { class: 'ag-quiet' }, `${t('audit.before')} `), h('del', {}, before)),
      after !== null && h('dd', {}, h('span', { class: 'ag-quiet' }, `${t('audit.now')} `), h('ins', {}, after)),
    ])));
}
