import type { Tx } from '../kernel/database.ts'
import { listAccounts } from '../ledger/accounts.ts'
import { companyHeading, dateColumn, type Report, type Table, textColumn } from './report.ts'

export type ChartRow = {
  code: string
  name: string
  class: string
  role: string | null
  group: string | null
  endedOn: string | null
}

/** Every account of the company, in order of code, with what it is and where it stands in the statements. */
export async function chartOfAccounts(tx: Tx): Promise<Report<ChartRow>> {
  const accounts = await listAccounts(tx)
  return {
    report: 'chart-of-accounts',
    ...(await companyHeading(tx)),
    rows: accounts.map(({ code, name, class: accountClass, role, groupCode, endedOn }) => ({
      code,
      name,
      class: accountClass,
      role,
      group: groupCode,
      endedOn,
    })),
  }
}

export const chartOfAccountsTable = ({ rows }: Report<ChartRow>): Table => ({
  columns: [
    textColumn('code', 'Code'),
    textColumn('name', 'Account'),
    textColumn('class', 'Class'),
    textColumn('role', 'Role'),
    textColumn('group', 'Group'),
    dateColumn('endedOn', 'Ended on'),
  ],
  rows,
})
