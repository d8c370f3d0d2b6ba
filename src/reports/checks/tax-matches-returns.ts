import type { Tx } from '../../kernel/database.ts'
import { moneyJson } from '../../kernel/money.ts'
import { companyHeading } from '../report.ts'
import { type Broken, type Check, type CheckRow, compareRows, outcomeOf } from './check.ts'

/**
 * No return has been filed yet, so what the tax accounts hold must be tax lines, each with all that a return needs: its tax code, authority,
 * tax point and what was taxed. Balances brought in from earlier books and adjustments by hand may lack these, and so may what takes them back:
 * they break nothing and are listed, one row an account and kind, since a person must see to it that they come into a return. And of each sales document the tax lines of its entry are its tax, code by code.
 */
export const taxMatchesReturns: Check = {
  name: 'tax-matches-returns',
  async run(tx) {
    const lines = await taxLines(tx)
    const documents = await documentsBesideTaxLines(tx)
    const outcome = outcomeOf(lines.compared + documents.compared, [...lines.rows, ...documents.rows])
    const byHand = await linesByHand(tx)
    return { ...outcome, rows: [...outcome.rows, ...byHand] }
  },
}

type Found = { compared: number; rows: CheckRow[] }

type BrokenLine = Broken & { entry_id: bigint; line_no: number; account: string; amount_minor: bigint }

const taxRoles = `('output_tax', 'output_tax_pending', 'input_tax', 'input_tax_pending')`

async function taxLines(tx: Tx): Promise<Found> {
  const { currency } = await companyHeading(tx)
  const { compared, broken } = await compareRows<BrokenLine>(
    tx,
    `select l.entry_id, l.line_no, a.code as account, l.amount_minor,
        case
          when t.id is null then 'a line on a tax account names no tax code'
          when l.tax_authority is null then 'a tax line names no authority'
          when l.tax_point is null then 'a tax line has no tax point'
          when l.tax_base_minor is null then 'a tax line does not say what was taxed'
        end as what
      from account a
      join journal_line l on l.company_id = $1 and l.account_id = a.id
      join journal_entry e on e.company_id = $1 and e.id = l.entry_id
      left join journal_entry r on r.company_id = $1 and r.id = e.reverses_id
      left join tax_code t on t.company_id = $1 and t.id = l.tax_code_id
      where a.company_id = $1 and a.role in ${taxRoles} and coalesce(r.rule, e.rule) not in ('opening-balance', 'manual-journal')`,
    'entry_id, line_no',
  )
  return {
    compared,
    rows: broken.map(({ entry_id, line_no, account, amount_minor, what }) => ({
      entryId: String(entry_id),
      lineNo: line_no,
      account,
      what,
      amount: moneyJson(amount_minor, currency),
    })),
  }
}

/** What openings and journals by hand left on tax accounts without what a return needs. */
async function linesByHand(tx: Tx): Promise<CheckRow[]> {
  const { currency } = await companyHeading(tx)
  const rows = await tx.query<{ account: string; rule: string; lines: number; amount_minor: bigint }>(
    `select a.code as account, coalesce(r.rule, e.rule) as rule, count(*)::int as lines, sum(l.amount_minor)::bigint as amount_minor
      from account a
      join journal_line l on l.company_id = $1 and l.account_id = a.id
      join journal_entry e on e.company_id = $1 and e.id = l.entry_id
      left join journal_entry r on r.company_id = $1 and r.id = e.reverses_id
      where a.company_id = $1 and a.role in ${taxRoles} and coalesce(r.rule, e.rule) in ('opening-balance', 'manual-journal')
        and (l.tax_code_id is null or l.tax_authority is null or l.tax_point is null or l.tax_base_minor is null)
      group by 1, 2 having sum(l.amount_minor) <> 0 order by 1, 2`,
    [tx.companyId],
  )
  return rows.map(({ account, rule, lines, amount_minor }) => ({
    account,
    rule,
    lines,
    what: 'entered by hand, without what a return needs: see that it comes into one',
    amount: moneyJson(amount_minor, currency),
  }))
}

type BrokenDocument = Broken & {
  id: bigint
  number: string
  tax_code: string | null
  currency: string
  tax: bigint
  lines: bigint
}

// Tax by code, of the entries of a document that stand, beside the document's own; a document whose codes do not sum to its tax is broken too.
async function documentsBesideTaxLines(tx: Tx): Promise<Found> {
  const { compared, broken } = await compareRows<BrokenDocument>(
    tx,
    `with posted as (
        select e.source_id::bigint as document_id, l.tax_code_id, -sum(l.currency_amount_minor)::bigint as tax_minor
          from account a
          join journal_line l on l.company_id = $1 and l.account_id = a.id
          join journal_entry e on e.company_id = $1 and e.id = l.entry_id and e.source_kind = 'sales_document'
          where a.company_id = $1 and a.role in ${taxRoles}
            and not exists (select from journal_entry r where r.company_id = $1 and r.reverses_id = e.id)
          group by 1, 2
      ), stated as (
        select document_id, tax_code_id, tax_minor, sum(tax_minor) over (partition by document_id) as document_minor
          from sales_document_tax where company_id = $1
      )
      select d.id, d.number, t.code as tax_code, d.currency, coalesce(s.tax_minor, 0) as tax, coalesce(p.tax_minor, 0) as lines,
          case
            when coalesce(s.tax_minor, 0) <> coalesce(p.tax_minor, 0) then 'the tax lines of its entry are not its tax'
            when coalesce(s.document_minor, 0) <> d.tax_minor then 'its tax is not the sum of its tax codes'
          end as what
        from sales_document d
        left join (posted p full join stated s using (document_id, tax_code_id)) on document_id = d.id
        left join tax_code t on t.company_id = $1 and t.id = tax_code_id
        where d.company_id = $1 and (document_id is not null or d.tax_minor <> 0)`,
    'id, tax_code',
  )
  return {
    compared,
    rows: broken.map(({ id, number, tax_code, currency, tax, lines, what }) => ({
      documentId: String(id),
      number,
      taxCode: tax_code,
      what,
      tax: moneyJson(tax, currency),
      lines: moneyJson(lines, currency),
    })),
  }
}
