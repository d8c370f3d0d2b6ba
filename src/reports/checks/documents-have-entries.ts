import type { Tx } from '../../kernel/database.ts'
import { moneyJson } from '../../kernel/money.ts'
import { postedAs } from '../../ledger/playing.ts'
import { type Broken, type Check, type CheckRow, compareRows, outcomeOf } from './check.ts'

/**
 * Every sales document that books has its entry, and the entry puts the document's gross on the receivable account; every payment has its
 * entry, which moves as much money; and every entry of a document or a payment has its document or payment. Items are untracked until stock exists, so no shipped line has
 * a cost to compare yet.
 */
export const documentsHaveEntries: Check = {
  name: 'documents-have-entries',
  async run(tx) {
    const documents = await documentsBesideEntries(tx)
    const payments = await paymentsBesideEntries(tx)
    const entries = await entriesWithoutSource(tx)
    return outcomeOf(documents.compared + payments.compared + entries.compared, [
      ...documents.rows,
      ...payments.rows,
      ...entries.rows,
    ])
  },
}

type Found = { compared: number; rows: CheckRow[] }

type BrokenDocument = Broken & { id: bigint; number: string; currency: string; gross: bigint; receivable: bigint }

// The entries of a document that stand: a reversed one and its reversal come to nothing.
async function documentsBesideEntries(tx: Tx): Promise<Found> {
  const { compared, broken } = await compareRows<BrokenDocument>(
    tx,
    `select d.id, d.number, d.currency, d.net_minor + d.tax_minor as gross, coalesce(e.receivable, 0) as receivable,
        case
          when e.source_id is null then 'the document has no entry'
          when coalesce(e.receivable, 0) <> d.net_minor + d.tax_minor then 'the entry does not put its gross on the receivable account'
        end as what
      from sales_document d
      left join (
        select e.source_id, sum(l.currency_amount_minor) filter (where a.role = 'receivable')::bigint as receivable
          from journal_entry e
          join journal_line l on l.company_id = $1 and l.entry_id = e.id
          join account a on a.company_id = $1 and a.id = l.account_id
          where e.company_id = $1 and e.source_kind = 'sales_document'
            and not exists (select from journal_entry r where r.company_id = $1 and r.reverses_id = e.id)
          group by e.source_id
      ) e on e.source_id = d.id::text
      where d.company_id = $1 and d.kind in ('invoice', 'credit_note', 'bad_debt')
        and (d.tax_minor <> 0 or exists (
          select from sales_document_line l where l.company_id = $1 and l.document_id = d.id and l.role is not null and l.net_minor <> 0))`,
    'id',
  )
  return {
    compared,
    rows: broken.map(({ id, number, currency, gross, receivable, what }) => ({
      documentId: String(id),
      number,
      what,
      gross: moneyJson(gross, currency),
      receivable: moneyJson(receivable, currency),
    })),
  }
}

type BrokenPayment = Broken & { id: bigint; kind: string; reference: string; currency: string; amount_minor: bigint }

async function paymentsBesideEntries(tx: Tx): Promise<Found> {
  const { compared, broken } = await compareRows<BrokenPayment>(
    tx,
    `select p.id, p.kind, p.reference, p.currency, p.amount_minor,
        case
          when e.source_id is null then 'the payment has no entry'
          when e.money <> case p.kind when 'capture' then p.amount_minor else -p.amount_minor end then 'the entry moves another amount of money'
        end as what
      from payment p
      left join (
        select e.source_id, coalesce(sum(l.currency_amount_minor) filter (where ${postedAs('r', 'a')} in ('payment_clearing', 'bank', 'cash', 'payment_suspense')), 0)::bigint as money
          from journal_entry e
          join journal_line l on l.company_id = $1 and l.entry_id = e.id
          join account a on a.company_id = $1 and a.id = l.account_id
          left join mapping_rule r on r.company_id = $1 and r.id = l.mapping_rule_id
          where e.company_id = $1 and e.source_kind = 'payment'
          group by e.source_id
      ) e on e.source_id = p.id::text
      where p.company_id = $1`,
    'id',
  )
  return {
    compared,
    rows: broken.map(({ id, kind, reference, currency, amount_minor, what }) => ({
      paymentId: String(id),
      kind,
      reference,
      what,
      amount: moneyJson(amount_minor, currency),
    })),
  }
}

type BrokenEntry = Broken & { id: bigint; source_kind: string; source_id: string; rule: string }

async function entriesWithoutSource(tx: Tx): Promise<Found> {
  const { compared, broken } = await compareRows<BrokenEntry>(
    tx,
    `select e.id, e.source_kind, e.source_id, e.rule,
        case when d.id is null and p.id is null then 'the entry names a source that does not exist' end as what
      from journal_entry e
      left join sales_document d on e.source_kind = 'sales_document' and d.company_id = $1 and d.id::text = e.source_id
      left join payment p on e.source_kind = 'payment' and p.company_id = $1 and p.id::text = e.source_id
      where e.company_id = $1 and e.source_kind in ('sales_document', 'payment')`,
    'id',
  )
  return {
    compared,
    rows: broken.map(({ id, source_kind, source_id, rule, what }) => ({
      entryId: String(id),
      rule,
      source: { kind: source_kind, id: source_id },
      what,
    })),
  }
}
