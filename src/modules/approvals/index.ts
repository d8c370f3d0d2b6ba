export {
  type ApprovalKind,
  type ApprovalRequest,
  askForApproval,
  askForApprovals,
  type Decision,
  decideApproval,
  listApprovals,
  type Performers,
} from './approvals.ts'
export {
  type ApprovalRule,
  type Approved,
  approvalRules,
  loosens,
  needsApproval,
  refuseUnapproved,
  ruleKinds,
  saveApprovalRule,
} from './rules.ts'
