export { endBankAccountOrAsk, saveBankAccountOrAsk } from './bank-details.ts'
export {
  type Mode,
  type Outcome,
  postDraftsOrAsk,
  postJournalOrAsk,
  postJournalsOrAsk,
  reclassifyOrAsk,
  retryDueDaysOrAsk,
  reverseOrAsk,
} from './by-hand.ts'
export { type ApprovalDetail, approvalDetail } from './detail.ts'
export type { DoneOrWaiting } from './do-or-ask.ts'
export { postDueDayOrAsk } from './recurring.ts'
export { decide, reopenPeriodOrAsk, setRuleOrAsk } from './second-person.ts'
