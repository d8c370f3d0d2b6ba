import { type AccountingDate, previousDay } from '../kernel/accounting-date.ts'
import { only, type Tx } from '../kernel/database.ts'
import { type MoneyJson, moneyJson } from '../kernel/money.ts'
import { accountByCode } from '../ledger/accounts.ts'
import { cursorOf, type readCursor } from './parameters.ts'
import {
  companyHeading,
  dateColumn,
  idText,
  moneyColumn,
  moneyIn,
  numberColumn,
  type Report,
  type Table,
  textColumn,
} from './report.ts'
import { accountMovements } from './stored-balances.ts'

type GeneralLedgerRow = {
  date: string
  entryId: string
  lineNo: number
  /** The number of the entry within its fiscal year, such as 2011-15; null until it is sealed. */
  entryNumber: string | null
  rule: string
  description: string
  party: string | null
  documentId: string | null
  documentNumber: string | null
  /** The file and the row of it that the line, or else the first line of its document, was read from. */
  sourceFile: string | null
  sourceRow: number | null
  amount: MoneyJson
  /** The same in the line's own currency, where that is another one. */
  currencyAmount: MoneyJson | null
  balance: MoneyJson
}

export type GeneralLedger = Report<GeneralLedgerRow> & {
  from: AccountingDate
  to: AccountingDate
  account: { code: string; name: string; role: string | null }
  /** The balance before the page's first row. */
  openingBalance: MoneyJson
  next: string | null
}

export type GeneralLedgerParameters = {
  account: string
  from: AccountingDate
  to: AccountingDate
  cursor?: ReturnType<typeof readCursor>
  limit?: number
}

type LedgerLine = {
  posted_on: AccountingDate
  entry_id: bigint
  line_no: number
  amount_minor: bigint
  currency: string
  currency_amount_minor: bigint
  number: string | null
  rule: string
  description: string
  party: string | null
  document_id: bigint | null
  document_number: string | null
  source_file: string | null
  source_row: bigint | null
}

/**
 * One page of an account's lines with their running balance, in order of day, entry and line. What came before the page is read from stored
 * balances, and within the cursor's own day from its lines, so that every page costs the same however deep it lies. Refuses
 * `account_unknown`.
 */
export async function generalLedger(
  tx: Tx,
  { account: code, from, to, cursor, limit = 100 }: GeneralLedgerParameters,
): Promise<GeneralLedger> {
  const heading = await companyHeading(tx)
  const account = await accountByCode(tx, code)
  const after = cursor !== undefined && cursor.day >= from ? cursor : { day: from, entryId: 0n, lineNo: 0 }
  const opening = await balanceBefore(tx, account.id, after)
  const found = await tx.query<LedgerLine>(pageOfLines, [
    tx.companyId,
    account.id,
    from,
    to,
    after.day,
    after.entryId,
    after.lineNo,
    limit + 1,
  ])
  const lines = found.slice(0, limit)
  const last = lines.at(-1)
  return {
    report: 'general-ledger',
    ...heading,
    from,
    to,
    account: { code: account.code, name: account.name, role: account.role },
    openingBalance: moneyJson(opening, heading.currency),
    rows: withRunningBalance(lines, opening, heading.currency),
    next: found.length > limit && last ? cursorOf(last.posted_on, last.entry_id, last.line_no) : null,
  }
}

type Place = { day: AccountingDate; entryId: bigint; lineNo: number }

async function balanceBefore(tx: Tx, accountId: bigint, { day, entryId, lineNo }: Place): Promise<bigint> {
  // Nothing is posted before the first day that a date can name, and the day before it has no name.
  const [stored] =
    day === '0001-01-01' ? [] : await accountMovements(tx, [{ from: null, to: previousDay(day) }], { accountId })
  const { amount } = only(
    await tx.query<{ amount: bigint }>(
      `select coalesce(sum(amount_minor), 0)::bigint as amount from journal_line
         where company_id = $1 and account_id = $2 and posted_on = $3 and (entry_id, line_no) <= ($4, $5)`,
      [tx.companyId, accountId, day, entryId, lineNo],
    ),
  )
  return (stored?.amounts[0] ?? 0n) + amount
}

// The page is cut before anything is joined to it. What is joined is looked up row by row by its key (offset 0 keeps each lookup in its place):
// a plan made while a company is new would otherwise read its tables from end to end once they have grown.
const pageOfLines = `
  with page as materialized (
    select * from journal_line
      where company_id = $1 and account_id = $2 and posted_on between $3 and $4 and (posted_on, entry_id, line_no) > ($5::date, $6::bigint, $7::int)
      order by posted_on, entry_id, line_no limit $8
  )
  select l.posted_on, l.entry_id, l.line_no, l.amount_minor, l.currency, l.currency_amount_minor, s.number, e.rule, e.description,
      p.number as party, l.document_id, d.number as document_number, f.name as source_file, r.import_line as source_row
    from page l
    cross join lateral (select rule, description from journal_entry where company_id = $1 and id = l.entry_id offset 0) e
    left join lateral (
      select fiscal_year || '-' || number as number from journal_seal where company_id = $1 and entry_id = l.entry_id offset 0
    ) s on true
    left join lateral (select number from party where company_id = $1 and id = l.party_id offset 0) p on true
    left join lateral (select number from sales_document where company_id = $1 and id = l.document_id offset 0) d on true
    left join lateral (
      select import_file_id, import_line from sales_document_line n
        where n.company_id = $1 and n.document_id = l.document_id and n.line_no >= coalesce(l.document_line_no, 0)
          and (l.document_line_no is null or n.line_no = l.document_line_no)
        order by n.line_no limit 1
    ) r on true
    left join lateral (select name from import_file where company_id = $1 and id = r.import_file_id offset 0) f on true
    order by l.posted_on, l.entry_id, l.line_no`

function withRunningBalance(lines: readonly LedgerLine[], opening: bigint, currency: string): GeneralLedgerRow[] {
  const money = moneyIn(currency)
  let balance = opening
  return lines.map((line) => {
    balance += line.amount_minor
    return {
      date: line.posted_on,
      entryId: String(line.entry_id),
      lineNo: line.line_no,
      entryNumber: line.number,
      rule: line.rule,
      description: line.description,
      party: line.party,
      documentId: idText(line.document_id),
      documentNumber: line.document_number,
      sourceFile: line.source_file,
      sourceRow: line.source_row === null ? null : Number(line.source_row),
      amount: money(line.amount_minor),
      currencyAmount: line.currency === currency ? null : moneyJson(line.currency_amount_minor, line.currency),
      balance: money(balance),
    }
  })
}

export const generalLedgerTable = ({ rows }: GeneralLedger): Table => ({
  columns: [
    dateColumn('date', 'Date'),
    textColumn('entryNumber', 'Number'),
    textColumn('entryId', 'Entry'),
    numberColumn('lineNo', 'Line'),
    textColumn('rule', 'Rule'),
    textColumn('description', 'Description'),
    textColumn('party', 'Party'),
    textColumn('documentId', 'Document id'),
    textColumn('documentNumber', 'Document'),
    textColumn('sourceFile', 'File'),
    textColumn('sourceRow', 'Row'),
    moneyColumn('amount', 'Amount'),
    moneyColumn('currencyAmount', 'In currency'),
    moneyColumn('balance', 'Balance'),
  ],
  rows,
})
