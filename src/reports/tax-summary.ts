import type { AccountingDate } from '../kernel/accounting-date.ts'
import type { Tx } from '../kernel/database.ts'
import type { MoneyJson } from '../kernel/money.ts'
import { rangesOfActivity, taxActivity } from './activity.ts'
import { monthsOf, quartersOf, type Range, titleOfRange } from './periods.ts'
import { fiscalYearStart } from './profit-and-loss.ts'
import {
  companyHeading,
  moneyColumn,
  moneyIn,
  numberColumn,
  type Report,
  sourceKey,
  type Table,
  textColumn,
} from './report.ts'
import { linesSource, listSource, type Source } from './source.ts'

/** The tax accounts by what they are: charged to customers or paid to suppliers, due or not yet. */
const sides = ['output_tax', 'output_tax_pending', 'input_tax', 'input_tax_pending'] as const

type TaxRow = {
  /** The days that the row is of, where the report is by month or quarter. */
  period: Range | null
  authority: string | null
  /** The numbers under which the company declared to that authority in these days, where any are recorded. */
  registration?: string | undefined
  code: string | null
  name: string
  kind: string | null
  side: (typeof sides)[number]
  /** What was taxed; positive for sales and for purchases, negative where more was credited. */
  net: MoneyJson
  tax: MoneyJson
  gross: MoneyJson
  lines: number
  /** The lines on the tax accounts; where no tax was charged, the documents. */
  source?: Source | undefined
}

export type TaxSummary = Report<TaxRow> & {
  from: AccountingDate
  to: AccountingDate
  /** What the tax accounts moved by in these days, debit positive; by side it is what the rows' tax sums to. */
  movement: Record<(typeof sides)[number], MoneyJson>
}

export const taxSummaryBreakdowns = ['month', 'quarter'] as const

export type TaxSummaryParameters = Range & { by?: (typeof taxSummaryBreakdowns)[number] | undefined }

type Row = {
  place: number
  authority: string | null
  code: string | null
  name: string | null
  kind: string | null
  side: (typeof sides)[number]
  net_minor: bigint
  tax_minor: bigint
  lines: bigint
  accounts: string | null
}

/**
 * Tax by authority and code, from the lines posted to the tax accounts in a range of days, so that it sums to what those accounts moved by.
 * Sales that bear no tax (zero-rated, exempt, exported) have no such line: their net is read from the documents whose entries were posted in
 * the range. Lines without a tax code are adjustments by hand, and stand apart.
 */
export async function taxSummary(tx: Tx, { from, to, by }: TaxSummaryParameters): Promise<TaxSummary> {
  const heading = await companyHeading(tx)
  const money = moneyIn(heading.currency)
  const months = by === 'month' ? monthsOf({ from, to }) : [{ from, to }]
  const ranges = by === 'quarter' ? quartersOf({ from, to }, await fiscalYearStart(tx)) : months
  const rows = await tx.query<Row>(taxByCode, [tx.companyId, ...rangesOfActivity(ranges)])
  const registrations = await registrationsIn(tx, { from, to })
  const moved = (side: string): bigint =>
    rows.filter((row) => row.side === side).reduce((sum, { tax_minor }) => sum + debit(side, tax_minor), 0n)
  return {
    report: 'tax-summary',
    ...heading,
    from,
    to,
    movement: {
      output_tax: money(moved('output_tax')),
      output_tax_pending: money(moved('output_tax_pending')),
      input_tax: money(moved('input_tax')),
      input_tax_pending: money(moved('input_tax_pending')),
    },
    rows: rows.map(({ place, authority, code, name, kind, side, net_minor, tax_minor, lines, accounts }) => ({
      source: sourceOfTax(accounts, { range: ranges[place - 1] ?? { from, to }, authority, code }),
      period: by === undefined ? null : (ranges[place - 1] ?? null),
      authority,
      ...(authority !== null && registrations.has(authority) ? { registration: registrations.get(authority) } : {}),
      code,
      name: name ?? 'Without a tax code',
      kind,
      side,
      net: money(net_minor),
      tax: money(tax_minor),
      gross: money(net_minor + tax_minor),
      lines: Number(lines),
    })),
  }
}

/** Under which numbers the company declares in a range of days, by authority: a return is of a registration. */
async function registrationsIn(tx: Tx, { from, to }: Range): Promise<Map<string, string>> {
  const rows = await tx.query<{ authority: string; numbers: string }>(
    `select authority, string_agg(number, ', ' order by valid_from, number) as numbers from company_tax_number
       where company_id = $1 and not withdrawn and scheme not in ('eori', 'vat_ni') and valid_from <= $3 and (valid_to is null or valid_to >= $2)
       group by authority`,
    [tx.companyId, from, to],
  )
  return new Map(rows.map(({ authority, numbers }) => [authority, numbers]))
}

function sourceOfTax(
  accounts: string | null,
  { range, authority, code }: { range: Range; authority: string | null; code: string | null },
): Source | undefined {
  // Without tax there is no line: the documents are what the net is made of.
  if (accounts === null) return listSource('documents', { ...range, taxCode: code })
  const narrowed = code === null ? { without: 'tax-code' } : { taxCode: code, taxAuthority: authority }
  return linesSource(accounts.split(','), { ...range, ...narrowed })
}

const debit = (side: string, minor: bigint): bigint => (side.startsWith('output') ? -minor : minor)

const taxByCode = `
  with moved as (
    select place, account_id, authority, tax_code_id, sum(base_minor) as base_minor, sum(amount_minor) as amount_minor, sum(lines) as lines
      from (${taxActivity}) m group by 1, 2, 3, 4
  ), summed as (
    select m.place, nullif(m.authority, '') as authority, m.tax_code_id, a.role as side, sum(m.base_minor)::bigint as net_minor,
        sum(case when a.role like 'output%' then -m.amount_minor else m.amount_minor end)::bigint as tax_minor, sum(m.lines) as lines,
        string_agg(distinct a.code, ',') as accounts
      from moved m join account a on a.company_id = $1 and a.id = m.account_id group by 1, 2, 3, 4
    union all
    select m.place, t.authority, m.tax_code_id, 'output_tax', m.base_minor, 0, m.lines, null
      from moved m join tax_code t on t.company_id = $1 and t.id = m.tax_code_id where m.account_id = 0
  )
  select s.place::int, s.authority, t.code, t.name, t.kind, s.side, sum(s.net_minor)::bigint as net_minor, sum(s.tax_minor)::bigint as tax_minor,
      sum(s.lines)::bigint as lines, max(s.accounts) as accounts
    from summed s left join tax_code t on t.company_id = $1 and t.id = s.tax_code_id
    group by s.place, s.authority, t.code, t.name, t.kind, s.side
    order by s.place, s.side desc, s.authority nulls last, t.code nulls last`

const sideNames = {
  output_tax: 'Sales',
  output_tax_pending: 'Sales, not yet due',
  input_tax: 'Purchases',
  input_tax_pending: 'Purchases, not yet due',
} as const satisfies Record<(typeof sides)[number], string>

export const taxSummaryTable = ({ rows }: TaxSummary): Table => ({
  columns: [
    ...(rows.some(({ period }) => period !== null) ? [textColumn('period', 'Period')] : []),
    textColumn('side', 'Tax on'),
    textColumn('authority', 'Authority'),
    ...(rows.some(({ registration }) => registration !== undefined)
      ? [textColumn('registration', 'Registration')]
      : []),
    textColumn('code', 'Code'),
    textColumn('name', 'Name'),
    moneyColumn('net', 'Net'),
    moneyColumn('tax', 'Tax'),
    moneyColumn('gross', 'Gross'),
    numberColumn('lines', 'Lines'),
  ],
  rows: rows.map(({ period, side, source, ...row }) => ({
    ...row,
    [sourceKey]: source,
    period: period === null ? null : titleOfRange(period),
    side: sideNames[side],
  })),
})
