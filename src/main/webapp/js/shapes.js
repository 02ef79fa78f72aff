/**
 * What the API gives, as far as the pages use it. No code; the modules' JSDoc points here.
 *
 * @typedef {object} GateRow a gate in a list
 * @property {string} id
 * @property {string} environment
 * @property {string} status WAITING, or the outcome
 * @property {string} job
 * @property {number} build
 * @property {string} buildUrl
 * @property {string|null} stage
 * @property {string|null} branch
 * @property {string|null} requestedBy
 * @property {string} requestedAt ISO-8601, as all times
 * @property {string} deadline
 * @property {string|null} slaDue
 * @property {boolean} overdue
 * @property {{given: number, required: number}} approvals
 * @property {{kind: string, reason: string, until?: string}[]} waitingFor
 * @property {boolean} canDecide
 * @property {('comment'|'checklist'|'values')[]} asksFor besides a yes
 * @property {string} [closedAt] this and the next two only when closed
 * @property {string|null} [closedBy]
 * @property {string|null} [closedReason]
 *
 * @typedef {object} GateDetails what one gate has besides
 * @property {string|null} message
 * @property {string|null} instructions
 * @property {string|null} instructionsHtml the same as the host rendered it, and made it safe; null: they are plain text
 * @property {boolean} commentRequired an approval needs a comment, too
 * @property {string[]} checklist
 * @property {Record<string, number|string>} metrics
 * @property {Record<string, {condition: string, status: CheckState['status']}[]>} thresholds what the checks ask of each metric
 * @property {{id: string, author: string, message: string, url: string|null}[]} changes
 * @property {{name: string, url: string}[]} links
 * @property {{name: string, url: string}[]} artifacts
 * @property {string|null} logUrl
 * @property {Input[]} inputs
 * @property {CheckState[]} checks
 * @property {{mode: string, held: boolean, since?: string}|null} lock
 * @property {Policy} policy
 * @property {{approver: string, until: string}[]} deferred approvals that do not count yet
 * @property {GateRow[]} earlierGates
 * @property {GateEvent[]} events
 * @property {You} you
 *
 * @typedef {GateRow & GateDetails} Gate
 *
 * @typedef {object} You what the reader may do about the gate now
 * @property {boolean} canDecide approve
 * @property {boolean} canReject
 * @property {boolean} canWithdraw
 * @property {boolean} canDefer
 * @property {boolean} canReassign
 * @property {boolean} canBypass
 * @property {boolean} canRecheck
 * @property {string[]} entries the entries in which the reader has a place to hand over
 * @property {string[]} reassignTo user IDs to suggest
 * @property {string|null} reason why they cannot approve
 *
 * @typedef {{name: string, kind: 'string'|'text'|'choice'|'boolean', choices?: string[], default?: unknown, description?: string}} Input
 *
 * @typedef {{order: 'any'|'sequential'|'unanimous', minimum: number, approvers: Approver[]}} Policy
 *
 * @typedef {object} Approver either `user` or `group`
 * @property {string} [user]
 * @property {string} [group]
 * @property {number} required how many of the group
 * @property {string[]} satisfiedBy
 * @property {string[]} [members]
 * @property {string} [source] where the group comes from
 * @property {string} [reassignedFrom] the entry as it was asked for
 * @property {{from: string, to: string}[]} [standIns] who may decide in the place of members of the group
 *
 * @typedef {object} CheckState
 * @property {string} kind
 * @property {string} summary what it wants
 * @property {'PASS'|'WAIT'|'FAIL'|'APPROVE'|'SKIPPED'} status SKIPPED only in an explanation
 * @property {string} reason
 * @property {string} [until] when it may say something else
 * @property {string} [evaluatedAt]
 * @property {string} [detail] what it found
 *
 * @typedef {object} GateEvent
 * @property {number} seq
 * @property {string} at
 * @property {string} type
 * @property {string|null} actor
 * @property {string} [comment]
 * @property {string[]} [checklist] what was ticked, of `approved` and `deferred`; so are the next
 * @property {Record<string, string>} [inputs]
 * @property {string} [until] of `deferred`
 * @property {string[]} [lapsed] of `withdrawn`: whose approvals went with it
 * @property {string} [from] of `reassigned`
 * @property {string|string[]} [to] of `reassigned`, and the addresses of `escalated`
 * @property {string} [due] of `reminded`
 * @property {string} [outcome] of `closed`
 * @property {string} [reason] of `closed`, `checkEvaluated` and `released`
 * @property {string} [kind] of `checkEvaluated`
 * @property {string} [status] of `checkEvaluated`
 *
 * @typedef {object} Environment
 * @property {string} name
 * @property {string} description
 * @property {'any'|'sequential'|'unanimous'} order
 * @property {number} minimum
 * @property {Approver[]} approvers
 * @property {boolean} requesterMayApprove
 * @property {{kind: string, summary: string}[]} checks
 * @property {'sequential'|'newestOnly'|null} lock
 * @property {string} timeout ISO-8601
 * @property {string|null} sla
 * @property {string} instructions
 * @property {string[]} checklist
 * @property {number} open how many open gates the caller may see
 * @property {GateRow[]} [gates] these; this and the next only of one environment
 * @property {{holder: LockUser|null, waiting: LockUser[]}|null} [lockState]
 * @property {Figures} [figures]
 * @property {string[]} stages those that asked lately
 * @property {{allowed: string[], excluded: string[]}[]} branches the patterns of each check of branches
 * @property {boolean} commentRequired
 * @property {'anyone'|'approvers'|'nobody'} reassignTo
 * @property {string[]} remindBefore ISO-8601
 * @property {string|null} escalateAfter
 *
 * @typedef {object} Figures what became of an environment's gates; spans of time are ISO-8601
 * @property {string|null} since
 * @property {number} decided by people
 * @property {Record<string, number>} outcomes
 * @property {{median: string|null, p90: string|null}} timeToDecision
 * @property {{kept: number, of: number}} slaKept
 * @property {{month: string, decided: number, outcomes: Record<string, number>, median: string|null, p90: string|null}[]} months
 *
 * @typedef {object} FoundPattern a suspicious pattern that is on record
 * @property {string} controller
 * @property {number} seq
 * @property {string} at
 * @property {string} kind
 * @property {string} sentence
 * @property {string[]} about
 * @property {string|null} gate
 * @property {string|null} environment
 * @property {string|null} job
 * @property {number} evidenceLines how many lines show it
 * @property {object[]} evidence the first of them, as the audit has them
 *
 * @typedef {object} LockUser a gate that holds the lock or waits for it
 * @property {boolean} [hidden] the caller may not see it: nothing but the time is given
 * @property {string} [gate]
 * @property {string} [job]
 * @property {number} [build]
 * @property {string} [buildUrl]
 * @property {string} [since]
 * @property {string} [requestedAt]
 *
 * @typedef {object} Explanation
 * @property {'OPEN'|'WAIT'|'REFUSED'} verdict
 * @property {string} sentence
 * @property {CheckState[]} checks
 * @property {{mayDecide: boolean, reason: string}} approval
 * @property {string} [changesAt]
 */
export {};
