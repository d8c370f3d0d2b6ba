import type { LineRow } from '../kernel/line-row.ts'
import { moneyJson } from '../kernel/money.ts'
import { idText } from './report.ts'

/** A line as `explained` finds it. */
export type FoundLine = Omit<LineRow, 'entryId' | 'documentId' | 'sourceRow' | 'amount' | 'currencyAmount'> & {
  entryId: bigint
  documentId: bigint | null
  sourceRow: bigint | null
  amountMinor: bigint
  currency: string
  currencyAmountMinor: bigint
}

/**
 * The statement that says of the lines of a page what they are about. What is joined is looked up row by row by its key (offset 0 keeps each lookup in its
 * place), as in the general ledger.
 */
export const explained = (page: string): string => `${page}
  select l.posted_on as date, l.entry_id as "entryId", l.line_no as "lineNo", s.number as "entryNumber", a.code as account,
      a.name as "accountName", e.rule, e.description, p.number as party, p.name as "partyName", i.code as item, i.name as "itemName",
      c.code as channel, d.country, t.code as "taxCode", l.document_id as "documentId", d.kind as "documentKind",
      d.number as "documentNumber", l.document_line_no as "documentLineNo", r.quantity::text, f.name as "sourceFile",
      r.import_line as "sourceRow", l.amount_minor as "amountMinor", l.currency, l.currency_amount_minor as "currencyAmountMinor"
    from page l
    cross join lateral (select code, name from account where company_id = $1 and id = l.account_id offset 0) a
    cross join lateral (select rule, description from journal_entry where company_id = $1 and id = l.entry_id offset 0) e
    left join lateral (
      select fiscal_year || '-' || number as number from journal_seal where company_id = $1 and entry_id = l.entry_id offset 0
    ) s on true
    left join lateral (select number, name from party where company_id = $1 and id = l.party_id offset 0) p on true
    left join lateral (select code, name from item where company_id = $1 and id = l.item_id offset 0) i on true
    left join lateral (select code from channel where company_id = $1 and id = l.channel_id offset 0) c on true
    left join lateral (select code from tax_code where company_id = $1 and id = l.tax_code_id offset 0) t on true
    left join lateral (
      select kind, number, country from sales_document where company_id = $1 and id = l.document_id offset 0
    ) d on true
    left join lateral (
      select import_file_id, import_line, case when l.document_line_no is not null then quantity end as quantity from sales_document_line n
        where n.company_id = $1 and n.document_id = l.document_id and n.line_no >= coalesce(l.document_line_no, 0)
          and (l.document_line_no is null or n.line_no = l.document_line_no)
        order by n.line_no limit 1
    ) r on true
    left join lateral (select name from import_file where company_id = $1 and id = r.import_file_id offset 0) f on true
    order by l.posted_on desc, l.entry_id desc, l.line_no desc`

export const lineRow = (
  { entryId, documentId, sourceRow, amountMinor, currency, currencyAmountMinor, ...row }: FoundLine,
  baseCurrency: string,
): LineRow => ({
  ...row,
  entryId: String(entryId),
  documentId: idText(documentId),
  sourceRow: sourceRow === null ? null : Number(sourceRow),
  amount: moneyJson(amountMinor, baseCurrency),
  currencyAmount: currency === baseCurrency ? null : moneyJson(currencyAmountMinor, currency),
})
