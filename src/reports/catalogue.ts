import { type AccountingDate, accountingDate } from '../kernel/accounting-date.ts'
import type { Tx } from '../kernel/database.ts'
import { type AgedParameters, agedPayables, agedReceivables, agedTable } from './aged.ts'
import { balanceSheet, balanceSheetBreakdowns, balanceSheetTable } from './balance-sheet.ts'
import { budgetReport, budgetTable } from './budget.ts'
import { cashFlow, cashFlowBreakdowns, cashFlowMethods, cashFlowTable } from './cash-flow.ts'
import { chartOfAccounts, chartOfAccountsTable } from './chart-of-accounts.ts'
import { compareParameter, readComparison } from './comparison.ts'
import { currencyBalances, currencyBalancesTable } from './currency-balances.ts'
import { defineReport, type ReportDefinition } from './definition.ts'
import { generalLedger, generalLedgerTable } from './general-ledger.ts'
import { journal, journalTable } from './journal.ts'
import { lines, linesParameters, linesTable, readNarrowing } from './lines.ts'
import {
  asOfParameter,
  type Parameters,
  pageParameters,
  type RawParameters,
  rangeParameters,
  readAsOf,
  readChoice,
  readCursor,
  readDay,
  readFlag,
  readItemCursor,
  readLimit,
  readList,
  readRange,
} from './parameters.ts'
import { profitAndLoss, profitAndLossBreakdowns, profitAndLossTable } from './profit-and-loss.ts'
import { sales, salesDimensions, salesTable } from './sales.ts'
import { statements, statementsPages, statementsTable } from './statements.ts'
import { deposits, depositsTable, giftCards, giftCardsTable, storeCredit, storeCreditTable } from './sub-ledgers.ts'
import { taxSummary, taxSummaryBreakdowns, taxSummaryTable } from './tax-summary.ts'
import { trialBalance, trialBalancePrinted, trialBalanceTable } from './trial-balance.ts'

const firstOfYear = (day: AccountingDate): AccountingDate => accountingDate(`${day.slice(0, 4)}-01-01`)

const agedParameters = (party: string): Parameters => ({
  asOf: asOfParameter,
  party: { kind: 'text', description: `The number of one ${party}.` },
  items: { kind: 'flag', description: 'Lists the open items too, a page at a time.' },
  ...pageParameters,
})

const readAged = async (tx: Tx, raw: RawParameters): Promise<AgedParameters> => ({
  asOf: await readAsOf(tx, raw),
  party: raw.party,
  withItems: readFlag(raw, 'items'),
  limit: readLimit(raw),
  afterItem: readItemCursor(raw),
})

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
  lines: defineReport({
    title: 'Lines behind a figure',
    parameters: linesParameters,
    run: async (tx, raw) =>
      lines(tx, {
        account: raw.account ?? '',
        ...(await readRange(tx, raw)),
        ...readNarrowing(raw),
        count: readFlag(raw, 'count'),
        cursor: readCursor(raw),
        limit: readLimit(raw),
      }),
    table: linesTable,
  }),
  journal: defineReport({
    title: 'Journal',
    parameters: { ...rangeParameters, ...pageParameters },
    run: async (tx, raw) =>
      journal(tx, { ...(await readRange(tx, raw)), cursor: readCursor(raw), limit: readLimit(raw) }),
    table: journalTable,
  }),
  'cash-flow': defineReport({
    title: 'Cash flow',
    parameters: {
      ...rangeParameters,
      method: { kind: 'choice', choices: cashFlowMethods, description: 'Without it, indirect.' },
      by: { kind: 'choice', choices: cashFlowBreakdowns, description: 'A column for each, and their total.' },
      compare: compareParameter,
    },
    run: async (tx, raw) => {
      const by = readChoice(raw, 'by', cashFlowBreakdowns)
      const range = await readRange(tx, raw, { byPeriod: by !== undefined })
      const method = readChoice(raw, 'method', cashFlowMethods) ?? 'indirect'
      return await cashFlow(tx, { ...range, method, by, compare: readComparison(raw) })
    },
    table: cashFlowTable,
  }),
  budget: defineReport({
    title: 'Budget against actual',
    parameters: {
      budget: { kind: 'text', required: true, description: 'The code of the budget.' },
      from: { kind: 'date', description: 'The first day of a month; without it, of the first month of the budget.' },
      to: { kind: 'date', description: 'The last day of a month; without it, of the last month of the budget.' },
      channel: { kind: 'text', description: 'The code of one channel.' },
    },
    run: (tx, raw) =>
      budgetReport(tx, {
        budget: raw.budget ?? '',
        from: readDay(raw, 'from'),
        to: readDay(raw, 'to'),
        channel: raw.channel,
      }),
    table: budgetTable,
  }),
  'aged-receivables': defineReport({
    title: 'Aged receivables',
    parameters: agedParameters('customer'),
    run: async (tx, raw, most) => agedReceivables(tx, { ...(await readAged(tx, raw)), most }),
    table: agedTable,
  }),
  'aged-payables': defineReport({
    title: 'Aged payables',
    parameters: agedParameters('supplier'),
    run: async (tx, raw, most) => agedPayables(tx, { ...(await readAged(tx, raw)), most }),
    table: agedTable,
  }),
  statements: defineReport({
    title: 'Statements of account',
    parameters: {
      ...rangeParameters,
      party: { kind: 'text', description: 'The number of one customer; without it, all with a balance at the end.' },
      parties: {
        kind: 'text',
        description:
          'The numbers of several customers, separated by commas, one with a comma in double quotes: those of them with a balance at the end.',
      },
      cursor: { kind: 'text', description: 'Where the page begins: what the page before gave as `next`.' },
      limit: { kind: 'count', description: 'Customers on a page, at most 1000; without it, 100.' },
    },
    run: async (tx, raw, most) =>
      statements(tx, {
        ...(await readRange(tx, raw)),
        most,
        party: raw.party,
        parties: readList(raw, 'parties'),
        after: raw.cursor,
        limit: readLimit(raw),
      }),
    table: statementsTable,
    pages: statementsPages,
  }),
  'tax-summary': defineReport({
    title: 'Tax summary',
    parameters: {
      ...rangeParameters,
      by: { kind: 'choice', choices: taxSummaryBreakdowns, description: 'Rows for each.' },
    },
    run: async (tx, raw) => {
      const by = readChoice(raw, 'by', taxSummaryBreakdowns)
      return await taxSummary(tx, { ...(await readRange(tx, raw, { byPeriod: by !== undefined })), by })
    },
    table: taxSummaryTable,
  }),
  sales: defineReport({
    title: 'Sales',
    parameters: {
      ...rangeParameters,
      by: { kind: 'choice', choices: salesDimensions, description: 'What sales are told apart by; without it, month.' },
      compare: compareParameter,
    },
    run: async (tx, raw, most) => {
      const by = readChoice(raw, 'by', salesDimensions) ?? 'month'
      return await sales(tx, { ...(await readRange(tx, raw)), by, compare: readComparison(raw), most })
    },
    table: salesTable,
  }),
  'currency-balances': defineReport({
    title: 'Balances by currency',
    parameters: { asOf: asOfParameter, currency: { kind: 'text', description: 'One currency alone, such as EUR.' } },
    run: async (tx, raw) => currencyBalances(tx, { asOf: await readAsOf(tx, raw), currency: raw.currency }),
    table: currencyBalancesTable,
  }),
  'gift-cards': defineReport({
    title: 'Gift cards',
    parameters: { asOf: asOfParameter },
    run: async (tx, raw) => giftCards(tx, { asOf: await readAsOf(tx, raw) }),
    table: giftCardsTable,
  }),
  'store-credit': defineReport({
    title: 'Store credit',
    parameters: { asOf: asOfParameter },
    run: async (tx, raw) => storeCredit(tx, { asOf: await readAsOf(tx, raw) }),
    table: storeCreditTable,
  }),
  deposits: defineReport({
    title: 'Deposits of customers',
    parameters: { asOf: asOfParameter },
    run: async (tx, raw) => deposits(tx, { asOf: await readAsOf(tx, raw) }),
    table: depositsTable,
  }),
  'chart-of-accounts': defineReport({
    title: 'Chart of accounts',
    parameters: {},
    run: chartOfAccounts,
    table: chartOfAccountsTable,
  }),
}
