/** The approval matrix: who may let a build into which environment, and under which conditions. */
import { ApiError } from './api.js';
import { h } from './dom.js';
import { approverList, conditionList, moreToRead, orderName } from './environment-parts.js';
import { KeyedList } from './keyed-list.js';
import { addresses, cell, notice, pageBar, table } from './parts.js';
import { Poller } from './poll.js';
import { plural, t } from './texts.js';
import { durationText } from './time.js';

const COLUMNS = ['environments.name', 'environments.approvers', 'environments.conditions', 'environments.times', 'environments.open'];
const REFRESH_MS = 30_000;

/** @param {import('./app.js').Context} context */
export function environmentsPage({ api, root }) {
  const trouble = notice('page-message');
  const { element: matrix, body } = table(COLUMNS, { label: t('environments.title'), hidden: true });
  const rows = new KeyedList(body, ({ name }) => name, environment => row(environment, root));
  const empty = h('p', { class: 'ag-empty', 'data-testid': 'empty' }, t('common.loading'));
  const poller = new Poller(load, REFRESH_MS);

  async function load(signal) {
    try {
      const { environments } = await api.get('environments', {}, signal);
      rows.update(environments);
      matrix.hidden = environments.length === 0;
      empty.hidden = environments.length > 0;
      empty.textContent = t('environments.empty');
      trouble.say('');
    } catch (failure) {
      if (failure instanceof ApiError) {
        empty.hidden = true;
        trouble.say(failure.message, 'error');
      }
      throw failure;
    }
  }

  return {
    element: h('div', { class: 'ag-page' }, pageBar(root, t('environments.title'), 'environments'), trouble.element, empty, matrix),
    start: () => poller.start(),
    stop: () => poller.stop(),
  };
}

function row(environment, root) {
  const { name, description, order, minimum, open } = environment;
  const own = h('a', { href: addresses(root).environment(name), class: 'ag-strong', 'data-focus': `name ${name}` }, name);
  const openGates = open > 0 ? h('a', { href: `${addresses(root).inbox}?environment=${encodeURIComponent(name)}` }, plural('environments.openGates', open)) : t('common.none');
  return h('tr', { role: 'row', 'data-testid': 'environment-row', 'data-environment': name },
    cell('environments.name', own, description),
    cell('environments.approvers', orderName(order, minimum), approverList(environment)),
    cell('environments.conditions', conditionList(environment), environment.requesterMayApprove ? t('environments.requesterMay') : t('environments.requesterMayNot'), moreToRead(environment)),
    cell('environments.times', environment.sla ? t('environments.sla', durationText(environment.sla)) : t('environments.noSla'), t('environments.timeout', durationText(environment.timeout))),
    cell('environments.open', openGates));
}
