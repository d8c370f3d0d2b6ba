export {
  type ApprovalRequest,
  type AskedChange,
  askForApproval,
  askForApprovals,
  type Decision,
  decideApproval,
  entriesOfApproval,
  listApprovals,
  type PendingRequest,
  type Performers,
  pendingAbout,
  readApproval,
} from './approvals.ts'
export {
  type ApprovalRule,
  type Approved,
  approvalRules,
  lockApprovalRules,
  loosens,
  needsApproval,
  refuseUnapproved,
  saveApprovalRule,
} from './rules.ts'
