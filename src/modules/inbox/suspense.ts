import type { AccountingDate } from '../../kernel/accounting-date.ts'
import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'
import { divideRounded } from '../../kernel/decimal.ts'
import type { Role } from '../../ledger/charts/index.ts'
import { saveApplication } from '../../posting/apply-mapping.ts'
import { lockLineMoves } from '../../posting/line-moves.ts'
import { kindsElsewhere, linesOf, questionOf } from '../../posting/lines-elsewhere.ts'
import { loadMappingRules } from '../../posting/mapping.ts'
import { type MovedCount, moveLines } from '../../posting/move-lines.ts'
import { rateOn, type TaxCode } from '../tax/index.ts'
import type { ExceptionKind } from './exceptions.ts'

/** The exceptions that stand for lines of documents on the suspense account: for a code, a tax's name, or the difference of one document. */
export const suspenseKinds: readonly ExceptionKind[] = ['unknown_code', 'unknown_tax', 'total_differs']

/** Exceptions whose lines turned out to play a role; of a tax, under which code. */
export type Placed = { ids: readonly bigint[]; role: Role; taxCode?: TaxCode | undefined; reason: string }

// Which exception a line in suspense belongs to. An importer writes a tax of unknown name as a line TAX with that name, and what a total differs
// by as a line DIFFERENCE.
const exceptionOfLine = (ids: string): string => `
  join sales_document o on o.company_id = $1 and o.id = s.document_id
  cross join lateral (values
    ('unknown_code', upper(btrim(s.code, E' \\t\\r\\n\\u00a0'))),
    ('unknown_tax', case when s.code = 'TAX' then s.description end),
    ('total_differs', case when s.code = 'DIFFERENCE' then o.number end)
  ) as about (kind, subject)
  join exception x on x.company_id = $1 and x.kind = about.kind and x.source = o.source and x.subject = about.subject
    and x.id = any (${ids}::bigint[])`

/** The lines of documents that some exceptions stand for, as a further condition on a line `l` of the journal. */
const ofExceptions = (ids: readonly bigint[]) => ({
  condition: (first: number) => `(l.document_id, l.document_line_no) in (
      select s.document_id, s.line_no from sales_document_line s ${exceptionOfLine(`$${first}`)}
        where s.company_id = $1 and s.role = 'sales_suspense')`,
  values: [column(ids, (id) => id) ?? '{}'],
})

/**
 * Moves all lines of exceptions out of suspense, to the accounts that the mapping gives to the role that they play. Lines that are tax get the
 * code's authority, and as what was taxed the tax divided by the rate of their day. Returns what moved; a second time finds nothing. Refuses
 * `mapping_missing`, and `tax_code_unknown` for a code without a rate on the day.
 */
export async function placeSuspense(tx: Tx, { ids, role, taxCode, reason }: Placed): Promise<MovedCount> {
  await lockLineMoves(tx)
  const rules = await loadMappingRules(tx)
  const as = { asRole: role, asTaxCode: taxCode?.id, only: ofExceptions(ids) }
  const question = questionOf(tx, rules, ['sales_suspense'], as)
  const kinds = await kindsElsewhere(tx, question, rules)
  if (kinds.length === 0) return { lines: 0, entries: 0, amountMinor: 0n }
  const applicationId = await saveApplication(tx, reason, tx.actor)
  const taxOf = taxCode === undefined ? undefined : taxOfLines(taxCode)
  return await moveLines(tx, linesOf(question, kinds), {
    applicationId,
    reason,
    postedBy: tx.actor,
    toRole: role,
    taxOf,
  })
}

/** Payments of names that turned out to say where their money is, and as which method the mapping sees them. */
export type PlacedPayments = { ids: readonly bigint[]; role: Role; method: string; reason: string }

// An exception about a name in another currency than the company's has that behind the name.
const ofPayments = (ids: readonly bigint[]) => ({
  condition: (first: number) => `l.entry_id in (
      select e.id from exception x
        join payment p on p.company_id = $1 and p.source = x.source and x.subject = p.method ||
          case when p.currency = (select base_currency from company where id = $1) then '' else ' ' || p.currency end
        join journal_entry e on e.company_id = $1 and e.source_kind = 'payment' and e.source_id = p.id::text
        where x.company_id = $1 and x.kind = 'unknown_payment_method' and x.id = any ($${first}::bigint[]))`,
  values: [column(ids, (id) => id) ?? '{}'],
})

/** Moves the money of payments out of suspense, to the account that the mapping gives to where it is. As `placeSuspense`. */
export async function placePayments(tx: Tx, { ids, role, method, reason }: PlacedPayments): Promise<MovedCount> {
  await lockLineMoves(tx)
  const rules = await loadMappingRules(tx)
  const as = { asRole: role, asPaymentMethod: method, only: ofPayments(ids) }
  const question = questionOf(tx, rules, ['payment_suspense'], as)
  const kinds = await kindsElsewhere(tx, question, rules)
  if (kinds.length === 0) return { lines: 0, entries: 0, amountMinor: 0n }
  const applicationId = await saveApplication(tx, reason, tx.actor)
  const why = { applicationId, reason, postedBy: tx.actor, toRole: role, paymentMethod: method }
  return await moveLines(tx, linesOf(question, kinds), why)
}

/** What was taxed is positive for a sale, whose tax is a credit. */
const taxOfLines = (code: TaxCode) => (amountMinor: bigint, on: AccountingDate) => {
  const rate = rateOn(code, on)
  const taxBaseMinor =
    rate.unscaled === 0n ? 0n : divideRounded(-amountMinor * 10n ** BigInt(rate.scale), rate.unscaled)
  return { taxCodeId: code.id, taxAuthority: code.authority, taxPoint: on, taxBaseMinor }
}

/** What still stands in suspense of each exception, a credit negative; those of which no line stands there are missing. */
export async function suspenseOf(tx: Tx, ids: readonly bigint[]): Promise<Map<bigint, bigint>> {
  if (ids.length === 0) return new Map()
  const rows = await tx.query<{ id: bigint; amountMinor: bigint }>(
    `select id, sum(amount)::bigint as "amountMinor" from (
        select x.id, sum(l.amount_minor) as amount
          from sales_document_line s ${exceptionOfLine('$2')}
          join journal_line l on l.company_id = $1 and l.document_id = s.document_id and l.document_line_no = s.line_no
          join account a on a.company_id = $1 and a.id = l.account_id and a.role = 'sales_suspense'
          where s.company_id = $1 and s.role = 'sales_suspense'
          group by x.id, s.document_id, s.line_no having sum(l.amount_minor) <> 0
      ) standing group by id`,
    [tx.companyId, column(ids, (id) => id)],
  )
  return new Map(rows.map(({ id, amountMinor }) => [id, amountMinor]))
}
