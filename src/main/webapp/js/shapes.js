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
 * @property {string} [closedAt] this and the next two only when closed
 * @property {string|null} [closedBy]
 * @property {string|null} [closedReason]
 *
 * @typedef {object} GateDetails what one gate has besides
 * @property {string|null} message
 * @property {string|null} instructions
 * @property {string[]} checklist
 * @property {Record<string, number|string>} metrics
 * @property {{name: string, url: string}[]} links
 * @property {{name: string, url: string}[]} artifacts
 * @property {string|null} logUrl
 * @property {Input[]} inputs
 * @property {{kind: string, status: string, reason: string, evaluatedAt: string}[]} checks
 * @property {Policy} policy
 * @property {GateRow[]} earlierGates
 * @property {GateEvent[]} events
 * @property {{canDecide: boolean, canReject: boolean, reason: string|null, canWithdraw: boolean}} you
 *
 * @typedef {GateRow & GateDetails} Gate
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
 *
 * @typedef {{seq: number, at: string, type: string, actor: string|null, comment?: string, outcome?: string}} GateEvent
 */
export {};
