/** The page of one run: its stages and its log. */
import { h } from '/assets/js/dom.js';
import { Poller } from '/assets/js/poll.js';
import { ask, attempt } from '/assets/preview/preview-api.js';
import { stages, statusOf } from '/assets/preview/stages.js';

const REFRESH_MS = 2_000;
const ENDED = ['SUCCESS', 'FAILURE', 'ABORTED'];

const address = `runs/${encodeURIComponent(document.getElementById('run').dataset.run)}`;
const place = document.getElementById('stages');
const log = document.getElementById('log');
const abort = h('button', { type: 'button', hidden: true }, 'Abort the run');
document.getElementById('actions').append(abort);
let shown = '';

const poller = new Poller(async () => {
  const run = await ask(address);
  const version = JSON.stringify(run);
  if (version !== shown) {
    shown = version;
    place.replaceChildren(h('div', { class: 'pv-run' }, h('div', { class: 'pv-run-title' }, statusOf(run)), stages(run)));
    log.textContent = run.log.join('\n');
    abort.hidden = ENDED.includes(run.status);
  }
}, REFRESH_MS);
poller.start();

abort.addEventListener('click', () => attempt(() => ask(`${address}/abort`, {})).then(() => poller.now()));
