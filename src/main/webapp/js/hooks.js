/**
 * Hooks for browser tests, kept stable (data-testid):
 *   section-mine, section-open, section-closed   the parts of the inbox; section-closed is a <details>
 *   gate-row          one gate in a list; data-gate-id says which
 *   review-button     opens the review of its row
 *   review-dialog     the open dialog
 *   gate-status       the status badge; data-status has the API's word
 *   decision          the form in which to decide; skip leads there
 *   comment, approve, reject, withdraw           are in it
 *   field-error       what is wrong with the comment; empty when nothing is
 *   form-error        what went wrong when the form around it was sent
 *   defer-part, reassign-part, bypass-part       what can be done besides, each a <details>
 *   until, preset, defer, until-error            approving for later; data-at of a preset is its time
 *   reassign-from, reassign-to, reassign-comment, reassign, reassign-to-error, reassign-comment-error   handing over
 *   bypass-reason, bypass-next, bypass-error; bypass-question, bypass, bypass-back   the two steps of bypassing
 *   recheck, recheck-said, recheck-error         asks the checks again
 *   message           notices about the gate under review (role=status); data-kind is info, success or error
 *   metrics           what was measured, with what is asked of it
 *   approver          one entry of the policy; data-done says whether it is filled
 *   event             one line of the history; data-type has the API's word
 *   page-message      the same for the page as a whole: "cannot reach Jenkins" and the like
 *   filter-environment, filter-job, filter-stage, filter-requestedBy, filter-overdue, filter-clear   the inbox's filters
 *   pick              the box of a row that can be decided together with others
 *   bulk              the bar for those that are ticked; bulk-count, bulk-comment, bulk-error, bulk-approve, bulk-reject, bulk-clear are in it
 *   bulk-results      what became of them; bulk-result for each, with data-gate-id and data-ok
 *   keys-button, keys                            the inbox's keys
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
 *   audit-q, audit-environment, audit-job, audit-build, audit-actor, audit-type, audit-outcome, audit-from, audit-to, audit-clear   the audit's filters
 *   audit-row         one line of the audit; data-controller, data-seq and data-type say which
 *   differences       what a change of the configuration changed, to be unfolded
 *   audit-more        shows the lines before those
 *   findings-kind, findings-environment, findings-actor, findings-from, findings-to, findings-clear   the findings' filters
 *   finding           one suspicious pattern; data-kind has the API's word; finding-kind says it, evidence opens its lines, evidence-line is one
 *   findings-more     shows the findings before those
 *   thresholds        what counts as a finding
 *   charts-environment, charts-months, charts-clear   what the charts are drawn of
 *   by-environment    the figures by environment; environment-figures is one of them, with data-environment
 *   index-state       how far the search is, while it is behind; index-progress the bar beside it
 */
export {};
