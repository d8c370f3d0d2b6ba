import { type AccountingDate, endOfMonth } from '../kernel/accounting-date.ts'
import type { Tx } from '../kernel/database.ts'
import type { Role } from '../ledger/charts/index.ts'
import { closePeriod, reopenPeriod } from '../ledger/periods.ts'
import { giveUpGiftCards, sellGiftCards } from '../modules/gift-cards/index.ts'
import {
  closeYears,
  dueRecurring,
  fillTemplates,
  type JournalLine,
  postDueDay,
  postJournals,
  postOpeningBalances,
  reverseJournals,
  startRecurring,
} from '../modules/journal/index.ts'
import { chargeFees, recordPayouts } from '../modules/payments/index.ts'
import { revalue } from '../modules/revaluation/index.ts'
import { moveStoreCredit } from '../modules/store-credit/index.ts'
import type { StoryBooks } from './books.ts'
import { isOfCompany, performCompany } from './perform-company.ts'
import { performMapping } from './perform-mapping.ts'
import { performSale } from './perform-sale.ts'
import type { JournalPart, Step, Verb } from './story.ts'

/** Runs the real command that a verb stands for. `reference` is its own within the story. */
export async function performFact(books: StoryBooks, fact: Verb, { date, place, text }: Step): Promise<void> {
  const { tx } = books
  const reference = `line ${place.line}`
  if (isOfCompany(fact)) return await performCompany(tx, fact, date)
  switch (fact.verb) {
    case 'journal':
    case 'fill':
    case 'recur':
    case 'due':
      await performJournal(books, fact, { date, text })
      return
    case 'opening':
      await postOpeningBalances(
        tx,
        [{ reference: fact.reference, date, lines: journalLines(books, fact.parts) }],
        'story',
      )
      return
    case 'reverse':
      await reverseJournals(tx, [{ reference: fact.reference, date }], 'story')
      return
    case 'close':
      await closePeriod(tx, { month: fact.month, decidedBy: 'story' })
      return
    case 'reopen':
      await reopenPeriod(tx, { month: fact.month, reason: fact.reason, decidedBy: 'story' })
      return
    case 'close year':
      await closeYears(tx, [fact.year], 'story')
      return
    case 'revalue':
      await revalue(tx, endOfMonth(fact.month), 'story')
      return
    case 'fee':
      await chargeFees(tx, [
        { method: fact.processor, reference, on: date, netMinor: fact.amountMinor, currency: fact.currency },
      ])
      return
    case 'payout':
      await payOut(tx, fact, { sentOn: date, reference })
      return
    case 'sell card':
      await sellCard(tx, fact, date, reference)
      return
    case 'refund card':
    case 'lapse card':
      await giveUpCard(books, fact, date, reference)
      return
    case 'cash credit': {
      const { amountMinor, customer, from } = fact
      const partyId = books.partyIds.get(customer) ?? 0n
      await moveStoreCredit(tx, [{ kind: 'cashed', reference, on: date, partyId, amountMinor, from }])
      return
    }
    case 'unknown':
    case 'place':
    case 'unnamed':
    case 'name':
    case 'differs':
    case 'accept':
    case 'map':
    case 'apply mapping':
      await performMapping(books, fact, date, reference)
      return
    default:
      await performSale(books, fact, date, reference)
  }
}

const sellCard = (
  tx: Tx,
  { card, purpose, amountMinor, processor }: Extract<Verb, { verb: 'sell card' }>,
  on: AccountingDate,
  reference: string,
): Promise<unknown> =>
  sellGiftCards(tx, [{ reference, code: card, purpose, on, paidMinor: amountMinor, method: processor }])

const payOut = (
  tx: Tx,
  { processor, amountMinor, currency, arrived }: Extract<Verb, { verb: 'payout' }>,
  sent: { sentOn: AccountingDate; reference: string },
): Promise<unknown> =>
  recordPayouts(tx, [{ ...sent, method: processor, amountMinor, currency, arrived: arrived ?? undefined }])

type JournalVerb = Extract<Verb, { verb: 'journal' | 'fill' | 'recur' | 'due' }>

async function performJournal(
  books: StoryBooks,
  fact: JournalVerb,
  { date, text }: Pick<Step, 'date' | 'text'>,
): Promise<void> {
  const { tx } = books
  switch (fact.verb) {
    case 'journal': {
      const lines = journalLines(books, fact.parts)
      const { reference: name, reverse } = fact
      await postJournals(tx, [{ reference: name, date, description: text, reverse, lines }], 'story')
      return
    }
    case 'fill': {
      const { reference: name, template, parameters } = fact
      await postJournals(tx, await fillTemplates(tx, [{ reference: name, template, date, parameters }]), 'story')
      return
    }
    case 'recur': {
      const { verb: _, ...recurring } = fact
      await startRecurring(tx, [{ ...recurring, every: 'month', startsOn: date, endsOn: null }], 'story')
      return
    }
    case 'due':
      await postAllDue(tx, date)
      return
  }
}

/** What the server does by itself, up to this day. */
async function postAllDue(tx: Tx, date: AccountingDate): Promise<void> {
  for (let due = await dueRecurring(tx, date); due.length > 0; due = await dueRecurring(tx, date))
    for (const day of due) await postDueDay(tx, day, 'story')
}

const journalLines = (books: StoryBooks, parts: readonly JournalPart[]): JournalLine[] =>
  parts.map(({ amountMinor, party, tax, ...name }) => ({
    ...('role' in name ? { role: name.role as Role } : { account: name.account }),
    amountMinor,
    ...(tax === null ? {} : { taxCode: tax.code, taxBaseMinor: tax.baseMinor }),
    partyId: party === null ? null : (books.partyIds.get(party) ?? null),
  }))

async function giveUpCard(
  { tx }: StoryBooks,
  { verb, card: code, amountMinor, processor }: Extract<Verb, { verb: 'refund card' | 'lapse card' }>,
  on: AccountingDate,
  reference: string,
): Promise<void> {
  const kind = verb === 'refund card' ? ('refunded' as const) : ('lapsed' as const)
  const method = processor ?? undefined
  await giveUpGiftCards(tx, [{ kind, reference, code, on, amountMinor: amountMinor ?? undefined, method }])
}
