import type { AccountingDate } from '../../kernel/accounting-date.ts'
import type { Tx } from '../../kernel/database.ts'
import type { AccountClass } from '../../ledger/charts/index.ts'

/** A line as an export needs it: minor units, debit positive, in base currency and in the line's own. */
export type ExportedLine = {
  lineNo: number
  accountId: bigint
  amountMinor: bigint
  currency: string
  currencyAmountMinor: bigint
  party: string | null
  item: string | null
  document: string | null
  taxCode: string | null
  taxAuthority: string | null
  taxPoint: string | null
  taxBaseMinor: bigint | null
}

export type ExportedEntry = {
  id: bigint
  postedOn: AccountingDate
  effectiveOn: AccountingDate
  /** Such as 2011-15; null where the entry is not sealed. */
  number: string | null
  rule: string
  sourceKind: string
  sourceId: string
  revision: number
  description: string
  lines: ExportedLine[]
}

export type ExportedAccount = { id: bigint; code: string; name: string; class: AccountClass; role: string | null }

/** What the head of an export declares: everything that its entries use. */
export type ExportHeading = {
  company: string
  baseCurrency: string
  currencies: string[]
  accounts: ExportedAccount[]
  /** The first day of the books; null where nothing is posted. */
  firstDay: AccountingDate | null
}

const entriesOnPage = 1000

type LineRow = ExportedLine & Omit<ExportedEntry, 'lines'>

/** The company's accounts and the currencies that its journal uses. */
export async function exportHeading(tx: Tx): Promise<ExportHeading> {
  const accounts = await tx.query<ExportedAccount>(
    'select id, code, name, class, role from account where company_id = $1 order by code',
    [tx.companyId],
  )
  const [facts] = await tx.query<Omit<ExportHeading, 'accounts' | 'currencies'>>(
    `select name as company, base_currency as "baseCurrency",
        (select min(posted_on) from journal_entry where company_id = $1) as "firstDay"
      from company where id = $1`,
    [tx.companyId],
  )
  if (facts === undefined) throw new Error('the company is not to be seen')
  // Balances know every currency of the journal, and are far fewer than its lines.
  const used = await tx.query<{ currency: string }>(
    `select currency from account_balance where company_id = $1 and grain = 'month'
       union select currency from account_balance_delta where company_id = $1 order by currency`,
    [tx.companyId],
  )
  const currencies = [...new Set([facts.baseCurrency, ...used.map(({ currency }) => currency)])]
  return { ...facts, currencies, accounts }
}

/** All entries with their lines in order of day and id, a page at a time, so that memory stays the same however long the journal is. */
export async function* exportedEntries(tx: Tx): AsyncGenerator<ExportedEntry[]> {
  let after: { postedOn: string; id: bigint } = { postedOn: '-infinity', id: 0n }
  for (;;) {
    const rows = await tx.query<LineRow>(pageOfEntries, [tx.companyId, after.postedOn, after.id, entriesOnPage])
    const entries = groupLines(rows)
    const last = entries.at(-1)
    if (last === undefined) return
    yield entries
    if (entries.length < entriesOnPage) return
    after = last
  }
}

// The page is cut first, and what is joined is looked up by its key, row by row: no plan reads a table from end to end for each page.
const pageOfEntries = `
  with page as materialized (
    select * from journal_entry where company_id = $1 and (posted_on, id) > ($2::date, $3::bigint) order by posted_on, id limit $4
  )
  select e.id, e.posted_on as "postedOn", e.effective_on as "effectiveOn", s.number, e.rule,
      e.source_kind as "sourceKind", e.source_id as "sourceId", e.revision, e.description,
      l.line_no as "lineNo", l.account_id as "accountId", l.amount_minor as "amountMinor", l.currency,
      l.currency_amount_minor as "currencyAmountMinor", p.number as party, i.code as item, d.number as document, t.code as "taxCode",
      l.tax_authority as "taxAuthority", l.tax_point as "taxPoint", l.tax_base_minor as "taxBaseMinor"
    from page e
    cross join lateral (select * from journal_line l where l.company_id = $1 and l.entry_id = e.id offset 0) l
    left join lateral (
      select fiscal_year || '-' || number as number from journal_seal where company_id = $1 and entry_id = e.id offset 0
    ) s on true
    left join lateral (select number from party where company_id = $1 and id = l.party_id offset 0) p on true
    left join lateral (select code from item where company_id = $1 and id = l.item_id offset 0) i on true
    left join lateral (select number from sales_document where company_id = $1 and id = l.document_id offset 0) d on true
    left join lateral (select code from tax_code where company_id = $1 and id = l.tax_code_id offset 0) t on true
    order by e.posted_on, e.id, l.line_no`

function groupLines(rows: readonly LineRow[]): ExportedEntry[] {
  const entries: ExportedEntry[] = []
  for (const row of rows) {
    const { id, postedOn, effectiveOn, number, rule, sourceKind, sourceId, revision, description, ...line } = row
    let entry = entries.at(-1)
    if (entry?.id !== id) {
      entry = { id, postedOn, effectiveOn, number, rule, sourceKind, sourceId, revision, description, lines: [] }
      entries.push(entry)
    }
    entry.lines.push(line)
  }
  return entries
}
