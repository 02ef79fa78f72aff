/** The page of one environment: its rules, who holds its lock, what is open, and what would happen to whom. */
import { ApiError, environmentPath } from './api.js';
import { h, live } from './dom.js';
import { approverList, conditionList, moreToRead, orderName } from './environment-parts.js';
import { explainSection } from './explain.js';
import { InboxSection } from './inbox-section.js';
import { lockState } from './lock-state.js';
import { addresses, facts, notice, pageBar } from './parts.js';
import { Poller } from './poll.js';
import { reviewer } from './review-dialog.js';
import { t } from './texts.js';
import { durationText } from './time.js';

const REFRESH_MS = 5_000;
const SUGGESTIONS = 50;

/** @param {import('./app.js').Context} context */
export function environmentPage(context) {
  const { api, root, environment: name } = context;
  const to = addresses(root);
  const trouble = notice('page-message');
  const parts = [
    live(({ description }) => description, ({ description }) => description && h('p', {}, description)),
    live(rulesShare, rules),
    live(({ lockState: state }) => state, ({ lockState: state }) => state && h('section', { class: 'ag-section' },
      h('h2', {}, t('lockState.title')), lockState(state, root))),
  ];
  const gates = new InboxSection('open', { root, title: t('environment.openGates'), onReview: gate => reviews.open(gate), onMore: () => {}, onClearFilter: () => {} });
  const explain = explainSection(context);
  const closed = h('p', {}, h('a', { href: `${to.inbox}?environment=${encodeURIComponent(name)}` }, t('environment.closedGates')));
  const content = h('div', { class: 'ag-environment', hidden: true }, parts.map(({ element }) => element), gates.element, closed, explain.element);
  const element = h('div', { class: 'ag-page', 'aria-busy': 'true' },
    pageBar(root, t('environments.title'), 'environments'),
    h('p', {}, h('a', { href: to.environments }, `← ${t('environment.all')}`)),
    h('h2', { class: 'ag-gate-title' }, name), trouble.element, content);
  const reviews = reviewer(context, element, { onDecided: () => poller.now(), heading: gates.heading });
  const poller = new Poller(load, REFRESH_MS);

  async function load(signal) {
    try {
      const environment = await api.get(environmentPath(name), {}, signal);
      const first = content.hidden;
      content.hidden = false;
      parts.forEach(part => part.update(environment));
      gates.show(environment.gates, null, false);
      trouble.say('');
      if (first) {
        document.title = `${name} – ${t('environments.title')}`;
        explain.start();
        suggest(environment.gates);
      }
    } catch (failure) {
      if (failure instanceof ApiError) {
        trouble.say(failure.message, 'error');
      }
      throw failure;
    } finally {
      element.removeAttribute('aria-busy');
    }
  }

  /** What was here before helps to fill the form; without it, it is filled all the same. */
  async function suggest(open) {
    const { gates: ended } = await api.get('gates', { scope: 'closed', environment: name, limit: SUGGESTIONS }).catch(() => ({ gates: [] }));
    explain.suggest([...open, ...ended]);
  }

  return {
    element,
    start: () => poller.start(),
    stop: () => {
      poller.stop();
      reviews.close();
    },
  };
}

const rulesShare = ({ gates, open, lockState: state, ...rules_ }) => rules_;

/** @param {import('./shapes.js').Environment} environment */
function rules(environment) {
  const { order, minimum, requesterMayApprove, checks = [], lock, timeout, sla } = environment;
  return h('section', { class: 'ag-section' },
    h('h2', {}, t('environment.rules')),
    facts([
      [t('environment.approvers'), orderName(order, minimum), approverList(environment, true)],
      [t('environment.requester'), requesterMayApprove ? t('environment.may') : t('environment.mayNot')],
      [t('environment.answer'), sla && t('environment.within', durationText(sla))],
      [t('environment.timeout'), t('environment.after', durationText(timeout))],
      [t('environment.checks'), checks.length || lock ? conditionList(environment) : t('environment.noChecks')],
    ]),
    moreToRead(environment));
}
