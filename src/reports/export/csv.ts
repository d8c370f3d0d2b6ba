import { stringify } from 'csv-stringify/sync'
import type { Tx } from '../../kernel/database.ts'
import { formatMinor } from '../../kernel/money.ts'
import { neutralised } from '../render/csv.ts'
import {
  type ExportedAccount,
  type ExportedEntry,
  type ExportedLine,
  exportedEntries,
  exportHeading,
} from './journal-entries.ts'

const head = [
  'date',
  'number',
  'entry',
  'line',
  'effective',
  'rule',
  'source_kind',
  'source_id',
  'revision',
  'description',
  'account',
  'account_name',
  'role',
  'amount',
  'base_currency',
  'currency_amount',
  'currency',
  'party',
  'item',
  'document',
  'tax_code',
  'tax_authority',
  'tax_point',
  'tax_base',
] as const

const amounts: ReadonlySet<string> = new Set(['amount', 'currency_amount', 'tax_base'])

/** The whole journal as CSV in chunks: one row a line, debit positive, with what belongs to its entry on each. */
export async function* exportCsv(tx: Tx): AsyncGenerator<string> {
  const { baseCurrency, accounts } = await exportHeading(tx)
  const byId = new Map(accounts.map((account) => [account.id, account]))
  yield stringify([head])
  for await (const entries of exportedEntries(tx)) {
    yield stringify(
      entries.flatMap((entry) => entry.lines.map((line) => row(entry, line, byId.get(line.accountId), baseCurrency))),
    )
  }
}

function row(
  entry: ExportedEntry,
  line: ExportedLine,
  account: ExportedAccount | undefined,
  baseCurrency: string,
): (string | null)[] {
  const values: Record<(typeof head)[number], string | null> = {
    date: entry.postedOn,
    number: entry.number,
    entry: String(entry.id),
    line: String(line.lineNo),
    effective: entry.effectiveOn,
    rule: entry.rule,
    source_kind: entry.sourceKind,
    source_id: entry.sourceId,
    revision: String(entry.revision),
    description: entry.description,
    account: account?.code ?? null,
    account_name: account?.name ?? null,
    role: account?.role ?? null,
    amount: formatMinor(line.amountMinor, baseCurrency),
    base_currency: baseCurrency,
    currency_amount: formatMinor(line.currencyAmountMinor, line.currency),
    currency: line.currency,
    party: line.party,
    item: line.item,
    document: line.document,
    tax_code: line.taxCode,
    tax_authority: line.taxAuthority,
    tax_point: line.taxPoint,
    tax_base: line.taxBaseMinor === null ? null : formatMinor(line.taxBaseMinor, baseCurrency),
  }
  return head.map((name) => (amounts.has(name) ? values[name] : neutralised(values[name] ?? '')))
}
