/**
 * Every word the pages say. One place, so that it can be translated and read in one go; but for the page of one environment,
 * whose own words are in environment-texts.js, since only that page loads them.
 */

const plural = (n, one, many) => `${n} ${n === 1 ? one : many}`;
const list = items => new Intl.ListFormat('en', { type: 'conjunction' }).format(items);
const anyOf = items => new Intl.ListFormat('en', { type: 'disjunction' }).format(items);

const STATUS = {
  WAITING: 'Waiting', APPROVED: 'Approved', AUTO_APPROVED: 'Approved automatically', BYPASSED: 'Bypassed',
  REJECTED: 'Rejected', CHECK_FAILED: 'Check failed', TIMED_OUT: 'Timed out', CANCELLED: 'Cancelled', SUPERSEDED: 'Superseded',
};

/** Each goes after a name: that of a person, or of the plugin itself. */
const EVENTS = {
  requested: 'asked for approval', approved: 'approved', withdrawn: 'withdrew the approval', rejected: 'rejected',
  deferred: 'deferred the decision', reassigned: 'reassigned the approval', reminded: 'sent a reminder', escalated: 'escalated to others',
  bypassed: 'bypassed the gate', closed: 'closed the gate', restored: 'restored the gate from the build’s record', checkEvaluated: 'checked',
  callbackIssued: 'asked for an answer later, on an address that works once', locked: 'gave this build the exclusive lock',
  released: 'took the exclusive lock back',
};

const CHECKS = {
  approval: 'Approval', branchControl: 'Branch control', allowedJobs: 'Allowed jobs', requiredTemplate: 'Required template',
  waitTimer: 'Wait timer', metricThreshold: 'Metric threshold', businessHours: 'Business hours', changeFreeze: 'Change freeze',
  restCheck: 'REST check', functionCheck: 'Function check', opaPolicy: 'OPA policy', prometheusAlerts: 'Prometheus alerts',
  lock: 'Exclusive lock',
};

const RESULTS = { PASS: 'passed', WAIT: 'waiting', FAIL: 'failed', APPROVE: 'approves', SKIPPED: 'not asked' };

/** The kind of another plugin's check has no name of ours: its word, `licenseScan`, as words. */
const words = kind => kind.replace(/([a-z\d])([A-Z])/g, (_, end, start) => `${end} ${start.toLowerCase()}`).replace(/^./, first => first.toUpperCase());

export const texts = {
  locale: 'en',
  status: status => STATUS[status] ?? status,
  event: type => EVENTS[type] ?? type,
  check: kind => CHECKS[kind] ?? words(kind),
  result: status => RESULTS[status] ?? String(status).toLowerCase(),
  none: '–',
  you: name => `${name} (you)`,

  time: { justNow: 'just now', soon: 'in a moment' },

  httpError: status => ({
    0: 'Jenkins cannot be reached. The page tries again by itself.',
    401: 'Sign in to see what waits for approval.',
    403: 'You are not allowed to do this, or your session has ended. Load the page again to sign in.',
    404: 'There is no such gate, or you may not see it.',
    413: 'That is more text than the server accepts. Shorten it and try again.',
    429: 'Too many requests at once. Wait a moment and try again.',
    503: 'Jenkins is busy or starting. The page tries again by itself.',
  })[status] ?? `Jenkins gave an answer that this page does not understand (HTTP ${status}).`,

  nav: { label: 'Approvals', inbox: 'Approvals', environments: 'Environments' },

  inbox: {
    title: 'Approvals',
    mine: 'Waiting for you', open: 'Other open gates', closed: 'Recently closed',
    nothingMine: 'Nothing waits for you.',
    nothingOpen: 'No other gate is open.',
    nothingClosed: 'No gate has been closed yet.',
    noMatch: 'No gate matches the filter.',
    clearFilter: 'Clear the filter',
    more: 'Show more',
    loading: 'Loading…',
    filter: 'Filter', environment: 'Environment', anyEnvironment: 'All environments', job: 'Job',
  },

  newcomer: {
    title: 'No gate yet',
    intro: 'A gate appears here when a build asks for approval. To try it:',
    define: ['An administrator defines an ', 'environment', ': who approves, how many, under which conditions.'],
    step: 'A pipeline asks for approval in its Jenkinsfile:',
    snippet: "approvalGate('production-deployment')",
    done: 'The build pauses without using an executor, and whoever may approve finds it on this page.',
  },

  row: {
    environment: 'Environment', build: 'Build', waiting: 'Waiting since', due: 'Due', approvals: 'Approvals',
    waitsFor: 'Waits for', closed: 'Closed', outcome: 'Outcome', action: 'Action',
    stage: stage => `Stage ${stage}`,
    build_: (job, number) => `${job} #${number}`,
    askedBy: name => `asked for by ${name}`,
    by: name => `by ${name}`,
    overdue: 'Overdue', noDue: 'No due time', timesOut: 'times out ',
    given: ({ given, required }) => `${given} of ${required}`,
    changes: 'changes ',
    review: 'Review', details: 'Details',
    gateOf: (job, build) => `Gate of ${job} #${build}`,
    reviewOf: (action, gate) => `${action}: ${gate.environment}, ${gate.job} #${gate.build}`,
  },

  review: {
    close: 'Close', ownPage: 'Open as a page', back: 'All approvals',
    status: 'Status', requestedBy: 'Asked for by', requestedAt: 'Waiting since', stage: 'Stage', branch: 'Branch',
    build: 'Build', log: 'log', due: 'Due', deadline: 'Times out', closed: 'Closed', closedBy: name => `by ${name}`, waitsFor: 'Waits for',
    message: 'Message', instructions: 'Instructions', metrics: 'Metrics', metric: 'Metric', value: 'Value',
    links: 'Links', artifacts: 'Artifacts', approvers: 'Approvers', checks: 'Checks', earlier: 'Earlier gates of this build', history: 'History',
    showAll: n => `Show all ${n} entries`,
    system: 'Approval Gate',
    shut: n => plural(n, 'check keeps the gate shut', 'checks keep the gate shut'),
    evaluated: 'checked ', detail: 'What was found',
    lockWaits: 'Waits for its turn.', lockNotYet: 'Asked for when everything else is fulfilled.', lockGone: 'Not held any more.',
    lockHeld: 'This build holds it since ',
  },

  lock: mode => ({
    sequential: 'one build at a time, first come first served',
    newestOnly: 'one build at a time; a newer build of the same job supersedes older ones that wait',
  })[mode] ?? mode,

  policy: {
    any: n => `${plural(n, 'approval', 'approvals')} from any of these; a rejection closes the gate.`,
    sequential: () => 'Everybody, in this order; a rejection closes the gate.',
    unanimous: () => 'Everybody, in any order; a rejection closes the gate.',
    user: 'user', group: 'group',
    of: (given, required) => `${given} of ${required}`,
    approvedBy: names => `approved by ${list(names)}`,
    needed: n => (n > 1 ? `${n} approvals needed` : 'approval needed'),
    notYet: 'after the ones above', notNeeded: 'not needed any more', waits: 'may approve',
    members: names => `Members: ${list(names)}`,
    source: source => (source === 'own' ? 'A group of Approval Gate’s own configuration' : 'A group of the security realm'),
  },

  decision: {
    title: 'Your decision',
    checklist: 'Checklist', checklistHint: 'What you tick is recorded with your decision.',
    inputs: 'Values for the pipeline',
    comment: 'Comment', commentHint: 'Optional for an approval, required for a rejection.', optional: 'Optional.',
    commentRequired: 'Say why you reject: the team reads it, and it is kept with the build.',
    approve: 'Approve', reject: 'Reject', withdraw: 'Withdraw my approval',
    working: 'Recording…',
    notYou: reason => reason || 'You cannot decide on this gate.',
    closed: 'This gate is closed. Nothing is left to decide.',
  },

  after: {
    goesOn: 'Approved. The pipeline goes on.',
    rejected: 'Rejected. The build is told, with your comment.',
    withdrawn: 'Your approval is withdrawn.',
    recorded: 'Your approval is recorded.',
    opens: (when, kinds) => `The gate opens on ${when} (${list(kinds).toLowerCase()}).`,
    opensNotBefore: (when, kinds) => `The gate opens on ${when} at the earliest (${list(kinds).toLowerCase()}).`,
    nowWaits: reasons => `Now it waits for: ${reasons.join('; ')}.`,
    needs: (n, who) => `${plural(n, 'more approval', 'more approvals')} needed from ${anyOf(who)}.`,
    needsThen: (n, who, then) => `${plural(n, 'more approval', 'more approvals')} needed from ${who}${then.length ? `, then from ${list(then)}` : ''}.`,
    needsAll: who => `Still needed: ${list(who)}.`,
    amount: (n, who) => plural(n, `approval from ${who}`, `approvals from ${who}`),
    closed: (outcome, by) => `This gate is closed: ${outcome}${by ? `, ${by}` : ''}.`,
    tooLate: (message, outcome) => `Your decision came too late. ${message}${outcome ? ` Outcome: ${outcome}.` : ''}`,
  },

  environments: {
    title: 'Environments',
    name: 'Environment', approvers: 'Approvers', conditions: 'Conditions', times: 'Times', open: 'Open gates',
    order: (order, minimum) => ({
      any: plural(minimum, 'approval from any of', 'approvals from any of'),
      sequential: 'all, in this order',
      unanimous: 'all, in any order',
    })[order] ?? order,
    sla: text => `Answer expected within ${text}`, noSla: 'No expected answer time', timeout: text => `Times out after ${text}`,
    requesterMay: 'Who asks may approve', requesterMayNot: 'Who asks may not approve',
    instructions: 'Instructions', checklist: n => `Checklist (${n})`,
    openGates: n => plural(n, 'open gate', 'open gates'),
    empty: 'No environment is defined yet. An administrator adds them in Manage Jenkins, or as code.',
    times_: (n, who) => (n > 1 ? `${n} × ${who}` : who),
  },

  badge: n => `${plural(n, 'approval waits', 'approvals wait')} for you`,
};
