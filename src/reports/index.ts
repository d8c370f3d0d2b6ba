import { type AccountingDate, accountingDate } from '../kernel/accounting-date.ts'
import { agedReceivables, agedReceivablesTable } from './aged-receivables.ts'
import { balanceSheet, balanceSheetBreakdowns, balanceSheetTable } from './balance-sheet.ts'
import { chartOfAccounts, chartOfAccountsTable } from './chart-of-accounts.ts'
import { compareParameter, readComparison } from './comparison.ts'
import { defineReport, type ReportDefinition } from './definition.ts'
import { generalLedger, generalLedgerTable } from './general-ledger.ts'
import { journal, journalTable } from './journal.ts'
import {
  asOfParameter,
  pageParameters,
  rangeParameters,
  readAsOf,
  readChoice,
  readCursor,
  readDay,
  readFlag,
  readLimit,
  readRange,
} from './parameters.ts'
import { profitAndLoss, profitAndLossBreakdowns, profitAndLossTable } from './profit-and-loss.ts'
import { sales, salesDimensions, salesTable } from './sales.ts'
import { trialBalance, trialBalancePrinted, trialBalanceTable } from './trial-balance.ts'

export { type Check, type CheckReport, checks, runChecks } from './checks/index.ts'
export type { ReportDefinition } from './definition.ts'
export { type ExportFormat, exportFormats, exportJournal } from './export/index.ts'
export type { Parameter, Parameters, RawParameters } from './parameters.ts'
export {
  type FileFormat,
  fileFormats,
  mediaTypes,
  type RenderFormat,
  renderFile,
  renderFormats,
  renderReport,
  renderTable,
} from './render/index.ts'
export type { Cell, Column, Report, Table } from './report.ts'
export { proofStateIn, readStanding } from './standing.ts'

const firstOfYear = (day: AccountingDate): AccountingDate => accountingDate(`${day.slice(0, 4)}-01-01`)

/** Every report by its name. All are read in one transaction (`readCompany`) and return plain rows. */
export const reports: Readonly<Record<string, ReportDefinition>> = {
  'trial-balance': defineReport({
    title: 'Trial balance',
    parameters: { asOf: asOfParameter },
    run: async (tx, raw) => trialBalance(tx, { asOf: await readAsOf(tx, raw) }),
    table: trialBalanceTable,
    printed: trialBalancePrinted,
  }),
  'profit-and-loss': defineReport({
    title: 'Profit and loss',
    parameters: {
      ...rangeParameters,
      by: { kind: 'choice', choices: profitAndLossBreakdowns, description: 'A column for each, and their total.' },
      compare: compareParameter,
    },
    run: async (tx, raw) => {
      const by = readChoice(raw, 'by', profitAndLossBreakdowns)
      const range = await readRange(tx, raw, { byPeriod: by === 'month' || by === 'quarter' })
      return await profitAndLoss(tx, { ...range, by, compare: readComparison(raw) })
    },
    table: profitAndLossTable,
  }),
  'balance-sheet': defineReport({
    title: 'Balance sheet',
    parameters: {
      asOf: asOfParameter,
      by: { kind: 'choice', choices: balanceSheetBreakdowns, description: 'A column for the end of each.' },
      from: { kind: 'date', description: 'With `by`, the first period; without it, the first of the calendar year.' },
      compare: compareParameter,
    },
    run: async (tx, raw) => {
      const asOf = await readAsOf(tx, raw)
      const period = readChoice(raw, 'by', balanceSheetBreakdowns)
      const from = readDay(raw, 'from') ?? firstOfYear(asOf)
      const by = period === undefined ? undefined : { period, from }
      return await balanceSheet(tx, { asOf, by, compare: readComparison(raw) })
    },
    table: balanceSheetTable,
  }),
  'general-ledger': defineReport({
    title: 'General ledger',
    parameters: {
      account: { kind: 'text', required: true, description: 'The code of the account.' },
      ...rangeParameters,
      ...pageParameters,
    },
    run: async (tx, raw) =>
      generalLedger(tx, {
        account: raw.account ?? '',
        ...(await readRange(tx, raw)),
        cursor: readCursor(raw),
        limit: readLimit(raw),
      }),
    table: generalLedgerTable,
  }),
  journal: defineReport({
    title: 'Journal',
    parameters: { ...rangeParameters, ...pageParameters },
    run: async (tx, raw) =>
      journal(tx, { ...(await readRange(tx, raw)), cursor: readCursor(raw), limit: readLimit(raw) }),
    table: journalTable,
  }),
  'aged-receivables': defineReport({
    title: 'Aged receivables',
    parameters: {
      asOf: asOfParameter,
      party: { kind: 'text', description: 'The number of one customer.' },
      items: { kind: 'flag', description: 'Lists the open items too.' },
    },
    run: async (tx, raw) =>
      agedReceivables(tx, { asOf: await readAsOf(tx, raw), party: raw.party, withItems: readFlag(raw, 'items') }),
    table: agedReceivablesTable,
  }),
  sales: defineReport({
    title: 'Sales',
    parameters: {
      ...rangeParameters,
      by: { kind: 'choice', choices: salesDimensions, description: 'What sales are told apart by; without it, month.' },
      compare: compareParameter,
    },
    run: async (tx, raw) => {
      const by = readChoice(raw, 'by', salesDimensions) ?? 'month'
      return await sales(tx, { ...(await readRange(tx, raw)), by, compare: readComparison(raw) })
    },
    table: salesTable,
  }),
  'chart-of-accounts': defineReport({
    title: 'Chart of accounts',
    parameters: {},
    run: chartOfAccounts,
    table: chartOfAccountsTable,
  }),
}
