import type { Tx } from '../../kernel/database.ts'
import { formatMinor, parseMinor } from '../../kernel/money.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { companyFacts } from '../../ledger/accounts.ts'
import { isRole } from '../../ledger/charts/index.ts'
import {
  addLineCodeRulesOfSources,
  addSourceNameRulesOfSources,
  findOrAddItems,
  type LineCodeRule,
} from '../catalog/index.ts'
import { nameDestinations } from '../tax/index.ts'
import { type Exception, exceptionsById, listExceptions } from './exceptions.ts'
import { destinationsOf, nameOfPayment, type Rerun, recordReruns, rerunExceptions } from './rerun-exceptions.ts'
import { countingMoved, type Placing, placeSuspense } from './suspense.ts'

/** What an unknown code stands for from now on, and what its lines in suspense turned out to be. */
export type CodeRemedy = { id: bigint; standsFor: 'item' | 'charge'; role?: string; taxed?: boolean }

/** Where a destination is that nobody could place. It holds for every document with the same words. */
export type DestinationRemedy = { id: bigint; country: string }

// Below those of the rules that a company starts with, so that what is said of one code goes before what is said of many.
const priorityOfOneCode = 5

/**
 * Says what unknown codes stand for, adds the items that they are, moves all of their lines out of suspense, and closes them: one command. Later imports read the codes by
 * these rules. The tax that was booked stays as it is. Refuses `exception_unknown`, `exception_not_of_kind`, `role_unknown`,
 * `mapping_leaves_sub_ledger`, `mapping_missing`.
 */
export async function placeUnknownCodes(tx: Tx, remedies: readonly CodeRemedy[], how: Placing = {}): Promise<Rerun[]> {
  const found = await ofKind(tx, remedies, 'unknown_code')
  for (const { role } of remedies)
    if (role === 'gift_card_liability') throw new Refusal('mapping_leaves_sub_ledger', { role })
  await addLineCodeRulesOfSources(
    tx,
    found.map(({ source, subject }, index) => {
      const { standsFor, role = 'sales', taxed = true } = remedies[index] as CodeRemedy
      return { source, priority: priorityOfOneCode, pattern: literally(subject), standsFor, role: roleOf(role), taxed }
    }),
    how.postedBy ?? tx.actor,
  )
  const items = found.filter((_, index) => remedies[index]?.standsFor === 'item')
  await findOrAddItems(
    tx,
    items.map(({ subject }) => ({ code: subject, name: subject })),
  )
  return await rerunExceptions(
    tx,
    remedies.map(({ id }) => id),
    how,
  )
}

function roleOf(role: string): LineCodeRule['role'] {
  if (!isRole(role)) throw new Refusal('role_unknown', { role })
  return role
}

/**
 * Says where destinations are, and closes every exception with the same words. What was taxed stays taxed: tax that an invoice states is owed
 * until a credit note corrects it (EU directive 2006/112 art. 203, UK VATA 1994 Sch 11 para 5). Refuses `exception_unknown`,
 * `exception_not_of_kind`, `country_unknown`.
 */
export async function placeDestinations(tx: Tx, remedies: readonly DestinationRemedy[]): Promise<Rerun[]> {
  const found = await ofKind(tx, remedies, 'unclear_destination')
  const words = await destinationsOf(tx, found)
  const named = found.flatMap(({ id }, index) => {
    const name = words.get(id)
    return name === undefined ? [] : [{ name, country: remedies[index]?.country ?? '' }]
  })
  await nameDestinations(tx, named)
  const alike = await listExceptions(tx, { kind: 'unclear_destination', states: ['open', 'in_progress'] })
  const wordsOfAll = await destinationsOf(tx, alike)
  const names = new Set<string | undefined>(named.map(({ name }) => name))
  const same = alike.filter(({ id }) => wordsOfAll.has(id) && names.has(wordsOfAll.get(id)))
  const ids = new Set([...remedies.map(({ id }) => id), ...same.map(({ id }) => id)])
  return await rerunExceptions(tx, [...ids])
}

async function ofKind(tx: Tx, remedies: readonly { id: bigint }[], kind: string): Promise<Exception[]> {
  const found = await exceptionsById(
    tx,
    remedies.map(({ id }) => id),
  )
  const other = found.find((exception) => exception.kind !== kind)
  if (other !== undefined)
    throw new Refusal('exception_not_of_kind', { exception: other.id, kind: other.kind, needs: kind })
  return found
}

/** A pattern that stands for a text alone. */
const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** Which tax code a tax is that a source names. */
export type TaxRemedy = { id: bigint; taxCode: string }

/**
 * Says which tax a source's names of taxes are, moves all of their lines out of suspense onto output tax, and closes them. Later imports read the
 * names by these rules. What was taxed is the tax divided by the rate of its day. Refuses `exception_unknown`, `exception_not_of_kind`,
 * `tax_code_unknown`, `mapping_missing`.
 */
export async function nameTaxes(tx: Tx, remedies: readonly TaxRemedy[], how: Placing = {}): Promise<Rerun[]> {
  const found = await ofKind(tx, remedies, 'unknown_tax')
  await addSourceNameRulesOfSources(
    tx,
    found.map(({ source, subject }, index) => ({
      source,
      about: 'tax' as const,
      priority: priorityOfOneCode,
      pattern: literally(subject),
      standsFor: 'tax_code' as const,
      taxCode: remedies[index]?.taxCode ?? '',
    })),
    how.postedBy ?? tx.actor,
  )
  return await rerunExceptions(
    tx,
    remedies.map(({ id }) => id),
    how,
  )
}

/** That the difference of a document's total is accepted up to a limit, a decimal in the currency of the document. */
export type DifferenceRemedy = { id: bigint; upTo: string }

/**
 * Accepts that totals are not what their lines come to: the differences leave suspense for the rounding account, and the exceptions are closed.
 * Refuses `exception_unknown`, `exception_not_of_kind`, `difference_above_limit`, `input_invalid`, `mapping_missing`, and `exception_closed` for one
 * that was dismissed.
 */
export async function acceptDifferences(
  tx: Tx,
  remedies: readonly DifferenceRemedy[],
  how: Placing = {},
): Promise<Rerun[]> {
  const found = await ofKind(tx, remedies, 'total_differs')
  for (const [index, { id, amountMinor, currency }] of found.entries()) {
    const { upTo } = remedies[index] as DifferenceRemedy
    const limit = parseMinor(upTo, currency)
    if (limit === undefined || limit < 0n)
      throw new Refusal('input_invalid', { upTo, expected: `an amount in ${currency}` })
    const size = amountMinor < 0n ? -amountMinor : amountMinor
    if (size > limit)
      throw new Refusal('difference_above_limit', {
        exception: id,
        difference: `${formatMinor(amountMinor, currency)} ${currency}`,
        limit: `${formatMinor(limit, currency)} ${currency}`,
      })
  }
  const ids = found.map(({ id }) => id)
  const reason = 'Differences of totals are accepted'
  const message = 'The difference is accepted as rounding'
  const results = await countingMoved(tx, found, async () => {
    const { lines } = await placeSuspense(tx, { ids, role: 'rounding', reason }, how)
    return ids.map((id): Rerun => ({ id, state: 'resolved', message, moved: lines }))
  })
  await recordReruns(tx, results)
  return results
}

/** Where money is that was paid by a source's name, and the name of the processor for the mapping; without one, the name as it stands. */
export type PaymentRemedy = {
  id: bigint
  moneyIs: 'clearing' | 'bank' | 'cash' | 'gift_card' | 'ignored'
  method?: string | undefined
}

/**
 * Says where money is that was paid by the names of sources, moves what waits of it out of suspense, and closes the exceptions: one command. Later
 * imports read the names by these rules. What turns out to be a gift card or nothing stays in suspense, and its exception open, until somebody
 * moves it by hand. Refuses `exception_unknown`, `exception_not_of_kind`, `mapping_missing`.
 */
export async function namePayments(tx: Tx, remedies: readonly PaymentRemedy[], how: Placing = {}): Promise<Rerun[]> {
  const found = await ofKind(tx, remedies, 'unknown_payment_method')
  const { baseCurrency } = await companyFacts(tx)
  await addSourceNameRulesOfSources(
    tx,
    found.map((exception, index) => {
      const { moneyIs, method } = remedies[index] as PaymentRemedy
      return {
        source: exception.source,
        about: 'payment' as const,
        priority: priorityOfOneCode,
        pattern: literally(nameOfPayment(exception, baseCurrency)),
        standsFor: moneyIs,
        method: method ?? null,
      }
    }),
    how.postedBy ?? tx.actor,
  )
  return await rerunExceptions(
    tx,
    remedies.map(({ id }) => id),
    how,
  )
}
