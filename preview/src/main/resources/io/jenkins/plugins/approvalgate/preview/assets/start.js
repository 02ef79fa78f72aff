/** The start page: runs and the clock. */
import { h } from '/assets/js/dom.js';
import { KeyedList } from '/assets/js/keyed-list.js';
import { Poller } from '/assets/js/poll.js';
import { ask, attempt } from '/assets/preview/preview-api.js';
import { stages, statusOf } from '/assets/preview/stages.js';

const REFRESH_MS = 2_000;
const STARTER = 'developer-1';

const now = document.getElementById('now');
const empty = h('p', { class: 'pv-empty' }, 'No run yet. Start one on a branch above.');
const list = h('div', { class: 'pv-runs' });
document.getElementById('runs').append(empty, list);
const rows = new KeyedList(list, ({ run }) => run, run => h('article', { class: 'pv-run', 'data-testid': 'run', 'data-run': run.run },
  h('div', { class: 'pv-run-title' },
    h('a', { href: `/mlops/${run.number}/` }, run.run),
    h('span', { class: 'pv-quiet' }, `${run.branch}, started by ${run.user}`),
    statusOf(run)),
  stages(run)));

const poller = new Poller(async () => {
  const [{ runs }, clock] = await Promise.all([ask('runs'), ask('clock')]);
  rows.update(runs);
  empty.hidden = runs.length > 0;
  now.textContent = new Date(clock.now).toLocaleString(undefined, { dateStyle: 'full', timeStyle: 'short', timeZone: 'UTC' }) + ' UTC';
}, REFRESH_MS);
poller.start();

function onButtons(id, action) {
  document.getElementById(id).addEventListener('click', ({ target }) => {
    const button = target.closest('button');
    if (button) {
      attempt(() => action(button.dataset)).then(() => poller.now());
    }
  });
}

onButtons('branches', ({ branch }) => ask('runs', { pipeline: 'mlops', branch, user: STARTER }));
onButtons('advance', ({ advance }) => ask('clock', { advance }));
