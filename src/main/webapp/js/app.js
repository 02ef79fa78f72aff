/**
 * Entry point of the approval pages. The host (Jenkins or the preview) serves an empty place and this module fills it:
 *
 *   <div id="approval-gate" data-page="inbox|gate|environments|environment" data-root="/jenkins" data-gate="ID" data-environment="NAME"
 *        data-user="alice" data-texts="{…}"></div>
 *
 *   data-root   the host's context path, empty at the root; the REST API is at data-root + "/approvals/rest/"
 *   data-gate   only for data-page="gate"
 *   data-environment   its name; only for data-page="environment"
 *   data-texts  the pages' words, as texts.js wants them; here, or at an element around this one
 *   data-user   who looks at the page; empty for nobody. Only used to say "you"
 *
 * When the host lets somebody else take over without loading the page again, it updates data-user and sends the event
 * `approvalgate:identity` on document; everything on the page is then drawn afresh.
 *
 * Hooks for browser tests, kept stable (data-testid):
 *   section-mine, section-open, section-closed   the parts of the inbox; section-closed is a <details>
 *   gate-row          one gate in a list; data-gate-id says which
 *   review-button     opens the review of its row
 *   review-dialog     the open dialog
 *   gate-status       the status badge; data-status has the API's word
 *   comment, approve, reject, withdraw           the decision form
 *   field-error       what is wrong with the comment; empty when nothing is
 *   message           notices about the gate under review (role=status); data-kind is info, success or error
 *   page-message      the same for the page as a whole: "cannot reach Jenkins" and the like
 *   filter-environment, filter-job               the inbox's filters
 *   empty             what a list says when it is empty
 *   environment-row   one environment in the matrix; data-environment says which
 *   check             one check of a gate or of an explanation; data-kind and data-status have the API's words
 *   lock              who holds an environment's lock and who waits for it
 *   explain           the form that asks what would happen; explain-job, explain-branch, explain-kind, explain-user, explain-at,
 *                     explain-requester, explain-metrics and explain-run are its fields, explain-button asks
 *   explain-verdict   the answer in a sentence; data-verdict has the API's word
 *   explain-approval  whether the approver could approve; data-may says it, too
 *   explain-answer    the answer as a whole
 *   rules             what an environment's rules are, in words
 *   more-closed       leads to all closed gates of an environment
 *   figures           what became of an environment's gates; figures-empty while there is nothing to tell, figures-table its numbers
 *                     by month, chart-outcomes and chart-times the charts
 *   matrix-csv        downloads the matrix
 */
import { Api } from './api.js';
import { forgetDrafts } from './decision-form.js';
import { gatePage } from './gate-page.js';
import { inboxPage } from './inbox.js';
import { httpErrorText } from './texts.js';
import { refreshTimes } from './time.js';

const REFRESH_TIMES_MS = 20_000;

/**
 * What every page gets.
 * @typedef {object} Context
 * @property {Api} api
 * @property {string} root context path, without a slash at its end
 * @property {string} user who looks at the page, or ''
 * @property {string} gateId for the page of one gate
 * @property {string} environment for the page of one environment
 */

/** Each page is a function (Context) => {element, start(), stop()}; one that few open is loaded when it is. */
const PAGES = {
  inbox: async () => inboxPage,
  gate: async () => gatePage,
  environments: async () => (await import('./environments.js')).environmentsPage,
  environment: async () => (await import('./environment-page.js')).environmentPage,
};

const place = document.getElementById('approval-gate');
let page = null;
let current = null;

async function open() {
  page?.stop();
  page = null;
  const { page: name, root = '', gate: gateId = '', environment = '', user = '' } = place.dataset;
  const context = (current = { api: new Api(root), root, user, gateId, environment });
  const makePage = await (PAGES[name] ?? PAGES.inbox)().catch(() => null);
  if (context !== current) {
    return; // somebody else took over meanwhile
  }
  if (!makePage) {
    place.textContent = httpErrorText(0);
    return;
  }
  page = makePage(context);
  place.replaceChildren(page.element);
  page.start();
}

if (place) {
  place.classList.add('ag-root');
  open();
  document.addEventListener('approvalgate:identity', () => {
    forgetDrafts();
    open();
  });
  setInterval(() => document.hidden || refreshTimes(place), REFRESH_TIMES_MS);
}
