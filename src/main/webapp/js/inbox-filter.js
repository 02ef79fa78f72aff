/** The inbox's filter. It lives in the address, so that a filtered inbox can be bookmarked and sent to a colleague. */
import { h } from './dom.js';
import { t } from './texts.js';

const TYPING_PAUSE_MS = 300;

/**
 * @param {import('./api.js').Api} api
 * @param {() => void} onChange
 */
export function inboxFilter(api, onChange) {
  const query = new URLSearchParams(location.search);
  const environment = h('select', { class: 'jenkins-select__input ag-input', id: 'ag-environment', 'data-testid': 'filter-environment' });
  const job = h('input', { class: 'jenkins-input ag-input', id: 'ag-job', type: 'search', autocomplete: 'off', spellcheck: 'false', 'data-testid': 'filter-job' });
  const values = () => ({ environment: environment.value, job: job.value.trim() });
  let typing = null;

  /** An environment in the address that is gone meanwhile stays choosable, else the filter would lie. */
  function offer(names) {
    const chosen = environment.value || query.get('environment') || '';
    const all = [...new Set([...names, ...(chosen ? [chosen] : [])])].sort((a, b) => a.localeCompare(b));
    environment.replaceChildren(h('option', { value: '' }, t('inbox.anyEnvironment')), ...all.map(name => h('option', { value: name }, name)));
    environment.value = chosen;
  }

  function changed() {
    clearTimeout(typing);
    const address = new URL(location.href);
    for (const [name, value] of Object.entries(values())) {
      value ? address.searchParams.set(name, value) : address.searchParams.delete(name);
    }
    history.replaceState(history.state, '', address);
    onChange();
  }

  offer([]);
  job.value = query.get('job') ?? '';
  environment.addEventListener('change', changed);
  job.addEventListener('input', () => {
    clearTimeout(typing);
    typing = setTimeout(changed, TYPING_PAUSE_MS);
  });

  return {
    element: h('search', { class: 'ag-filter', 'aria-label': t('inbox.filter') },
      h('div', {}, h('label', { for: environment.id }, t('inbox.environment')), h('div', { class: 'jenkins-select' }, environment)),
      h('div', {}, h('label', { for: job.id }, t('inbox.job')), job)),
    values,
    isActive: () => Object.values(values()).some(Boolean),
    clear: () => {
      environment.value = job.value = '';
      query.delete('environment');
      environment.focus();
      changed();
    },
    /** A filter without suggestions is better than no inbox: a failure here is not shown. */
    loadEnvironments: () => api.get('environments').then(({ environments }) => offer(environments.map(({ name }) => name)), () => {}),
  };
}
