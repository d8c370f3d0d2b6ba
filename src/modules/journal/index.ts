// What an import asks of the ledger once its documents are in: importers know modules alone.

export { accountNames } from '../../ledger/account-names.ts'
export { type Account, addAccounts, controlOf, listAccounts, type NewAccount } from '../../ledger/accounts.ts'
export type { AccountClass, Role } from '../../ledger/charts/index.ts'
export { foldBalances } from '../../ledger/fold-balances.ts'
export { sealEntries } from '../../ledger/seal.ts'
// The mapping for those who know modules alone.

export { accountsByRole } from '../../posting/mapping.ts'
export { addMappingRulesByCode } from '../../posting/mapping-by-code.ts'
export { applyMappingChange } from './apply-mapping-change.ts'
export { closeYears } from './close-years.ts'
export { type Draft, discardDrafts, draftOf, lockDraft, postDrafts, readDrafts, saveDrafts } from './drafts.ts'
export { type FilledTemplate, fillTemplates } from './fill-templates.ts'
export { type JournalLine, refusableJournals } from './journal-lines.ts'
export { type JournalRecord, journalById, journalsByReference, listJournals } from './journal-records.ts'
export { debitsOf, type Journal, postJournals, type ReversesOn } from './post-journals.ts'
export { amountOpened, type OpeningBalances, postOpeningBalances } from './post-opening-balances.ts'
export {
  amountsOfDueDays,
  type DueDay,
  dueJournal,
  dueRecurring,
  holdDueDay,
  listSettledDays,
  markDueDays,
  postDueDay,
  type Retry,
  retryDueDays,
  type SettledDay,
  setAsideDueDay,
} from './post-recurring.ts'
export { amountsReclassified, type ReclassificationRequest, reclassify } from './reclassify.ts'
export {
  changeRecurring,
  listRecurring,
  type NewRecurring,
  type Recurring,
  type RecurringChange,
  startRecurring,
  type Upcoming,
  upcomingJournals,
} from './recurring.ts'
export { amountsReversed, type JournalReversal, reverseJournals } from './reverse-journals.ts'
export { settleJournals } from './settle-journals.ts'
export { baseSignOf } from './tax-lines.ts'
export type { NewTemplate, TemplateDefinition } from './template-definition.ts'
export { listTemplates, saveTemplates, type Template } from './templates.ts'
