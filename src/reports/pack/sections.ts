import type { Tx } from '../../kernel/database.ts'
import { type MoneyJson, moneyJson } from '../../kernel/money.ts'
import { agedPayables, agedReceivables, agedTable } from '../aged.ts'
import { balanceSheet, balanceSheetTable } from '../balance-sheet.ts'
import { cashFlow, cashFlowTable } from '../cash-flow.ts'
import type { CheckReport } from '../checks/index.ts'
import { type Range, startOfFiscalYear } from '../periods.ts'
import { fiscalYearStart, profitAndLoss, profitAndLossTable } from '../profit-and-loss.ts'
import { type Section, withTotals } from '../render/section.ts'
import {
  companyHeading,
  dateColumn,
  emphasisKey,
  moneyColumn,
  moneyIn,
  numberColumn,
  type Table,
  textColumn,
} from '../report.ts'
import { accountMovements } from '../stored-balances.ts'
import { taxSummary, taxSummaryTable } from '../tax-summary.ts'
import { trialBalance, trialBalancePrinted } from '../trial-balance.ts'

/** The statements of a month-end pack, in the order in which they are read. */
export async function packSections(tx: Tx, range: Range, checks: CheckReport): Promise<Section[]> {
  const { currency } = await companyHeading(tx)
  const asOf = range.to
  const year = { from: startOfFiscalYear(asOf, await fiscalYearStart(tx)), to: asOf }
  const days = (of: Range): string => `${of.from} to ${of.to}`
  const atEnd = `At the end of ${asOf}`
  const section = (title: string, period: string, table: Table): Section => ({
    title,
    period,
    currency,
    table: withTotals(table, currency),
  })
  return [
    section('Trial balance', atEnd, trialBalancePrinted(await trialBalance(tx, { asOf }))),
    section(
      'Profit and loss',
      days(range),
      profitAndLossTable(await profitAndLoss(tx, { ...range, compare: 'previous-period' })),
    ),
    section(
      'Profit and loss, year to date',
      days(year),
      profitAndLossTable(await profitAndLoss(tx, { ...year, compare: 'previous-year' })),
    ),
    section('Balance sheet', atEnd, balanceSheetTable(await balanceSheet(tx, { asOf, compare: 'previous-period' }))),
    section('Cash flow, indirect', days(range), cashFlowTable(await cashFlow(tx, { ...range, method: 'indirect' }))),
    section('Cash flow, direct', days(range), cashFlowTable(await cashFlow(tx, { ...range, method: 'direct' }))),
    section('Aged receivables', atEnd, agedTable(await agedReceivables(tx, { asOf }))),
    section('Aged payables', atEnd, agedTable(await agedPayables(tx, { asOf }))),
    section('Tax summary', days(range), taxSummaryTable(await taxSummary(tx, range))),
    section('General ledger', days(range), await accountSums(tx, range)),
    section('Exceptions open', 'When this was produced', await openExceptions(tx)),
    section('Checks', 'When this was produced', checksTable(checks)),
  ]
}

type Sums = { code: string; name: string; debit: bigint; credit: bigint }

/** What each account held before a range, what was debited and credited in it, and what it holds after. */
async function accountSums(tx: Tx, range: Range): Promise<Table> {
  const { currency } = await companyHeading(tx)
  const money = moneyIn(currency)
  const closings = await accountMovements(tx, [{ from: null, to: range.to }])
  const sums = await tx.query<Sums>(
    `select a.code, a.name, sum(greatest(l.amount_minor, 0))::bigint as debit, sum(least(l.amount_minor, 0))::bigint as credit
       from account a
       cross join lateral (
         select amount_minor from journal_line where company_id = $1 and account_id = a.id and posted_on between $2 and $3 offset 0
       ) l
       where a.company_id = $1 group by a.code, a.name`,
    [tx.companyId, range.from, range.to],
  )
  const accounts = new Map(sums.map((row) => [row.code, { ...row, closing: 0n }]))
  for (const {
    code,
    name,
    amounts: [closing = 0n],
  } of closings) {
    accounts.set(code, { ...(accounts.get(code) ?? { code, name, debit: 0n, credit: 0n }), closing })
  }
  return {
    columns: [
      textColumn('code', 'Code'),
      textColumn('name', 'Account'),
      moneyColumn('opening', 'Before'),
      moneyColumn('debit', 'Debits'),
      moneyColumn('credit', 'Credits'),
      moneyColumn('closing', 'After'),
    ],
    rows: [...accounts.values()]
      .sort((a, b) => (a.code < b.code ? -1 : 1))
      .map(({ code, name, debit, credit, closing }) => ({
        code,
        name,
        opening: money(closing - debit - credit),
        debit: money(debit),
        credit: money(credit),
        closing: money(closing),
      })),
    totals: ['opening', 'debit', 'credit', 'closing'],
  }
}

type ExceptionRow = {
  kind: string
  source: string
  message: string
  minor: bigint
  currency: string
  responsible: string
  due: string
}

async function openExceptions(tx: Tx): Promise<Table> {
  const rows = await tx.query<ExceptionRow>(
    `select kind, source, message, amount_minor as minor, currency, responsible, due_on as due from exception
       where company_id = $1 and state <> 'resolved' order by due_on, id limit 10000`,
    [tx.companyId],
  )
  const amount = ({ minor, currency }: ExceptionRow): MoneyJson => moneyJson(minor, currency)
  return {
    columns: [
      textColumn('kind', 'Kind'),
      textColumn('source', 'Source'),
      textColumn('message', 'What'),
      moneyColumn('amount', 'Amount'),
      textColumn('responsible', 'Responsible'),
      dateColumn('due', 'Due'),
    ],
    rows: rows.map((row) => ({
      kind: row.kind,
      source: row.source,
      message: row.message,
      amount: amount(row),
      responsible: row.responsible,
      due: row.due,
    })),
  }
}

const checksTable = ({ checks }: CheckReport): Table => ({
  columns: [
    textColumn('name', 'Check'),
    textColumn('result', 'Result'),
    numberColumn('compared', 'Compared'),
    numberColumn('rows', 'Rows to look at'),
  ],
  rows: checks.map(({ name, result, compared, rows }) => ({
    name,
    result,
    compared,
    rows: rows.length,
    [emphasisKey]: result === 'broken' ? 'total' : null,
  })),
})
