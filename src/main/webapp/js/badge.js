/**
 * The number in Jenkins' header: how many approvals wait for the reader. The host puts an empty, hidden element (best a
 * link to the inbox) on each page: <a id="approval-gate-badge" class="ag-header-badge" data-root="/jenkins" href="…" hidden></a>
 */
import { Api } from './api.js';
import { Poller } from './poll.js';
import { plural } from './texts.js';

const REFRESH_MS = 30_000;
const MOST = 99;

const badge = document.getElementById('approval-gate-badge');

function follow() {
  const api = new Api(badge.dataset.root ?? '');
  return new Poller(async signal => {
    // a failure leaves the last number: a header is no place for error messages, and the next try comes by itself
    const { waitingForYou } = await api.get('summary', {}, signal);
    badge.hidden = waitingForYou === 0;
    badge.textContent = waitingForYou > MOST ? `${MOST}+` : waitingForYou || '';
    badge.title = plural('badge', waitingForYou);
    badge.setAttribute('aria-label', badge.title);
  }, REFRESH_MS);
}

if (badge) {
  let poller = follow();
  poller.start();
  document.addEventListener('approvalgate:identity', () => {
    poller.stop();
    badge.hidden = true;
    poller = follow();
    poller.start();
  });
}
