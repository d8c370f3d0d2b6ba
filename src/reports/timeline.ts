import { column } from '../kernel/column.ts'
import type { Tx } from '../kernel/database.ts'
import { type MoneyJson, moneyJson } from '../kernel/money.ts'
import { Refusal } from '../kernel/refusal.ts'
import { type TimelineKind, timelineKinds } from '../kernel/timeline-kinds.ts'
import { utcMoment } from '../kernel/utc-moment.ts'
import { type Actor, namedActors } from './actors.ts'
import { idText } from './report.ts'

/** Something that happened to a document: on a day of the books, written at a moment by somebody. */
export type TimelineEvent = {
  kind: TimelineKind
  on: string
  at: string | null
  by: Actor | null
  /** In the currency of the document or payment; null where the event is not about money. */
  amount: MoneyJson | null
  /** The number, reference or name of what happened. */
  name: string
  message: string
  documentId: string | null
  paymentId: string | null
  entryId: string | null
  exceptionId: string | null
}

type Row = {
  kind: TimelineKind
  on: string
  at: string | null
  by: string | null
  amountMinor: bigint | null
  currency: string | null
  name: string
  message: string | null
  documentId: bigint | null
  paymentId: bigint | null
  entryId: bigint | null
  exceptionId: bigint | null
}

/** What happened to a document, in order, and the ids of all entries that were posted for it. Refuses `document_unknown`. */
export async function documentTimeline(
  tx: Tx,
  documentId: string,
): Promise<{ events: TimelineEvent[]; entryIds: string[] }> {
  const parameters = [tx.companyId, BigInt(documentId)]
  const [found] = await tx.query('select from sales_document where company_id = $1 and id = $2', parameters)
  if (found === undefined) throw new Refusal('document_unknown', { id: documentId })
  const read = (query: string): Promise<Row[]> => tx.query<Row>(query, parameters)
  const rows = [
    ...(await read(ofDocuments)),
    ...(await read(ofPayments)),
    ...(await read(ofApplications)),
    ...(await read(ofExceptions)),
    ...(await read(ofAttachments)),
  ]
  // An application and its payment can lead to the same entry: it is followed up once.
  const first = [...new Set(rows.filter(isOwn).flatMap(({ entryId }) => entryId ?? []))]
  const later = await tx.query<Row>(ofCorrections, [tx.companyId, column(first, (id) => id) ?? '{}'])
  const all = [...rows, ...later].sort(inOrder)
  const nameOf = await namedActors(
    tx,
    all.flatMap(({ by }) => by ?? []),
  )
  const entryIds = new Set([...first, ...later.flatMap(({ entryId }) => entryId ?? [])])
  return {
    events: all.map((row) => eventOf(row, nameOf)),
    entryIds: [...entryIds].sort((a, b) => (a < b ? -1 : 1)).map(String),
  }
}

/** A credit note of the document has a timeline of its own; what was posted for it is not the document's. */
const isOwn = ({ kind }: Row): boolean => kind !== 'credited' && kind !== 'credits'

const order = (row: Row): string => `${row.on} ${row.at ?? ''}`
const inOrder = (a: Row, b: Row): number =>
  order(a) < order(b) ? -1 : order(a) > order(b) ? 1 : timelineKinds.indexOf(a.kind) - timelineKinds.indexOf(b.kind)

const eventOf = (row: Row, nameOf: (actor: string) => Actor): TimelineEvent => ({
  kind: row.kind,
  on: row.on,
  at: row.at,
  by: row.by === null ? null : nameOf(row.by),
  amount: row.amountMinor === null ? null : moneyJson(row.amountMinor, row.currency ?? ''),
  name: row.name,
  message: row.message ?? '',
  documentId: idText(row.documentId),
  paymentId: idText(row.paymentId),
  entryId: idText(row.entryId),
  exceptionId: idText(row.exceptionId),
})

const columns = (given: Record<string, string>): string =>
  ['on', 'at', 'by', 'amountMinor', 'currency', 'name', 'message', 'documentId', 'paymentId', 'entryId', 'exceptionId']
    .map(
      (name) =>
        `${given[name] ?? 'null'}${/Id|Minor/.test(name) ? '::bigint' : name === 'on' ? '::date' : ''} as "${name}"`,
    )
    .join(', ')

const posted = { at: utcMoment('e.posted_at'), by: 'e.posted_by', entryId: 'e.id' }

/** The first entry that a source posted, if any; a document of free items posts none. */
const firstEntry = (kind: string, id: string): string => `left join lateral (
      select id, posted_on, posted_by, posted_at from journal_entry
        where company_id = $1 and source_kind = ${kind} and source_id = ${id} order by id limit 1
    ) e on true`

const documentColumns = columns({
  on: 'd.issued_on',
  amountMinor: 'd.net_minor + d.tax_minor',
  currency: 'd.currency',
  name: 'd.number',
  documentId: 'd.id',
  ...posted,
})

// Imported credit notes are linked to invoices line by line, our own name the invoice.
const ofDocuments = `
  select n.kind, ${documentColumns} from (
      select 'issued' as kind, $2::bigint as id
      union
      select 'credited', c.id from sales_document c where c.company_id = $1 and c.credits_document_id = $2
      union
      select 'credited', k.credit_document_id from sales_line_link k where k.company_id = $1 and k.invoice_document_id = $2
      union
      select 'credits', o.credits_document_id from sales_document o where o.company_id = $1 and o.id = $2 and o.credits_document_id is not null
      union
      select 'credits', k.invoice_document_id from sales_line_link k where k.company_id = $1 and k.credit_document_id = $2
    ) n
    join sales_document d on d.company_id = $1 and d.id = n.id
    ${firstEntry(`'sales_document'`, 'd.id::text')}`

const paymentEvent = columns({
  on: 'y.paid_on',
  amountMinor: 'y.amount_minor',
  currency: 'y.currency',
  name: 'y.reference',
  message: 'y.method',
  paymentId: 'y.id',
  ...posted,
})

const ofPayments = `
  select case y.kind when 'refund' then 'refunded' else 'paid' end as kind, ${paymentEvent} from (
      select id from payment where company_id = $1 and document_id = $2
      union
      select r.id from payment p join payment r on r.company_id = $1 and r.refunds_payment_id = p.id where p.company_id = $1 and p.document_id = $2
    ) n
    join payment y on y.company_id = $1 and y.id = n.id
    ${firstEntry(`'payment'`, 'y.id::text')}`

const applicationEvent = columns({
  on: 'a.applied_on',
  amountMinor: 'a.amount_minor',
  currency: 'o.currency',
  name: 'coalesce(y.reference, d.number, o.document_number, o.source_id)',
  documentId: 'd.id',
  paymentId: 'y.id',
  ...posted,
})

// What a payment or credit note of the document itself settled stands there as that payment or credit note.
const ofApplications = `
  select case when o.source_kind = 'payment' then case y.kind when 'refund' then 'refunded' else 'paid' end
      when o.source_kind = 'bad_debt' then 'written_off' when o.source_kind = 'deposit_application' then 'deposit_applied'
      when o.source_kind like 'store_credit%' then 'store_credit' else 'applied' end as kind, ${applicationEvent}
    from open_item i
    cross join lateral (
      select credit_item_id as other_id, applied_on, amount_minor from open_item_application where company_id = $1 and debit_item_id = i.id
      union all
      select debit_item_id, applied_on, amount_minor from open_item_application where company_id = $1 and credit_item_id = i.id
    ) a
    join open_item o on o.company_id = $1 and o.id = a.other_id
    left join payment y on y.company_id = $1 and y.id = case when o.source_kind = 'payment' then o.source_id::bigint end
    left join sales_document d on d.company_id = $1 and d.id = case when o.source_kind = 'sales_document' then o.source_id::bigint end
    ${firstEntry('o.source_kind', 'o.source_id')}
    where i.company_id = $1 and i.source_kind = 'sales_document' and i.source_id = $2::bigint::text
      and y.document_id is distinct from $2 and d.credits_document_id is distinct from $2
      and not exists (select from sales_document own where own.company_id = $1 and own.id = $2 and own.credits_document_id = d.id)`

const exceptionEvent = (closed: boolean): string =>
  columns({
    on: `(${closed ? 'x.closed_at' : 'x.opened_at'} at time zone c.time_zone)::date`,
    at: utcMoment(closed ? 'x.closed_at' : 'x.opened_at'),
    by: closed ? 'x.closed_by' : 'null::text',
    amountMinor: 'x.amount_minor',
    currency: 'x.currency',
    name: 'x.kind',
    message: closed ? 'x.resolution' : 'x.message',
    exceptionId: 'x.id',
  })

// By the number of the document, with or without what tells its contents apart, by its order, or by a code or the name of a tax on its lines in
// suspense, as the inbox writes them.
const ofExceptions = `
  with about as materialized (
    select x.* from sales_document d
      cross join lateral (
        select 'document' as about, d.number as subject
        union select 'document', d.order_reference where d.order_reference is not null
        union select n.about, n.subject from sales_document_line l
          cross join lateral (values
            ('unknown_code', upper(btrim(l.code, E' \\t\\r\\n\\u00a0'))), ('unknown_tax', case when l.code = 'TAX' then l.description end)
          ) as n (about, subject)
          where l.company_id = $1 and l.document_id = d.id and l.role = 'sales_suspense'
      ) s
      join exception x on x.company_id = $1 and x.source = d.source
        and s.about = case when x.kind in ('unknown_code', 'unknown_tax') then x.kind else 'document' end
        and (x.subject = s.subject or (x.kind in ('document_changed', 'document_refused') and starts_with(x.subject, d.number || ' ')))
      where d.company_id = $1 and d.id = $2
  ), once as (select distinct on (id) * from about order by id)
  select 'exception_opened' as kind, ${exceptionEvent(false)} from once x join company c on c.id = $1
  union all
  select 'exception_closed', ${exceptionEvent(true)} from once x join company c on c.id = $1 where x.closed_at is not null`

const ofAttachments = `
  select 'attached' as kind, ${columns({
    on: '(t.added_at at time zone c.time_zone)::date',
    at: utcMoment('t.added_at'),
    by: 't.added_by',
    name: 't.name',
  })}
    from attachment t join company c on c.id = $1
    where t.company_id = $1 and t.subject = 'sales_document' and t.subject_id = $2 and t.removed_by is null`

// What took entries back or moved their lines, and what took that back, and so on.
const ofCorrections = `
  with recursive known as (
    select id, null::text as kind from unnest($2::bigint[]) as w (id)
    union
    select n.id, n.kind from known k cross join lateral (
      select id, 'reversed' as kind from journal_entry where company_id = $1 and reverses_id = k.id
      union all
      select moved_by_id, 'reclassified' from line_move where company_id = $1 and entry_id = k.id
    ) n
  )
  select k.kind, ${columns({
    on: 'e.posted_on',
    name: `coalesce(s.fiscal_year || '-' || s.number, e.id::text)`,
    message: 'e.description',
    ...posted,
  })}
    from known k join journal_entry e on e.company_id = $1 and e.id = k.id
    left join journal_seal s on s.company_id = $1 and s.entry_id = e.id
    where k.kind is not null`
