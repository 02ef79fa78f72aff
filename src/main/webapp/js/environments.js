/** The approval matrix: who may let a build into which environment, and under which conditions. */
import { ApiError } from './api.js';
import { h } from './dom.js';
import { approverList, branchNames, conditionList, moreToRead, orderName } from './environment-parts.js';
import { KeyedList } from './keyed-list.js';
import { addresses, button, cell, notice, pageBar, table } from './parts.js';
import { Poller } from './poll.js';
import { save } from './save.js';
import { style } from './style.js';
import { list, plural, t } from './texts.js';
import { durationText } from './time.js';

await style('environment');

const COLUMNS = [
  'environments.name', 'environments.stage', 'environments.branch', 'environments.approvers', 'environments.criteria',
  'environments.sla', 'environments.timeout', 'environments.open',
];
const REFRESH_MS = 30_000;

/** @param {import('./app.js').Context} context */
export function environmentsPage({ api, root }) {
  const trouble = notice('page-message');
  const { element: matrix, body } = table(COLUMNS, { label: t('environments.matrix'), class: 'ag-matrix', hidden: true });
  const rows = new KeyedList(body, ({ name }) => name, environment => row(environment, root));
  const empty = h('p', { class: 'ag-empty', 'data-testid': 'empty' }, t('common.loading'));
  const csv = button(t('environments.csv'), { hidden: true, 'data-testid': 'matrix-csv', on: { click: download } });
  const poller = new Poller(load, REFRESH_MS);

  async function download() {
    csv.disabled = true;
    try {
      save('approval-matrix.csv', await api.file('environments', { format: 'csv' }));
      trouble.say('');
    } catch (failure) {
      if (!(failure instanceof ApiError)) {
        throw failure;
      }
      trouble.say(failure.message, 'error');
    } finally {
      csv.disabled = false;
    }
  }

  async function load(signal) {
    try {
      const { environments } = await api.get('environments', {}, signal);
      rows.update(environments);
      matrix.hidden = environments.length === 0;
      csv.hidden = matrix.hidden;
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
    element: h('div', { class: 'ag-page' }, pageBar(root, t('environments.title'), 'environments'),
      h('div', { class: 'ag-matrix-bar' }, h('p', { class: 'ag-quiet' }, t('environments.intro')), csv), trouble.element, empty, matrix),
    start: () => poller.start(),
    stop: () => poller.stop(),
  };
}

function row(environment, root) {
  const { name, description, stages, branches, order, minimum, sla, timeout, open } = environment;
  const own = h('a', { href: addresses(root).environment(name), class: 'ag-strong', 'data-focus': `name ${name}` }, name);
  const openGates = open > 0 ? h('a', { href: `${addresses(root).inbox}?environment=${encodeURIComponent(name)}` }, plural('environments.openGates', open)) : t('common.none');
  return h('tr', { role: 'row', 'data-testid': 'environment-row', 'data-environment': name },
    cell('environments.name', own, description),
    cell('environments.stage', stages.length > 0 ? list(stages) : t('common.none')),
    cell('environments.branch', branchNames(branches)),
    cell('environments.approvers', orderName(order, minimum), approverList(environment)),
    cell('environments.criteria', conditionList(environment), environment.requesterMayApprove ? t('environments.requesterMay') : t('environments.requesterMayNot'),
      environment.commentRequired && t('environments.commentRequired'), moreToRead(environment)),
    cell('environments.sla', sla ? durationText(sla) : t('common.none')),
    cell('environments.timeout', durationText(timeout)),
    cell('environments.open', openGates));
}
