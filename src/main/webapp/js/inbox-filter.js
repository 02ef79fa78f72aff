/** The inbox's filter. It lives in the address, so that a filtered inbox can be bookmarked and sent to a colleague. */
import { h } from './dom.js';
import { button } from './parts.js';
import { t } from './texts.js';

const TYPING_PAUSE_MS = 300;

/** Fields in which a part of the word is enough. */
const WRITTEN = ['job', 'stage', 'requestedBy'];

/** @param {() => void} onChange */
export function inboxFilter(onChange) {
  const query = new URLSearchParams(location.search);
  const environment = h('select', { class: 'jenkins-select__input ag-input', id: 'ag-environment', 'data-testid': 'filter-environment' });
  const written = Object.fromEntries(WRITTEN.map(name => [name, h('input', {
    class: 'jenkins-input ag-input', id: `ag-${name}`, type: 'search', autocomplete: 'off', spellcheck: 'false', 'data-testid': `filter-${name}`,
    on: { input: typed },
  })]));
  const overdue = h('input', { type: 'checkbox', id: 'ag-overdue', 'data-testid': 'filter-overdue', on: { change: changed } });
  const clearButton = button(t('inbox.clearFilter'), { class: 'ag-clear', 'data-testid': 'filter-clear', on: { click: clear } });
  let typing = null;

  const values = () => ({
    environment: environment.value,
    ...Object.fromEntries(WRITTEN.map(name => [name, written[name].value.trim()])),
    overdue: overdue.checked ? 'true' : '',
  });

  const isActive = () => Object.values(values()).some(Boolean);

  /** An environment in the address that is gone meanwhile stays choosable, else the filter would lie. */
  function offer(names) {
    const chosen = environment.value || query.get('environment') || '';
    const all = [...new Set([...names, ...(chosen ? [chosen] : [])])].sort((a, b) => a.localeCompare(b));
    environment.replaceChildren(h('option', { value: '' }, t('inbox.anyEnvironment')), ...all.map(name => h('option', { value: name }, name)));
    environment.value = chosen;
  }

  function typed() {
    clearTimeout(typing);
    typing = setTimeout(changed, TYPING_PAUSE_MS);
  }

  function changed() {
    clearTimeout(typing);
    const address = new URL(location.href);
    for (const [name, value] of Object.entries(values())) {
      value ? address.searchParams.set(name, value) : address.searchParams.delete(name);
    }
    history.replaceState(history.state, '', address);
    clearButton.hidden = !isActive();
    onChange();
  }

  function clear() {
    query.delete('environment');
    environment.value = '';
    Object.values(written).forEach(field => { field.value = ''; });
    overdue.checked = false;
    environment.focus();
    changed();
  }

  offer([]);
  WRITTEN.forEach(name => { written[name].value = query.get(name) ?? ''; });
  overdue.checked = query.get('overdue') === 'true';
  environment.addEventListener('change', changed);
  clearButton.hidden = !isActive();

  return {
    element: h('search', { class: 'ag-filter', 'aria-label': t('inbox.filter') },
      h('div', {}, h('label', { for: environment.id }, t('inbox.environment')), h('div', { class: 'jenkins-select' }, environment)),
      WRITTEN.map(name => h('div', {}, h('label', { for: written[name].id }, t(`inbox.filter.${name}`)), written[name])),
      h('div', { class: 'jenkins-checkbox ag-checkbox' }, overdue, h('label', { for: overdue.id }, t('inbox.filter.overdue'))),
      clearButton),
    values,
    isActive,
    clear,
    offer,
    focus: () => written.job.focus(),
  };
}
