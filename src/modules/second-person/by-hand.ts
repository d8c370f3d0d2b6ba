import type { Tx } from '../../kernel/database.ts'
import type { Posted } from '../../ledger/journal.ts'
import { closeExceptions } from '../inbox/index.ts'
import {
  amountsOfDueDays,
  amountsReclassified,
  amountsReversed,
  type Draft,
  debitsOf,
  type Journal,
  type JournalReversal,
  markDueDays,
  type OpeningBalances,
  postDrafts,
  postJournals,
  type ReclassificationRequest,
  type Retry,
  readDrafts,
  reclassify,
  retryDueDays,
  reverseJournals,
} from '../journal/index.ts'
import type { ForfeitRequest } from '../payments/index.ts'
import type { WriteOffRequest } from '../receivables/index.ts'
import { badDebtWork, forfeitureWork, openingWork, withAmounts, yearWork } from './books.ts'
import { type DoneOrWaiting, doOrAskAll, doOrAskEach, type Work } from './do-or-ask.ts'

/** Whether a list is done or waits as one, or each of it by itself. */
export type Mode = 'all' | 'each'

/** What came of a list: one answer for all of it, or one for each. */
export type Outcome<Result> = DoneOrWaiting<Result[]> | { each: DoneOrWaiting<Result>[] }

const inMode = async <Request, Result>(
  tx: Tx,
  requests: readonly Request[],
  work: Work<Request, Result>,
  mode: Mode,
): Promise<Outcome<Result>> =>
  mode === 'all' ? await doOrAskAll(tx, requests, work) : { each: await doOrAskEach(tx, requests, work) }

const wasThere = ({ existing }: Posted): boolean => existing
const approved = { approved: true } as const

export const journalWork: Work<Journal, Posted> = {
  kind: 'journal',
  source: null,
  amountsOf: async (_, journals) => journals.map(debitsOf),
  subjectOf: ({ reference }) => reference,
  summaryOf: ({ reference, date }) => `Journal ${reference} of ${date}`,
  perform: (tx, journals, postedBy) => postJournals(tx, journals, postedBy, approved),
  wasThere,
}

export const draftWork: Work<Draft, Posted> = {
  kind: 'draft',
  amountsOf: async (_, drafts) => drafts.map(({ journal }) => (journal === null ? 0n : debitsOf(journal))),
  subjectOf: ({ reference }) => reference,
  summaryOf: ({ reference, journal }) => `Draft ${reference} of ${journal?.date ?? ''}`,
  perform: (tx, drafts, postedBy) =>
    postDrafts(
      tx,
      drafts.map(({ reference }) => reference),
      postedBy,
      drafts,
    ),
  wasThere,
}

const nameOfReversed = (reversal: JournalReversal): string =>
  'entryId' in reversal ? `entry ${reversal.entryId}` : reversal.reference

export const reversalWork: Work<JournalReversal, Posted> = {
  kind: 'reversal',
  amountsOf: amountsReversed,
  subjectOf: nameOfReversed,
  summaryOf: (reversal) => `Reversal of ${nameOfReversed(reversal)}`,
  perform: (tx, reversals, postedBy) => reverseJournals(tx, reversals, postedBy, approved),
  wasThere,
}

const placeOf = ({ entryId, lineNo }: ReclassificationRequest): string => `${entryId}/${lineNo}`

export const reclassificationWork: Work<ReclassificationRequest, Posted> = {
  kind: 'reclassification',
  amountsOf: amountsReclassified,
  subjectOf: placeOf,
  summaryOf: (move) => `Line ${placeOf(move)} to ${move.toAccount}: ${move.reason}`,
  perform: (tx, moves, postedBy) => reclassify(tx, moves, postedBy, approved),
  wasThere,
}

export const nameOfDueDay = ({ name, dueOn }: Retry): string => `${name} ${dueOn}`
export const recurringSource = 'recurring journals'

export const dueDayWork: Work<Retry, Posted> = {
  kind: 'recurring_day',
  amountsOf: amountsOfDueDays,
  subjectOf: nameOfDueDay,
  summaryOf: ({ name, dueOn, on }) => `${name}, due on ${dueOn}${on === undefined ? '' : `, to be posted on ${on}`}`,
  perform: async (tx, retries, postedBy) => {
    const posted = await retryDueDays(tx, retries, postedBy, approved)
    await closeExceptions(tx, {
      kinds: ['recurring_journal_refused', 'recurring_journal_waits'],
      subjects: retries.map((retry) => ({ source: recurringSource, subject: nameOfDueDay(retry) })),
      resolution: 'The journal is posted',
    })
    return posted
  },
  wasThere,
}

/**
 * Posts journals by hand, or asks for approval where the company wants a second person. `source` is the import that has set them aside. Refuses
 * as `postJournals`.
 */
export const postJournalsOrAsk = (
  tx: Tx,
  journals: readonly Journal[],
  mode: Mode,
  source: string | null = null,
): Promise<Outcome<Posted>> => inMode(tx, journals, { ...journalWork, source }, mode)

/** As `postJournalsOrAsk`, for one. */
export async function postJournalOrAsk(tx: Tx, journal: Journal): Promise<DoneOrWaiting<Posted>> {
  const [outcome] = await doOrAskEach(tx, [journal], journalWork)
  return outcome as DoneOrWaiting<Posted>
}

/** Posts drafts as they stand, or asks for approval of them as they stand. Refuses as `postDrafts`. */
export const postDraftsOrAsk = async (tx: Tx, references: readonly string[], mode: Mode): Promise<Outcome<Posted>> =>
  inMode(tx, await readDrafts(tx, references), draftWork, mode)

/** Takes a journal back, or asks for approval. Refuses as `reverseJournals`. */
export async function reverseOrAsk(tx: Tx, reversal: JournalReversal): Promise<DoneOrWaiting<Posted>> {
  const [outcome] = await doOrAskEach(tx, [reversal], reversalWork)
  return outcome as DoneOrWaiting<Posted>
}

/** Reclassifies lines, or asks for approval. Refuses as `reclassify`. */
export const reclassifyOrAsk = (
  tx: Tx,
  moves: readonly ReclassificationRequest[],
  mode: Mode,
): Promise<Outcome<Posted>> => inMode(tx, moves, reclassificationWork, mode)

/**
 * Posts due days that were set aside and closes their exceptions, or asks for approval; such a day is `waiting` until somebody decides. Refuses
 * as `retryDueDays`.
 */
export async function retryDueDaysOrAsk(tx: Tx, retries: readonly Retry[], mode: Mode): Promise<Outcome<Posted>> {
  const outcome = await inMode(tx, retries, dueDayWork, mode)
  const waits = (index: number): boolean =>
    'each' in outcome ? 'waiting' in (outcome.each[index] as object) : 'waiting' in outcome
  await markDueDays(
    tx,
    retries.filter((_, index) => waits(index)),
    'waiting',
    { message: 'It waits for a second person', by: tx.actor },
  )
  return outcome
}

/** Posts opening balances, or asks for approval. Refuses as `postOpeningBalances`. */
export const postOpeningBalancesOrAsk = (
  tx: Tx,
  openings: readonly OpeningBalances[],
  mode: Mode,
): Promise<Outcome<Posted>> => inMode(tx, openings, openingWork, mode)

/** Writes bad debts off, or asks for approval of so much. Refuses as `writeOffBadDebts`. */
export const writeOffOrAsk = async (
  tx: Tx,
  requests: readonly WriteOffRequest[],
  mode: Mode,
): Promise<Outcome<Posted>> => inMode(tx, await withAmounts(tx, requests), badDebtWork, mode)

/** Keeps what is left of deposits, or asks for approval. Refuses as `forfeitDeposits`. */
export const forfeitOrAsk = (tx: Tx, requests: readonly ForfeitRequest[], mode: Mode): Promise<Outcome<Posted>> =>
  inMode(tx, requests, forfeitureWork, mode)

/** Closes fiscal years, or asks for approval where the company wants a second person for that. Refuses as `closeYears`. */
export const closeYearsOrAsk = (tx: Tx, years: readonly number[], mode: Mode): Promise<Outcome<Posted>> =>
  inMode(tx, years, yearWork, mode)
