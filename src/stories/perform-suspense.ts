import { createHash } from 'node:crypto'
import type { AccountingDate } from '../kernel/accounting-date.ts'
import { acceptDifferences, listExceptions, nameTaxes, raiseExceptions } from '../modules/inbox/index.ts'
import { type DocumentLine, type DocumentRequest, issueDocuments } from '../modules/sales/index.ts'
import type { StoryBooks } from './books.ts'
import type { Verb } from './story.ts'

export type SuspenseVerb = Extract<Verb, { verb: 'unnamed' | 'name' | 'differs' | 'accept' }>

/** The name of the source from which a story imports. */
export const source = 'story'

/** Runs the command of a verb about what an import has put into suspense, and about its remedy. */
export async function performSuspense(
  books: StoryBooks,
  fact: SuspenseVerb,
  date: AccountingDate,
  number: string,
): Promise<void> {
  const { tx } = books
  switch (fact.verb) {
    case 'unnamed': {
      const message = `Nobody has said which tax '${fact.tax}' is: it is in suspense`
      await sellWith(books, fact, { date, number, code: 'TAX', description: fact.tax, besideMinor: fact.taxMinor })
      await raise(books, 'unknown_tax', fact.tax, message, fact.taxMinor)
      return
    }
    case 'differs': {
      const message = `The total of ${number} is not what its lines come to`
      await sellWith(books, fact, {
        date,
        number,
        code: 'DIFFERENCE',
        description: 'Difference',
        besideMinor: fact.byMinor,
      })
      await raise(books, 'total_differs', number, message, fact.byMinor)
      return
    }
    case 'name': {
      const found = (await listExceptions(tx, { kind: 'unknown_tax' })).filter(({ subject }) => subject === fact.tax)
      await nameTaxes(
        tx,
        found.map(({ id }) => ({ id, taxCode: fact.code })),
      )
      return
    }
    case 'accept': {
      const found = await listExceptions(tx, { kind: 'total_differs', states: ['open', 'in_progress'] })
      await acceptDifferences(
        tx,
        found.map(({ id }) => ({ id, upTo: fact.upTo })),
      )
    }
  }
}

type Beside = { date: AccountingDate; number: string; code: string; description: string; besideMinor: bigint }

/** A sale outside the scope of tax, with a line beside it in suspense. */
async function sellWith(
  books: StoryBooks,
  { amountMinor, customer }: { amountMinor: bigint; customer: string },
  { date, number, code, description, besideMinor }: Beside,
): Promise<void> {
  const taxCodeId = [...books.taxCodes.values()].find(({ kind }) => kind === 'outside_scope')?.id ?? null
  const sold = { code: 'SALE', description: 'Sale', netMinor: amountMinor, role: 'sales' as const, taxCodeId }
  const beside = { code, description, netMinor: besideMinor, role: 'sales_suspense' as const, taxCodeId }
  await importDocument(books, { number, date, customer, lines: [sold, beside], taxes: [] })
}

const raise = (
  { tx, header }: StoryBooks,
  kind: 'unknown_tax' | 'total_differs',
  subject: string,
  message: string,
  amountMinor: bigint,
): Promise<unknown> =>
  raiseExceptions(tx, [{ kind, source, subject, message, amountMinor, currency: header.company.currency }])

type Imported = Pick<DocumentRequest, 'number' | 'taxes'> & {
  date: AccountingDate
  customer: string
  lines: readonly Pick<DocumentLine, 'code' | 'description' | 'netMinor' | 'role' | 'taxCodeId'>[]
}

/** A document on account, as an importer issues it: a credit note where its first line is below zero. */
export async function importDocument(
  { tx, header }: StoryBooks,
  { number, date, customer, lines, taxes }: Imported,
): Promise<void> {
  const { currency, country } = header.company
  const text = lines.map(({ code, netMinor }) => `${code} ${netMinor}`).join(' ')
  await issueDocuments(tx, [
    {
      source,
      number,
      kind: (lines[0]?.netMinor ?? 0n) < 0n ? 'credit_note' : 'invoice',
      issuedOn: date,
      customer: { number: customer, name: customer },
      destination: '',
      country,
      settlement: 'on_account',
      currency,
      prices: 'net',
      rounding: 'per_document',
      taxes,
      lines: lines.map((line) => ({ itemCode: null, quantity: '1', unitPrice: '0', ...line })),
      contentHash: createHash('sha256').update(`${number} ${text}`).digest(),
    },
  ])
}
