/** The page of one environment: its rules, who holds its lock, what is open, and what would happen to whom. */
import { ApiError, environmentPath } from './api.js';
import { h, live } from './dom.js';
import { rules, rulesShare } from './environment-rules.js';
import { explainSection } from './explain.js';
import { figuresSection } from './figures.js';
import { InboxSection } from './inbox-section.js';
import { lockState } from './lock-state.js';
import { addresses, notice, pageBar } from './parts.js';
import { Poller } from './poll.js';
import { reviewer } from './review-dialog.js';
import { style } from './style.js';
import { t } from './texts.js';

await style('environment');

const REFRESH_MS = 5_000;
const SUGGESTIONS = 50;
const CLOSED_SHOWN = 5;

/** @param {import('./app.js').Context} context */
export function environmentPage(context) {
  const { api, root, environment: name } = context;
  const to = addresses(root);
  const trouble = notice('page-message');
  const parts = [
    live(({ description }) => description, ({ description }) => description && h('p', {}, description)),
    live(({ configureUrl: url }) => url, ({ configureUrl: url }) => url && h('p', {}, h('a', { href: `${to.base}${url}`, 'data-testid': 'configure' }, t('environment.configure')))),
    live(rulesShare, rules),
    live(({ lockState: state }) => state, ({ lockState: state }) => state && h('section', { class: 'ag-section' },
      h('h2', {}, t('lockState.title')), lockState(state, root))),
  ];
  const section = (scope, title) => new InboxSection(scope, { root, title, onReview: gate => reviews.open(gate), onMore: () => content.hidden || poller.now(), onClearFilter: () => {} });
  const gates = section('open', t('environment.openGates'));
  const closed = section('closed', t('environment.closedGates'));
  const more = h('p', { hidden: true }, h('a', { href: `${to.inbox}?environment=${encodeURIComponent(name)}`, 'data-testid': 'more-closed' }, t('environment.moreClosed')));
  closed.element.append(more);
  closed.open(true);
  const figures = figuresSection();
  const explain = explainSection(context);
  const content = h('div', { class: 'ag-environment', hidden: true }, parts.map(({ element }) => element), gates.element, closed.element, figures.element, explain.element);
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
      figures.update(environment.figures);
      await history(signal);
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

  async function history(signal) {
    if (closed.isOpen) {
      const { gates: ended, next } = await api.get('gates', { scope: 'closed', environment: name, limit: CLOSED_SHOWN }, signal);
      closed.show(ended, null, false);
      more.hidden = !next;
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
      figures.stop();
      reviews.close();
    },
  };
}
