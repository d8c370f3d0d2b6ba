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

const tags = ['number', 'rule', 'source', 'revision', 'effective', 'party', 'document'] as const

/**
 * The whole journal as text that hledger and ledger read, in chunks: commodities, accounts and tags declared, one transaction an entry. A line
 * in another currency carries its base amount as its total cost, so both programs prove that every entry balances at cost.
 */
export async function* exportHledger(tx: Tx): AsyncGenerator<string> {
  const heading = await exportHeading(tx)
  const names = accountNames(heading.accounts)
  yield declarations(heading, names)
  for await (const entries of exportedEntries(tx)) {
    yield entries.map((entry) => transaction(entry, heading.baseCurrency, names)).join('')
  }
}

function declarations({ company, currencies, accounts }: ExportHeading, names: Map<bigint, string>): string {
  return [
    `; The journal of ${oneLine(company)}`,
    '',
    // A currency without a minor unit ends in a point, which hledger wants to see in a format.
    ...currencies.flatMap((code) => [`commodity ${code}`, `  format ${code} 1000.${'0'.repeat(exponentOf(code))}`, '']),
    ...accounts.map(({ id }) => `account ${names.get(id)}`),
    '',
    ...tags.map((tag) => `tag ${tag}`),
    '',
    '',
  ].join('\n')
}

function transaction(entry: ExportedEntry, baseCurrency: string, names: Map<bigint, string>): string {
  const { postedOn, effectiveOn, number, rule, sourceKind, sourceId, revision, description, id } = entry
  const shared = sharedTags(entry)
  const head = [`${postedOn} *`, number === null ? '' : ` (${number})`, ` ${oneLine(description) || `Entry ${id}`}`]
  const said = [
    number === null ? undefined : `number: ${number}`,
    `rule: ${oneLine(rule)}`,
    `source: ${oneLine(sourceKind)} ${oneLine(sourceId)}`,
    revision === 0 ? undefined : `revision: ${revision}`,
    effectiveOn === postedOn ? undefined : `effective: ${effectiveOn}`,
    shared.party === null ? undefined : `party: ${oneLine(shared.party)}`,
    shared.document === null ? undefined : `document: ${oneLine(shared.document)}`,
  ].filter((tag) => tag !== undefined)
  return [
    head.join(''),
    ...said.map((tag) => `    ; ${tag}`),
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
    ...postedAmounts(line, baseCurrency).map((amount) => `    ${account}  ${written(amount)}`),
    ...(line.party === null || shared.party !== null ? [] : [`    ; party: ${oneLine(line.party)}`]),
    ...(line.document === null || shared.document !== null ? [] : [`    ; document: ${oneLine(line.document)}`]),
  ]
}

const written = ({ minor, currency, cost }: PostedAmount): string => {
  const amount = `${currency} ${formatMinor(minor, currency)}`
  return cost === undefined ? amount : `${amount} @@ ${written(cost)}`
}

/** Text that cannot end its line, begin a comment or be taken for a sign of the format. */
const oneLine = (text: string): string =>
  text
    .replace(/[\p{Cc}\s;|]+/gu, ' ')
    .replace(/^[ *!(]+/, '')
    .trim()
