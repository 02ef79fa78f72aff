/**
 * Entry point of the approval pages. The host (Jenkins or the preview) serves an empty place and this module fills it:
 *
 *   <div id="approval-gate" data-page="inbox|gate|environments|environment|audit|findings|charts" data-root="/jenkins" data-gate="ID" data-environment="NAME"
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
 * hooks.js lists what tests take hold of.
 */
import { Api } from './api.js';
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

/** Each page is a function (Context) => {element, start(), stop()}; only the one that opens is loaded. */
const PAGES = {
  inbox: async () => (await import('./inbox.js')).inboxPage,
  gate: async () => (await import('./gate-page.js')).gatePage,
  environments: async () => (await import('./environments.js')).environmentsPage,
  environment: async () => (await import('./environment-page.js')).environmentPage,
  audit: async () => (await import('./audit.js')).auditPage,
  findings: async () => (await import('./findings.js')).findingsPage,
  charts: async () => (await import('./charts-page.js')).chartsPage,
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
  showAudit(context);
}

/** The ways to the audit are for those who may see it. */
async function showAudit(context) {
  place.classList.remove('ag-audits');
  const { mayViewAudit } = await context.api.get('summary').catch(() => ({ mayViewAudit: false }));
  if (context === current) {
    place.classList.toggle('ag-audits', mayViewAudit);
  }
}

if (place) {
  place.classList.add('ag-root');
  open();
  document.addEventListener('approvalgate:identity', async () => {
    open();
    (await import('./review-drafts.js')).forgetDrafts(); // they belong to whoever was here
  });
  setInterval(() => document.hidden || refreshTimes(place), REFRESH_TIMES_MS);
}
