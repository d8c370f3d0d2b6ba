import type { Tx } from '../../kernel/database.ts'
import { exponentOf, formatMinor } from '../../kernel/money.ts'
import { accountNames } from '../../ledger/account-names.ts'
import {
  type ExportedEntry,
  type ExportedLine,
  type ExportHeading,
  exportedEntries,
  exportHeading,
} from './journal-entries.ts'
import { type PostedAmount, postedAmounts, sharedTags } from './posted-amounts.ts'

/**
 * The whole journal as text that beancount reads, in chunks: commodities and accounts opened on the first day of the books, one transaction an
 * entry, tagged with its rule and carrying its number and source as metadata.
 */
export async function* exportBeancount(tx: Tx): AsyncGenerator<string> {
  const heading = await exportHeading(tx)
  const names = accountNames(heading.accounts)
  yield declarations(heading, names)
  for await (const entries of exportedEntries(tx)) {
    yield entries.map((entry) => transaction(entry, heading.baseCurrency, names)).join('')
  }
}

function declarations(
  { company, baseCurrency, currencies, accounts, firstDay }: ExportHeading,
  names: Map<bigint, string>,
) {
  const day = firstDay ?? '1970-01-01'
  const exponent = exponentOf(baseCurrency)
  // Beancount divides a total cost by the amount; what the division leaves is far below this, and a minor unit is above it.
  const tolerance = exponent === 0 ? '0.4' : `0.${'0'.repeat(exponent)}4`
  return [
    `option "title" ${quoted(company)}`,
    `option "operating_currency" "${baseCurrency}"`,
    `option "inferred_tolerance_default" "${baseCurrency}:${tolerance}"`,
    'option "inferred_tolerance_multiplier" "0.4"',
    '',
    ...currencies.map((code) => `${day} commodity ${code}`),
    ...accounts.map(({ id }) => `${day} open ${names.get(id)}`),
    '',
    '',
  ].join('\n')
}

function transaction(entry: ExportedEntry, baseCurrency: string, names: Map<bigint, string>): string {
  const { postedOn, effectiveOn, number, rule, sourceKind, sourceId, revision, description } = entry
  const shared = sharedTags(entry)
  return [
    `${postedOn} * ${quoted(description)} #${rule.replace(/[^A-Za-z0-9/_.-]/g, '-')}`,
    ...(number === null ? [] : [`  number: ${quoted(number)}`]),
    `  rule: ${quoted(rule)}`,
    `  source: ${quoted(`${sourceKind} ${sourceId}`)}`,
    ...(revision === 0 ? [] : [`  revision: ${quoted(String(revision))}`]),
    ...(effectiveOn === postedOn ? [] : [`  effective: ${effectiveOn}`]),
    ...(shared.party === null ? [] : [`  party: ${quoted(shared.party)}`]),
    ...(shared.document === null ? [] : [`  document: ${quoted(shared.document)}`]),
    ...entry.lines.flatMap((line) => postings(line, shared, baseCurrency, names)),
    '',
    '',
  ].join('\n')
}

function postings(
  line: ExportedLine,
  shared: ReturnType<typeof sharedTags>,
  baseCurrency: string,
  names: Map<bigint, string>,
): string[] {
  const account = names.get(line.accountId)
  return [
    ...postedAmounts(line, baseCurrency).map((amount) => `  ${account}  ${written(amount)}`),
    ...(line.party === null || shared.party !== null ? [] : [`    party: ${quoted(line.party)}`]),
    ...(line.document === null || shared.document !== null ? [] : [`    document: ${quoted(line.document)}`]),
  ]
}

const written = ({ minor, currency, cost }: PostedAmount): string => {
  const amount = `${formatMinor(minor, currency)} ${currency}`
  return cost === undefined ? amount : `${amount} @@ ${written(cost)}`
}

const quoted = (text: string): string =>
  `"${text
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .replace(/["\\]/g, '\\$&')}"`
