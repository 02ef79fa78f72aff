/** Which keys the inbox knows, and the switch that turns them off. */
import { h } from './dom.js';
import { keysAreOn, switchKeys } from './inbox-keys.js';
import { style } from './style.js';
import { t } from './texts.js';

await style('inbox');

const KEYS = [
  [['j', 'k', '↓', '↑'], 'keys.move'], [['Enter'], 'keys.review'], [['x', t('keys.space')], 'keys.pick'], [['/'], 'keys.filter'], [['?'], 'keys.help'],
];

/** @param {HTMLElement} within where it goes, for the styles */
export function showKeys(within) {
  const before = document.activeElement;
  const title = h('h2', { id: 'ag-keys-title', tabindex: -1, autofocus: true }, t('keys.title'));
  const on = h('input', { type: 'checkbox', id: 'ag-keys-on', on: { change: () => switchKeys(on.checked) } });
  on.checked = keysAreOn();
  const close = h('button', {
    type: 'button', class: 'jenkins-button ag-button ag-close', 'aria-label': t('review.close'), on: { click: () => dialog.close() },
  }, '✕');
  const dialog = h('dialog', { class: 'ag-dialog ag-keys', 'aria-labelledby': title.id, 'data-testid': 'keys' },
    h('div', { class: 'ag-dialog-title' }, title, close),
    h('div', { class: 'ag-dialog-body' },
      h('dl', {}, KEYS.map(([keys, what]) => h('div', {}, h('dt', {}, keys.map(key => h('kbd', {}, key))), h('dd', {}, t(what))))),
      h('div', { class: 'jenkins-checkbox ag-checkbox' }, on, h('label', { for: on.id }, t('keys.on')))));
  dialog.addEventListener('close', () => {
    dialog.remove();
    before.focus();
  });
  within.append(dialog);
  dialog.showModal();
}
