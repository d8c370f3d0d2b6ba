// What an import asks of the ledger once its documents are in: importers know modules alone.
export { foldBalances } from '../../ledger/fold-balances.ts'
export { sealEntries } from '../../ledger/seal.ts'
export { closeYears } from './close-years.ts'
export { type JournalLine, refusableJournals } from './journal-lines.ts'
export { type Journal, postJournals } from './post-journals.ts'
export { type OpeningBalances, postOpeningBalances } from './post-opening-balances.ts'
export { type ReclassificationRequest, reclassify } from './reclassify.ts'
export { type JournalReversal, reverseJournals } from './reverse-journals.ts'
