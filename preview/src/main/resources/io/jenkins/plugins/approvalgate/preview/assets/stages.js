/** A run as a row of stages; the stage that waits leads to its gate. */
import { h } from '/assets/js/dom.js';

const WORDS = {
  SUCCESS: 'done', FAILURE: 'failed', ABORTED: 'aborted', WAITING: 'waiting', RUNNING: 'running', NOT_BUILT: 'not begun',
};

export function stages(run) {
  return h('ol', { class: 'pv-stages', 'aria-label': `Stages of ${run.run}` }, run.stages.map(({ name, status, gate }) =>
    h('li', { 'data-status': status, 'data-testid': 'stage', 'data-stage': name },
      h('span', {}, name),
      gate ? h('a', { href: `/approvals/gates/${gate}/` }, WORDS[status]) : h('span', { class: 'pv-quiet' }, WORDS[status]))));
}

export function statusOf(run) {
  return h('span', { class: 'pv-status', 'data-status': run.status, 'data-testid': 'run-status' }, run.status);
}
