import type { Tx } from '../kernel/database.ts'
import { type MoneyJson, moneyJson } from '../kernel/money.ts'
import { Refusal } from '../kernel/refusal.ts'
import { utcMoment } from '../kernel/utc-moment.ts'
import { idText } from './report.ts'

/** A line of an entry with everything that explains it: its account, why that one, and where the line comes from. */
export type EntryLine = {
  lineNo: number
  account: { code: string; name: string; role: string | null }
  amount: MoneyJson
  /** The same in the line's own currency, where that is another one. */
  currencyAmount: MoneyJson | null
  /** The version of the mapping rule that chose the account; null where the line named it. */
  mapping: { id: string; role: string; version: number; effectiveFrom: string; author: string; reason: string } | null
  party: string | null
  partyName: string | null
  item: string | null
  itemName: string | null
  document: string | null
  documentLineNo: number | null
  taxCode: string | null
  taxAuthority: string | null
  taxPoint: string | null
  taxBase: MoneyJson | null
}

/** Where a document of the entry was read from. */
export type EntrySource = { document: string; file: string; firstRow: number; lastRow: number; rows: number }

export type EntryDetail = {
  entryId: string
  /** Such as 2011-15; null until the entry is sealed. */
  number: string | null
  date: string
  effectiveOn: string
  rule: string
  source: { kind: string; id: string }
  revision: number
  reverses: string | null
  reversedBy: string | null
  closesYear: boolean
  description: string
  postedBy: string
  postedAt: string
  lines: EntryLine[]
  sources: EntrySource[]
}

type Head = Omit<EntryDetail, 'lines' | 'sources' | 'source' | 'entryId' | 'reverses' | 'reversedBy'> & {
  id: bigint
  sourceKind: string
  sourceId: string
  reversesId: bigint | null
  reversedById: bigint | null
  baseCurrency: string
}

/** One entry, explained. Refuses `entry_unknown`. */
export async function entryDetail(tx: Tx, entryId: bigint): Promise<EntryDetail> {
  const [head] = await tx.query<Head>(
    `select e.id, s.fiscal_year || '-' || s.number as number, e.posted_on as date, e.effective_on as "effectiveOn", e.rule,
        e.source_kind as "sourceKind", e.source_id as "sourceId", e.revision, e.reverses_id as "reversesId", r.id as "reversedById",
        e.closes_year as "closesYear", e.description, e.posted_by as "postedBy",
        ${utcMoment('e.posted_at')} as "postedAt", c.base_currency as "baseCurrency"
      from journal_entry e join company c on c.id = e.company_id
      left join journal_seal s on s.company_id = e.company_id and s.entry_id = e.id
      left join journal_entry r on r.company_id = e.company_id and r.reverses_id = e.id
      where e.company_id = $1 and e.id = $2`,
    [tx.companyId, entryId],
  )
  if (head === undefined) throw new Refusal('entry_unknown', { entry: entryId })
  const { id, sourceKind, sourceId, reversesId, reversedById, baseCurrency, ...rest } = head
  return {
    ...rest,
    entryId: String(id),
    source: { kind: sourceKind, id: sourceId },
    reverses: idText(reversesId),
    reversedBy: idText(reversedById),
    lines: await linesOf(tx, entryId, baseCurrency),
    sources: await sourcesOf(tx, entryId),
  }
}

type Line = Omit<EntryLine, 'account' | 'amount' | 'currencyAmount' | 'mapping' | 'taxBase'> & {
  code: string
  name: string
  role: string | null
  amountMinor: bigint
  currency: string
  currencyAmountMinor: bigint
  taxBaseMinor: bigint | null
  ruleId: bigint | null
  ruleRole: string
  ruleVersion: number
  ruleFrom: string
  ruleAuthor: string
  ruleReason: string
}

async function linesOf(tx: Tx, entryId: bigint, baseCurrency: string): Promise<EntryLine[]> {
  const rows = await tx.query<Line>(
    `select l.line_no as "lineNo", a.code, a.name, a.role, l.amount_minor as "amountMinor", l.currency,
        l.currency_amount_minor as "currencyAmountMinor", p.number as party, p.name as "partyName", i.code as item, i.name as "itemName",
        d.number as document, l.document_line_no as "documentLineNo", t.code as "taxCode", l.tax_authority as "taxAuthority",
        l.tax_point as "taxPoint", l.tax_base_minor as "taxBaseMinor", m.id as "ruleId", m.role as "ruleRole", m.version as "ruleVersion",
        m.effective_from as "ruleFrom", m.author as "ruleAuthor", m.reason as "ruleReason"
      from journal_line l join account a on a.company_id = l.company_id and a.id = l.account_id
      left join mapping_rule m on m.company_id = l.company_id and m.id = l.mapping_rule_id
      left join party p on p.company_id = l.company_id and p.id = l.party_id
      left join item i on i.company_id = l.company_id and i.id = l.item_id
      left join sales_document d on d.company_id = l.company_id and d.id = l.document_id
      left join tax_code t on t.company_id = l.company_id and t.id = l.tax_code_id
      where l.company_id = $1 and l.entry_id = $2 order by l.line_no`,
    [tx.companyId, entryId],
  )
  return rows.map((row) => lineOf(row, baseCurrency))
}

function lineOf(row: Line, baseCurrency: string): EntryLine {
  const { code, name, role, amountMinor, currency, currencyAmountMinor, taxBaseMinor } = row
  const { ruleId, ruleRole, ruleVersion, ruleFrom, ruleAuthor, ruleReason, ...line } = row
  return {
    lineNo: line.lineNo,
    account: { code, name, role },
    amount: moneyJson(amountMinor, baseCurrency),
    currencyAmount: currency === baseCurrency ? null : moneyJson(currencyAmountMinor, currency),
    mapping:
      ruleId === null
        ? null
        : {
            id: String(ruleId),
            role: ruleRole,
            version: ruleVersion,
            effectiveFrom: ruleFrom,
            author: ruleAuthor,
            reason: ruleReason,
          },
    party: line.party,
    partyName: line.partyName,
    item: line.item,
    itemName: line.itemName,
    document: line.document,
    documentLineNo: line.documentLineNo,
    taxCode: line.taxCode,
    taxAuthority: line.taxAuthority,
    taxPoint: line.taxPoint,
    taxBase: taxBaseMinor === null ? null : moneyJson(taxBaseMinor, baseCurrency),
  }
}

const sourcesOf = async (tx: Tx, entryId: bigint): Promise<EntrySource[]> =>
  tx.query<EntrySource>(
    `select d.number as document, f.name as file, min(n.import_line)::int as "firstRow", max(n.import_line)::int as "lastRow",
        count(*)::int as rows
      from (select distinct document_id from journal_line where company_id = $1 and entry_id = $2 and document_id is not null) l
      join sales_document d on d.company_id = $1 and d.id = l.document_id
      join sales_document_line n on n.company_id = $1 and n.document_id = d.id
      join import_file f on f.company_id = $1 and f.id = n.import_file_id
      group by d.id, d.number, f.id, f.name order by d.id, f.id`,
    [tx.companyId, entryId],
  )
