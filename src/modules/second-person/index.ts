export { endBankAccountOrAsk, saveBankAccountOrAsk } from './bank-details.ts'
export {
  closeYearsOrAsk,
  forfeitOrAsk,
  type Mode,
  type Outcome,
  postDraftsOrAsk,
  postJournalOrAsk,
  postJournalsOrAsk,
  postOpeningBalancesOrAsk,
  reclassifyOrAsk,
  retryDueDaysOrAsk,
  reverseOrAsk,
  writeOffOrAsk,
} from './by-hand.ts'
export { type ApprovalDetail, approvalDetail } from './detail.ts'
export type { DoneOrWaiting } from './do-or-ask.ts'
export { applyMappingOrAsk, mergeOrAsk } from './moves.ts'
export { postDueDayOrAsk } from './recurring.ts'
export { type Remedy, remedyOrAsk } from './remedies.ts'
export { decide, reopenPeriodOrAsk, setRuleOrAsk } from './second-person.ts'
