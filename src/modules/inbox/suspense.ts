import type { AccountingDate } from '../../kernel/accounting-date.ts'
import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'
import { divideRounded } from '../../kernel/decimal.ts'
import type { Role } from '../../ledger/charts/index.ts'
import { playsRole } from '../../ledger/playing.ts'
import { saveApplication } from '../../posting/apply-mapping.ts'
import { lockLineMoves } from '../../posting/line-moves.ts'
import { kindsElsewhere, linesOf, questionOf } from '../../posting/lines-elsewhere.ts'
import { loadMappingRules } from '../../posting/mapping.ts'
import { type MovedCount, movedNothing, moveLines } from '../../posting/move-lines.ts'
import { latestApplication, type Moved, moveAndArrival, movedColumns } from '../../posting/moved.ts'
import { type Approved, refuseUnapproved } from '../approvals/index.ts'
import { rateOn, type TaxCode } from '../tax/index.ts'
import type { ExceptionKind } from './exceptions.ts'

/** The exceptions that stand for lines of documents on the suspense account: for a code, a tax's name, or the difference of one document. */
export const suspenseKinds: readonly ExceptionKind[] = ['unknown_code', 'unknown_tax', 'total_differs']

/** That a second person has approved what moves, in whose name it does, and the last entry whose lines move; without it, all do. */
export type Placing = Approved & { postedBy?: string; upTo?: bigint | undefined }

/** Exceptions whose lines turned out to play a role; of a tax, under which code. */
export type Placed = { ids: readonly bigint[]; role: Role; taxCode?: TaxCode | undefined; reason: string }

// The account on which unexplained sales stand: the chart's, or the one that the company gave to them.
const isSuspense = playsRole('a', 'sales_suspense')

// Which exception a line in suspense belongs to. An importer writes a tax of unknown name as a line TAX with that name, and what a total differs
// by as a line DIFFERENCE.
export const exceptionOfSuspendedLine = `
  join sales_document o on o.company_id = $1 and o.id = s.document_id
  cross join lateral (values
    ('unknown_code', upper(btrim(s.code, E' \\t\\r\\n\\u00a0'))),
    ('unknown_tax', case when s.code = 'TAX' then s.description end),
    ('total_differs', case when s.code = 'DIFFERENCE' then o.number end)
  ) as about (kind, subject)
  join exception x on x.company_id = $1 and x.kind = about.kind and x.source = o.source and x.subject = about.subject`
const exceptionOfLine = (ids: string): string => `${exceptionOfSuspendedLine} and x.id = any (${ids}::bigint[])`

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
 * `mapping_missing`, and `tax_code_unknown` for a code without a rate on the day. Where the company wants a second person for so much, it refuses
 * `approval_needed` unless one has approved it.
 */
export async function placeSuspense(
  tx: Tx,
  { ids, role, taxCode, reason }: Placed,
  { approved = false, postedBy = tx.actor, upTo }: Placing = {},
): Promise<MovedCount> {
  await lockLineMoves(tx)
  const rules = await loadMappingRules(tx)
  const as = { asRole: role, asTaxCode: taxCode?.id, only: ofExceptions(ids), upTo }
  const question = questionOf(tx, rules, ['sales_suspense'], as)
  const kinds = await kindsElsewhere(tx, question, rules)
  if (kinds.length === 0) return movedNothing
  const applicationId = await saveApplication(tx, reason, postedBy)
  const taxOf = taxCode === undefined ? undefined : taxOfLines(taxCode)
  const why = { applicationId, reason, postedBy, toRole: role, taxOf }
  const moved = await moveLines(tx, linesOf(question, kinds), why)
  if (!approved) await refuseUnapproved(tx, 'journal', [moved.debitsMinor])
  return moved
}

/** Payments of names that turned out to say where their money is, and as which method the mapping sees them. */
export type PlacedPayments = { ids: readonly bigint[]; role: Role; method: string; reason: string }

// Which payments an exception is about: one about a name in another currency than the company's has that behind the name.
export const paymentsOfException = `join payment p on p.company_id = $1 and p.source = x.source and x.subject = p.method ||
          case when p.currency = (select base_currency from company where id = $1) then '' else ' ' || p.currency end
        join journal_entry e on e.company_id = $1 and e.source_kind = 'payment' and e.source_id = p.id::text`

const ofPayments = (ids: readonly bigint[]) => ({
  condition: (first: number) => `l.entry_id in (
      select e.id from exception x ${paymentsOfException}
        where x.company_id = $1 and x.kind = 'unknown_payment_method' and x.id = any ($${first}::bigint[]))`,
  values: [column(ids, (id) => id) ?? '{}'],
})

/** Moves the money of payments out of suspense, to the account that the mapping gives to where it is. As `placeSuspense`. */
export async function placePayments(
  tx: Tx,
  { ids, role, method, reason }: PlacedPayments,
  { approved = false, postedBy = tx.actor, upTo }: Placing = {},
): Promise<MovedCount> {
  await lockLineMoves(tx)
  const rules = await loadMappingRules(tx)
  const as = { asRole: role, asPaymentMethod: method, only: ofPayments(ids), upTo }
  const question = questionOf(tx, rules, ['payment_suspense'], as)
  const kinds = await kindsElsewhere(tx, question, rules)
  if (kinds.length === 0) return movedNothing
  const applicationId = await saveApplication(tx, reason, postedBy)
  const why = { applicationId, reason, postedBy, toRole: role, paymentMethod: method }
  const moved = await moveLines(tx, linesOf(question, kinds), why)
  if (!approved) await refuseUnapproved(tx, 'journal', [moved.debitsMinor])
  return moved
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
          join account a on a.company_id = $1 and a.id = l.account_id and ${isSuspense}
          where s.company_id = $1 and s.role = 'sales_suspense'
          group by x.id, s.document_id, s.line_no having sum(l.amount_minor) <> 0
      ) standing group by id`,
    [tx.companyId, column(ids, (id) => id)],
  )
  return new Map(rows.map(({ id, amountMinor }) => [id, amountMinor]))
}

/** What each exception is about is what still stands in suspense of it: where a person has moved a part elsewhere, it is about the rest. */
export async function followSuspense(tx: Tx, ids: readonly bigint[]): Promise<void> {
  if (ids.length === 0) return
  await tx.query(
    `update exception e set amount_minor = standing.amount
       from (
         select x.id, -sum(l.currency_amount_minor)::bigint as amount
           from sales_document_line s ${exceptionOfLine('$2')}
           join journal_line l on l.company_id = $1 and l.document_id = s.document_id and l.document_line_no = s.line_no and l.currency = x.currency
           join account a on a.company_id = $1 and a.id = l.account_id and ${isSuspense}
           where s.company_id = $1 and s.role = 'sales_suspense' group by x.id
       ) standing
       where e.company_id = $1 and e.id = standing.id and e.amount_minor <> standing.amount`,
    [tx.companyId, column(ids, (id) => id)],
  )
}

/** What applications after one have moved of each exception; those of which nothing moved are missing. */
export async function movedByException(
  tx: Tx,
  ids: readonly bigint[],
  application: bigint,
): Promise<Map<bigint, Moved>> {
  if (ids.length === 0) return new Map()
  const rows = await tx.query<Moved & { id: bigint }>(
    `with about as (
        select x.id, l.entry_id, l.line_no from sales_document_line s ${exceptionOfLine('$3')}
          join journal_line l on l.company_id = $1 and l.document_id = s.document_id and l.document_line_no = s.line_no
          where s.company_id = $1 and s.role = 'sales_suspense'
        union all
        select x.id, l.entry_id, l.line_no from exception x ${paymentsOfException}
          join journal_line l on l.company_id = $1 and l.entry_id = e.id
          where x.company_id = $1 and x.kind = 'unknown_payment_method' and x.id = any ($3::bigint[])
      )
      select about.id, ${movedColumns} from about
        join (${moveAndArrival}) on m.company_id = $1 and m.entry_id = about.entry_id and m.line_no = about.line_no
        where m.mapping_application_id > $2 group by about.id`,
    [tx.companyId, application, column(ids, (id) => id)],
  )
  return new Map(rows.map(({ id, ...moved }) => [id, moved]))
}

/** Places exceptions by work that moves the lines of several at once, and tells of each how many of its own have moved. */
export async function countingMoved<Result extends { id: bigint; moved: number }>(
  tx: Tx,
  exceptions: readonly { id: bigint }[],
  work: () => Promise<Result[]>,
): Promise<Result[]> {
  if (exceptions.length === 0) return []
  await lockLineMoves(tx)
  const before = await latestApplication(tx)
  const results = await work()
  const moved = await movedByException(
    tx,
    exceptions.map(({ id }) => id),
    before,
  )
  return results.map((one) => ({ ...one, moved: moved.get(one.id)?.lines ?? 0 }))
}
