import type { Tx } from '../../kernel/database.ts'
import { ownSource } from './issue-invoices.ts'

/** The kinds of documents that we number ourselves. */
export type NumberedKind = 'invoice' | 'credit_note'

/** How the numbers of a kind are written, and the next one. */
export type NumberSeries = { kind: NumberedKind; prefix: string; digits: number; nextNumber: bigint }

const usualPrefix: Readonly<Record<NumberedKind, string>> = { invoice: 'INV-', credit_note: 'CN-' }

/**
 * Gives each request that names no number the next one of its kind, in order. The series is held until the transaction ends, so that no number
 * is given twice and none is left without its document. Numbers that somebody else has used are passed over. A constant number of statements.
 */
export async function numberDocuments<Request extends { number?: string | undefined }>(
  tx: Tx,
  kind: NumberedKind,
  requests: readonly Request[],
): Promise<(Omit<Request, 'number'> & { number: string })[]> {
  const unnumbered = requests.filter(({ number }) => number === undefined).length
  const given = unnumbered === 0 ? [] : await takeNumbers(tx, kind, unnumbered)
  const left = given.values()
  // The number first, as where it was given: a repetition that names it says the same.
  return requests.map(({ number, ...request }) => ({
    number: number ?? (left.next().value as string),
    ...(request as Omit<Request, 'number'>),
  }))
}

/** So far the next free number is looked for: further than anybody has numbered. */
const FURTHEST = 100_000_000

async function takeNumbers(tx: Tx, kind: NumberedKind, count: number): Promise<string[]> {
  await openSeries(tx, kind)
  // A case, so that each number is looked up by itself until there are enough, and not all of them at once.
  const rows = await tx.query<{ number: string }>(
    `with series as materialized (
        select s.prefix, s.digits, s.next_number from number_series s where s.company_id = $1 and s.kind = $2
      ), wanted as (
        select next_number + step as value, prefix || lpad((next_number + step)::text, greatest(digits, length((next_number + step)::text)), '0') as number
          from (select series.*, generate_series(0::bigint, ${FURTHEST}) as step from series) steps
      ), free as materialized (
        select * from wanted
          where case when exists (select from sales_document d where d.company_id = $1 and d.number = wanted.number and d.source = $3)
            then false else true end
          limit $4
      ), moved as (
        update number_series s set next_number = (select max(value) + 1 from free) where s.company_id = $1 and s.kind = $2
      )
      select number from free order by value`,
    [tx.companyId, kind, ownSource, count],
  )
  return rows.map(({ number }) => number)
}

/** Holds the series. The first number that is asked for goes on from what is numbered in the usual form already. */
async function openSeries(tx: Tx, kind: NumberedKind): Promise<void> {
  if (await isHeld(tx, kind)) return
  // Between '0' and ':' stand all that begin with a digit.
  await tx.query(
    `with digits as (
        select substr(d.number, length($3) + 1) as written from sales_document d
          where d.company_id = $1 and d.source = $4 and lower(d.number) ~>=~ (lower($3) || '0') and lower(d.number) ~<~ (lower($3) || ':')
            and starts_with(d.number, $3)
      ), latest as (
        select written from digits where written ~ '^[0-9]{1,12}$' order by written::bigint desc limit 1
      )
      insert into number_series (company_id, kind, prefix, digits, first_number, next_number)
        select $1, $2, $3, coalesce(length(l.written), 1), coalesce(l.written::bigint, 0) + 1, coalesce(l.written::bigint, 0) + 1
          from (select) one left join latest l on true
        on conflict (company_id, kind) do nothing`,
    [tx.companyId, kind, usualPrefix[kind], ownSource],
  )
  // Somebody else may have opened it just now: then it is not held by its opening.
  await isHeld(tx, kind)
}

/** Holds the row of a series, if there is one, for the rest of the transaction. */
async function isHeld(tx: Tx, kind: NumberedKind): Promise<boolean> {
  const found = await tx.query('select from number_series s where s.company_id = $1 and s.kind = $2 for update', [
    tx.companyId,
    kind,
  ])
  return found.length > 0
}
