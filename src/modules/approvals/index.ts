export {
  type ApprovalRequest,
  type AskedChange,
  askForApproval,
  askForApprovals,
  type Decision,
  decideApproval,
  listApprovals,
  type Performers,
  readApproval,
} from './approvals.ts'
export {
  type ApprovalRule,
  type Approved,
  approvalRules,
  loosens,
  needsApproval,
  refuseUnapproved,
  saveApprovalRule,
} from './rules.ts'
