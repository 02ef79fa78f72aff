/**
 * The number in the header: how many approvals wait for the reader. The host puts an element for it on each page, best a link
 * to the inbox or a part of one, hidden while there is no number:
 * <a id="approval-gate-badge" class="ag-header-badge" data-root="/jenkins" href="…" hidden></a>
 *   data-one, data-other  the sentence for one and for more, with {0} for the number. A page that has no such attributes has the
 *                         pages' texts; one that has them brings the first number along.
 *   data-name             what a link around the element says where nothing waits
 * It is on every page of Jenkins, so it loads nothing else there, and asks nothing while nobody looks.
 */
const REFRESH_MS = 30_000;
const MOST = 99;

const badge = document.getElementById('approval-gate-badge');
let timer = null;
let asking = null;

async function sentence(n) {
  const { one, other } = badge.dataset;
  return other ? (n === 1 ? one : other).replace('{0}', n) : (await import('./texts.js')).plural('badge', n);
}

async function show(n) {
  const words = await sentence(n);
  badge.hidden = n === 0;
  badge.textContent = n > MOST ? `${MOST}+` : n || '';
  badge.setAttribute('aria-label', words);
  const link = badge.closest('a[tooltip]');
  if (link) {
    tell(link, n ? words : badge.dataset.name);
  } else {
    badge.title = words;
  }
}

/** Jenkins makes a tooltip of the attribute once, and then has its own copy of it. */
function tell(link, words) {
  if (link.getAttribute('tooltip') !== words) {
    link.setAttribute('tooltip', words);
    link._tippy?.setContent(words);
    if (link.title) {
      link.title = words;
    }
  }
}

async function ask() {
  clearTimeout(timer);
  asking?.abort();
  const mine = (asking = new AbortController());
  try {
    const { authorization } = document.documentElement.dataset; // set by the preview's account picker, never by Jenkins
    const response = await fetch(`${badge.dataset.root ?? ''}/approvals/rest/summary`, {
      cache: 'no-cache', // the browser keeps the answer and its ETag: one that did not change costs a 304
      headers: { Accept: 'application/json', ...(authorization && { Authorization: authorization }) },
      signal: mine.signal,
    });
    if (response.ok) {
      await show((await response.json()).waitingForYou);
    }
  } catch {
    // the last number stays: a header is no place for error messages, and the next try comes by itself
  }
  if (asking === mine) {
    later();
  }
}

function later() {
  clearTimeout(timer);
  timer = document.hidden ? null : setTimeout(ask, REFRESH_MS);
}

if (badge) {
  document.addEventListener('visibilitychange', () => (document.hidden ? clearTimeout(timer) : ask()));
  document.addEventListener('approvalgate:identity', () => {
    badge.hidden = true;
    ask();
  });
  badge.dataset.other ? later() : ask();
}
