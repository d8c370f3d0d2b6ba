import { accountingDate, dateOf } from '../../src/kernel/accounting-date.ts'
import { type Database, inCompany } from '../../src/kernel/database.ts'
import { createCompany } from '../../src/modules/company/index.ts'
import { credit, debit, type JournalDraft } from '../../src/posting/draft.ts'
import { post } from '../../src/posting/post.ts'

/** A company with the British chart and its usual mapping. */
export const openCompany = (database: Database): Promise<bigint> =>
  createCompany(database, { name: 'Bench', country: 'GB', currency: 'GBP' })

/** Twenty-five entries a day, and after 360 days from the start again. */
const entriesOfDay = 25
const days = Array.from({ length: 360 }, (_, day) => dateOf(2011, 1 + Math.floor(day / 30), 1 + Math.min(day % 30, 27)))

/** The n-th five-line entry of a bench: an invoice of two items with postage, to one of a thousand customers, on one of many days. */
export function fiveLines(n: number): JournalDraft {
  const net = BigInt(100 + (n % 9_000))
  const postage = BigInt(n % 500) + 1n
  const other = BigInt(n % 700) + 1n
  const tax = (net + other + postage) / 5n
  const document = { documentId: BigInt(n), partyId: BigInt(1 + (n % 1_000)) }
  return {
    rule: 'invoice-issued',
    source: { kind: 'bench', id: String(n) },
    date: days[Math.floor(n / entriesOfDay) % days.length] ?? accountingDate('2011-01-01'),
    lines: [
      debit('receivable', net + other + postage + tax, document),
      credit('sales', net, { ...document, documentLineNo: 1, itemId: BigInt(1 + (n % 500)) }),
      credit('sales', other, { ...document, documentLineNo: 2, itemId: BigInt(501 + (n % 500)) }),
      credit('shipping_income', postage, document),
      credit('output_tax', tax, { ...document, taxAuthority: 'GB', taxBaseMinor: net + other + postage }),
    ],
  }
}

export const batchOf = (first: number, size: number): JournalDraft[] =>
  Array.from({ length: size }, (_, index) => fiveLines(first + index))

/** Posts batches one after the other, each in a transaction of its own, until the time is over. Returns how many, and the time. */
export async function postBatches(
  database: Database,
  companyId: bigint,
  { first, size, atLeastMs }: { first: number; size: number; atLeastMs: number },
): Promise<{ batches: number; ms: number }> {
  const began = performance.now()
  let batches = 0
  while (performance.now() - began < atLeastMs) {
    const drafts = batchOf(first + batches * size, size)
    await inCompany(database, companyId, (tx) => post(tx, drafts))
    batches += 1
  }
  return { batches, ms: performance.now() - began }
}

/** Posts entries from `first` on, a thousand at a time. */
export async function postEntries(
  database: Database,
  companyId: bigint,
  { first, entries }: { first: number; entries: number },
): Promise<void> {
  for (let done = 0; done < entries; done += 1_000) {
    const drafts = batchOf(first + done, Math.min(1_000, entries - done))
    await inCompany(database, companyId, (tx) => post(tx, drafts))
  }
}
