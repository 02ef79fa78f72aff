/** How far the search is, while it is behind: since when, why, and how it comes nearer. */
import { h } from './dom.js';
import { Poller } from './poll.js';
import { pieces, plural, t } from './texts.js';
import { timeAgo } from './time.js';

const OFTEN_MS = 1_000;
const SELDOM_MS = 10_000;

/** @param {import('./api.js').Api} api */
export function indexLine(api) {
  const words = h('p', { role: 'status', 'data-testid': 'index-state' });
  const bar = h('progress', { 'aria-label': t('audit.progress'), 'data-testid': 'index-progress' });
  const element = h('div', { class: 'ag-index-line', hidden: true }, words, bar);
  const seldom = new Poller(look, SELDOM_MS);
  const often = new Poller(look, OFTEN_MS);
  let hurried = false;
  let controller = null;

  async function look(signal) {
    show(await api.get('audit/index', {}, signal));
  }

  function show(state) {
    controller = state.controller;
    const { seq, journalSeq, behind, since, problem } = state;
    const works = behind > 0 && !problem;
    const telling = Boolean(problem) || (behind > 0 && Boolean(since));
    element.hidden = !telling;
    bar.hidden = !works;
    bar.max = Math.max(1, journalSeq);
    bar.value = seq;
    if (telling) {
      words.replaceChildren(...sentence(behind, since, problem));
    }
    hurry(telling && works);
  }

  /** Somebody who sees a bar wants to see it move. */
  function hurry(wanted) {
    if (wanted !== hurried) {
      hurried = wanted;
      wanted ? often.start() : often.stop();
    }
  }

  return {
    element,
    show,
    controller: () => controller,
    start: () => seldom.start(),
    stop: () => {
      seldom.stop();
      often.stop();
    },
  };
}

function sentence(behind, since, problem) {
  const lines = plural('audit.behind', behind);
  const from = since ? pieces('audit.behindSince', lines, timeAgo(since)) : [lines];
  return problem ? [...from, ': ', problem] : [...from, '. ', t('audit.catchingUp')];
}
