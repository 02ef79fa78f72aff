/**
 * Who looks at the pages. Runs before every other module, so that their first request already has a name to it; when
 * another one is picked, here or in another tab, it tells them with `approvalgate:identity`.
 */
import { h } from '/assets/js/dom.js';

const KEY = 'approval-gate-preview-persona';
const FIRST = 'ml-engineer-1';

export const persona = () => localStorage.getItem(KEY) ?? FIRST;

function become(id) {
  const { dataset } = document.documentElement;
  if (id) {
    dataset.authorization = `Basic ${btoa(`${id}:`)}`;
  } else {
    delete dataset.authorization;
  }
  const place = document.getElementById('approval-gate');
  if (place) {
    place.dataset.user = id;
  }
}

function changed() {
  become(persona());
  picker.value = persona();
  document.dispatchEvent(new Event('approvalgate:identity'));
}

const option = (id, text) => h('option', { value: id, selected: id === persona() }, text);

const picker = document.getElementById('persona');
become(persona());
picker.addEventListener('change', () => {
  localStorage.setItem(KEY, picker.value);
  changed();
});
window.addEventListener('storage', ({ key }) => key === KEY && changed());

picker.append(option(persona(), persona() || 'nobody'));
const { accounts } = await (await fetch('/preview/accounts')).json();
picker.replaceChildren(...accounts.map(({ id, role }) => option(id, `${id} (${role})`)), option('', 'nobody (not signed in)'));
picker.value = persona();
