import type { Tx } from '../kernel/database.ts'
import { type MoneyJson, moneyJson } from '../kernel/money.ts'
import { Refusal } from '../kernel/refusal.ts'
import { utcMoment } from '../kernel/utc-moment.ts'
import { type Actor, namedActors } from './actors.ts'
import { type EntryCause, entryCause, type LineMove, movesOfLines } from './entry-cause.ts'
import { idText } from './report.ts'

/** A line of an entry with everything that explains it: its account, why that one, and where the line comes from. */
export type EntryLine = {
  lineNo: number
  account: { code: string; name: string; role: string | null }
  amount: MoneyJson
  /** The same in the line's own currency, where that is another one. */
  currencyAmount: MoneyJson | null
  /** The version of the mapping rule that chose the account; null where the line named it. */
  mapping: LineMapping | null
  party: string | null
  partyName: string | null
  partyId: string | null
  item: string | null
  itemName: string | null
  itemId: string | null
  channel: string | null
  document: string | null
  documentId: string | null
  documentLineNo: number | null
  taxCode: string | null
  taxAuthority: string | null
  taxPoint: string | null
  taxBase: MoneyJson | null
  /** The file and the row of it that the line, or else the first line of its document, was read from. */
  sourceFile: string | null
  sourceRow: number | null
  /** Where it was moved to, or came from, where it was reclassified. */
  moves: Omit<LineMove, 'lineNo'>[]
}

type LineMapping = {
  id: string
  role: string
  version: number
  effectiveFrom: string
  author: string
  authorName: string
  createdAt: string
  reason: string
  /** What of the line the rule looked at, by code; empty for the rule of the role alone. */
  conditions: Record<string, string>
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
  /** The same for people. */
  writtenBy: Actor
  cause: EntryCause
  lines: EntryLine[]
  sources: EntrySource[]
}

type Head = Omit<
  EntryDetail,
  'lines' | 'sources' | 'source' | 'entryId' | 'reverses' | 'reversedBy' | 'writtenBy' | 'cause'
> & {
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
  const lines = await readLines(tx, entryId)
  const nameOf = await namedActors(tx, [head.postedBy, ...lines.flatMap(({ ruleAuthor }) => ruleAuthor ?? [])])
  const moves = await movesOfLines(tx, entryId)
  return {
    ...rest,
    writtenBy: nameOf(head.postedBy),
    cause: (await entryCause(tx, entryId)) as EntryCause,
    entryId: String(id),
    source: { kind: sourceKind, id: sourceId },
    reverses: idText(reversesId),
    reversedBy: idText(reversedById),
    lines: lines.map((line) => lineOf(line, { baseCurrency, moves, nameOf })),
    sources: await sourcesOf(tx, entryId),
  }
}

type Line = Omit<EntryLine, Computed> & {
  code: string
  name: string
  role: string | null
  amountMinor: bigint
  currency: string
  currencyAmountMinor: bigint
  taxBaseMinor: bigint | null
  partyId: bigint | null
  itemId: bigint | null
  documentId: bigint | null
  sourceRow: bigint | null
  ruleId: bigint | null
  ruleRole: string
  ruleVersion: number
  ruleFrom: string
  ruleAuthor: string | null
  ruleCreatedAt: string
  ruleReason: string
  conditions: Record<string, string | null>
}

type Computed =
  | 'account'
  | 'amount'
  | 'currencyAmount'
  | 'mapping'
  | 'taxBase'
  | 'moves'
  | 'partyId'
  | 'itemId'
  | 'documentId'
  | 'sourceRow'

const readLines = (tx: Tx, entryId: bigint): Promise<Line[]> =>
  tx.query<Line>(
    `select l.line_no as "lineNo", a.code, a.name, a.role, l.amount_minor as "amountMinor", l.currency,
        l.currency_amount_minor as "currencyAmountMinor", p.number as party, p.name as "partyName", p.id as "partyId", i.code as item,
        i.name as "itemName", i.id as "itemId", c.code as channel, d.number as document, d.id as "documentId",
        l.document_line_no as "documentLineNo", t.code as "taxCode", l.tax_authority as "taxAuthority", l.tax_point as "taxPoint",
        l.tax_base_minor as "taxBaseMinor", m.id as "ruleId", m.role as "ruleRole", m.version as "ruleVersion", m.effective_from as "ruleFrom",
        m.author as "ruleAuthor", ${utcMoment('m.created_at')} as "ruleCreatedAt", m.reason as "ruleReason",
        jsonb_build_object('item', mi.code, 'itemGroup', mg.code, 'taxCode', mt.code, 'channel', mc.code, 'paymentMethod', m.payment_method,
          'documentKind', m.document_kind) as conditions, f.name as "sourceFile", r.import_line as "sourceRow"
      from journal_line l join account a on a.company_id = l.company_id and a.id = l.account_id
      left join mapping_rule m on m.company_id = l.company_id and m.id = l.mapping_rule_id
      left join item mi on mi.company_id = l.company_id and mi.id = m.item_id
      left join item_group mg on mg.company_id = l.company_id and mg.id = m.item_group_id
      left join tax_code mt on mt.company_id = l.company_id and mt.id = m.tax_code_id
      left join channel mc on mc.company_id = l.company_id and mc.id = m.channel_id
      left join party p on p.company_id = l.company_id and p.id = l.party_id
      left join item i on i.company_id = l.company_id and i.id = l.item_id
      left join channel c on c.company_id = l.company_id and c.id = l.channel_id
      left join sales_document d on d.company_id = l.company_id and d.id = l.document_id
      left join tax_code t on t.company_id = l.company_id and t.id = l.tax_code_id
      left join lateral (
        select import_file_id, import_line from sales_document_line n
          where n.company_id = $1 and n.document_id = l.document_id and n.line_no >= coalesce(l.document_line_no, 0)
            and (l.document_line_no is null or n.line_no = l.document_line_no)
          order by n.line_no limit 1
      ) r on true
      left join import_file f on f.company_id = l.company_id and f.id = r.import_file_id
      where l.company_id = $1 and l.entry_id = $2 order by l.line_no`,
    [tx.companyId, entryId],
  )

type Beside = { baseCurrency: string; moves: readonly LineMove[]; nameOf: (actor: string) => Actor }

function lineOf(row: Line, { baseCurrency, moves, nameOf }: Beside): EntryLine {
  const { code, name, role, amountMinor, currency, currencyAmountMinor, taxBaseMinor } = row
  return {
    lineNo: row.lineNo,
    account: { code, name, role },
    amount: moneyJson(amountMinor, baseCurrency),
    currencyAmount: currency === baseCurrency ? null : moneyJson(currencyAmountMinor, currency),
    mapping: mappingOf(row, nameOf),
    party: row.party,
    partyName: row.partyName,
    partyId: idText(row.partyId),
    item: row.item,
    itemName: row.itemName,
    itemId: idText(row.itemId),
    channel: row.channel,
    document: row.document,
    documentId: idText(row.documentId),
    documentLineNo: row.documentLineNo,
    taxCode: row.taxCode,
    taxAuthority: row.taxAuthority,
    taxPoint: row.taxPoint,
    taxBase: taxBaseMinor === null ? null : moneyJson(taxBaseMinor, baseCurrency),
    sourceFile: row.sourceFile,
    sourceRow: row.sourceRow === null ? null : Number(row.sourceRow),
    moves: moves.filter(({ lineNo }) => lineNo === row.lineNo).map(({ lineNo: _, ...move }) => move),
  }
}

function mappingOf(row: Line, nameOf: Beside['nameOf']): LineMapping | null {
  if (row.ruleId === null || row.ruleAuthor === null) return null
  return {
    id: String(row.ruleId),
    role: row.ruleRole,
    version: row.ruleVersion,
    effectiveFrom: row.ruleFrom,
    author: row.ruleAuthor,
    authorName: nameOf(row.ruleAuthor).name,
    createdAt: row.ruleCreatedAt,
    reason: row.ruleReason,
    conditions: Object.fromEntries(
      Object.entries(row.conditions).flatMap(([name, value]) => (value === null ? [] : [[name, value]])),
    ),
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
