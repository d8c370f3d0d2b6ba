export {
  type ApprovalRequest,
  type Asked,
  askForApproval,
  type Decision,
  decideApproval,
  listApprovals,
  type Performers,
} from './approvals.ts'
export {
  type ApprovalRule,
  approvalRules,
  loosens,
  needsApproval,
  refuseUnapproved,
  saveApprovalRule,
} from './rules.ts'
