import type { AccountingDate } from '../kernel/accounting-date.ts'
import type { Tx } from '../kernel/database.ts'
import type { MoneyJson } from '../kernel/money.ts'
import { companyHeading, moneyColumn, moneyIn, type Report, sourceKey, type Table, textColumn } from './report.ts'
import { linesSource, type Source } from './source.ts'
import { accountMovements } from './stored-balances.ts'

type TrialBalanceRow = {
  code: string
  name: string
  role: string | null
  balance: MoneyJson
  source?: Source | undefined
}
export type TrialBalance = Report<TrialBalanceRow> & { asOf: AccountingDate }

/** Every account's balance at the end of a day, over all the time before it: debit positive, zero balances left out. */
export async function trialBalance(tx: Tx, { asOf }: { asOf: AccountingDate }): Promise<TrialBalance> {
  const heading = await companyHeading(tx)
  const money = moneyIn(heading.currency)
  const accounts = await accountMovements(tx, [{ from: null, to: asOf }])
  return {
    report: 'trial-balance',
    ...heading,
    asOf,
    rows: accounts.map(({ code, name, role, amounts: [balance = 0n] }) => ({
      code,
      name,
      role,
      balance: money(balance),
      source: linesSource([code], { to: asOf }),
    })),
  }
}

export const trialBalanceTable = ({ rows }: TrialBalance): Table => ({
  columns: [
    textColumn('code', 'Code'),
    textColumn('name', 'Account'),
    textColumn('role', 'Role'),
    moneyColumn('balance', 'Balance'),
  ],
  rows: rows.map(({ source, ...row }) => ({ ...row, [sourceKey]: source })),
})

/** On paper debits and credits stand in a column each, with their sums, which are equal. */
export const trialBalancePrinted = ({ rows }: TrialBalance): Table => ({
  columns: [
    textColumn('code', 'Code'),
    textColumn('name', 'Account'),
    moneyColumn('debit', 'Debit'),
    moneyColumn('credit', 'Credit'),
  ],
  rows: rows.map(({ code, name, balance }) => ({
    code,
    name,
    debit: isCredit(balance) ? null : balance,
    credit: isCredit(balance) ? { ...balance, amount: balance.amount.slice(1) } : null,
  })),
  totals: ['debit', 'credit'],
})

const isCredit = ({ amount }: MoneyJson): boolean => amount.startsWith('-')
