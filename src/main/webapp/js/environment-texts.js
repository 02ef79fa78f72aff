/** Every word that only the page of one environment says. */

export const environmentTexts = {
  all: 'All environments',
  rules: 'Rules',
  approvers: 'Approvers', requester: 'Who asks', checks: 'Checks', noChecks: 'None: only people decide', lock: 'Exclusive lock',
  answer: 'Answer expected', timeout: 'Times out', within: text => `within ${text}`, after: text => `after ${text}`,
  may: 'may approve', mayNot: 'may not approve',
  openGates: 'Open gates',
  closedGates: 'Gates of this environment in the list of all approvals',

  lockState: {
    title: 'Lock', free: 'Nobody holds the lock: the next build that has everything else gets it.',
    holds: ' holds the lock since ', hidden: 'A build that you may not see',
    waiting: 'Waiting for it, in this order', nobody: 'Nobody waits for it.', asked: ', asked for ', gate: 'gate',
  },

  explain: {
    title: 'What would happen?',
    intro: 'Asks the rules about a build that need not exist. Nothing is started, decided or recorded.',
    job: 'Job', jobHint: 'Its full name, such as team/app/main.',
    kind: 'Built from', kinds: { branch: 'Branch', pullRequest: 'Pull request', tag: 'Tag' },
    branch: 'Name', user: 'Approver', at: 'Time', atHint: zone => `In ${zone}.`, now: 'Now',
    more: 'Who starts it, metrics', requester: 'Started by', metrics: 'Metrics', metricsHint: 'One a line, such as accuracy = 0.94',
    run: 'Ask the checks that call others, too', runHint: 'They call the real services, once.',
    ask: 'Explain', asking: 'Asking…',
    badMetric: line => `“${line}” is no metric: write a name, = and a value.`,
    verdict: { OPEN: 'Opens', WAIT: 'Waits', REFUSED: 'Refused' },
    approval: 'Approval',
    changes: 'Changes next on ',
    asked: ({ job, branch, user }, when) => [job, branch, user, when].filter(Boolean).join(' · '),
  },
};
