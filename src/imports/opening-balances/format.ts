import type { AccountingDate } from '../../kernel/accounting-date.ts'
import { BadInput } from '../../kernel/bad-input.ts'
import type { Tx } from '../../kernel/database.ts'
import { formatMinor } from '../../kernel/money.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { companyFacts } from '../../modules/company/index.ts'
import type { AccountChoice } from '../../modules/intake/index.ts'
import {
  type Account,
  accountsByRole,
  type JournalLine,
  listAccounts,
  type OpeningBalances,
} from '../../modules/journal/index.ts'
import { findOrAddParties, type PartyKind } from '../../modules/parties/index.ts'
import { postOpeningBalancesOrAsk } from '../../modules/second-person/index.ts'
import { shown } from '../field-forms.ts'
import { findInputFiles, identifyFiles, refuseLarger } from '../input-files.ts'
import { CsvRow, readRows } from '../journals/csv-rows.ts'
import { fedBy, unfed } from '../journals/fed-by.ts'
import type { JournalFormat, Outcome } from '../journals/run-journals.ts'
import { chosenAccounts, UnknownAccounts } from '../journals/unknown-accounts.ts'
import { JsonNumber, readJsonObjects } from '../read-json-objects.ts'

/** The last day of the earlier books, each account with its balance, and open items of parties on receivables and payables. */
export const openingBalances: JournalFormat<OpeningBalances> = {
  name: 'opening-balances',
  kind: 'opening_balances',
  wholly: true,
  read: async (paths, log) => {
    const files = await identifyFiles(await findInputFiles(paths, kinds), kinds, log)
    refuseLarger(files, largest, 'opening balances')
    const rows: CsvRow[] = []
    const counted: ((typeof files)[number] & { lines: number })[] = []
    for (const file of files) {
      const read = /\.json(\.gz)?$/i.test(file.path) ? await readJson(file.path) : await readRows(file.path, needed)
      for (const row of read) rows.push(row)
      counted.push({ ...file, lines: read.length })
    }
    const date = dayOf(rows, paths[0] ?? '')
    return {
      files: counted,
      plan: async (tx, chosen) => ({ count: 1, entries: [await planOpening(tx, rows, { date, chosen })] }),
      post: postOrAsk,
    }
  },
}

/** Above the amount that the company wants a second person for, they wait: the import is done, and says as which request. */
async function postOrAsk(tx: Tx, entries: readonly OpeningBalances[]): Promise<Outcome[]> {
  const outcome = await postOpeningBalancesOrAsk(tx, entries, 'each')
  if (!('each' in outcome)) throw new Error('asked for each, and answered for all')
  return outcome.each.map((one) => ('waiting' in one ? { waits: one.waiting.id } : one.done))
}

// They are one entry, which ties out or is refused as a whole: all rows are held in memory. That is some 170,000 open items.
const largest = 16 * 1024 * 1024
const kinds = ['csv', 'json'] as const
const needed = ['date', 'account', 'amount'] as const
const columns = [
  ...needed,
  'party',
  'party_name',
  'document',
  'document_date',
  'due_date',
  'currency',
  'currency_amount',
] as const

/** `[{"date":"2010-12-31","account":"1100","amount":"120.00","party":"C1",…}]`: each object is a row. Throws `BadInput`. */
async function readJson(file: string): Promise<CsvRow[]> {
  const positions = new Map<string, number>(columns.map((name, index) => [name, index]))
  const rows: CsvRow[] = []
  await readJsonObjects(file, (object, line) => {
    for (const [name, value] of Object.entries(object)) {
      const [found, expected] = !positions.has(name)
        ? [shown(name), `none but ${columns.join(', ')}`]
        : [
            `${name} ${(value instanceof JsonNumber ? value.text : JSON.stringify(value)).slice(0, 80)}`,
            'a text in quotation marks',
          ]
      if (!positions.has(name) || typeof value !== 'string')
        throw new BadInput({ file, line, column: 1 }, found, `expected ${expected}`)
    }
    rows.push(
      new CsvRow(
        file,
        line,
        positions,
        columns.map((name) => String(object[name] ?? '')),
      ),
    )
  })
  return rows
}

function dayOf(rows: readonly CsvRow[], file: string): AccountingDate {
  const [first] = rows
  if (first === undefined) throw new BadInput({ file, line: 1, column: 1 }, 'no rows', 'expected opening balances')
  const date = first.day('date')
  for (const row of rows) if (row.day('date') !== date) row.fail('date', `${date}, the day of the other rows`)
  return date
}

type Balance = { row: CsvRow; account: Account; line: JournalLine; kind: PartyKind | null; party: string }

type Opening = { date: AccountingDate; chosen: readonly AccountChoice[] | undefined }

async function planOpening(tx: Tx, rows: readonly CsvRow[], { date, chosen = [] }: Opening): Promise<OpeningBalances> {
  const { baseCurrency } = await companyFacts(tx)
  const choices = await chosenAccounts(tx, chosen)
  const accounts = await listAccounts(tx)
  const named = new Map(accounts.map((account) => [account.code, account]))
  const byId = new Map(accounts.map((account) => [account.id, account]))
  for (const [role, id] of await accountsByRole(tx, date))
    if (!named.has(role)) named.set(role, byId.get(id) as Account)
  for (const account of accounts)
    if (account.role !== null && !named.has(account.role)) named.set(account.role, account)
  const byCode = new Map(accounts.map((account) => [account.code, account]))
  for (const [name, code] of choices) named.set(name, byCode.get(code) as Account)
  refuseUnknown(rows, named, baseCurrency)
  const balances = rows.map((row) => balanceOf(row, named, baseCurrency))
  const posted = tiedOut(balances, baseCurrency)
  const parties = {
    customer: await partiesOf(tx, 'customer', posted),
    supplier: await partiesOf(tx, 'supplier', posted),
  }
  const lines = posted.map(({ line, kind, party }) => ({
    ...line,
    partyId: kind === null ? null : (parties[kind].get(party)?.id ?? null),
  }))
  return { reference: `opening balances ${date}`, date, lines }
}

/** Throws `AccountsUnknown` for all names that no account has. */
function refuseUnknown(rows: readonly CsvRow[], accounts: ReadonlyMap<string, Account>, baseCurrency: string): void {
  const expected = 'the code of an account of the chart, or a role'
  const unknown = new UnknownAccounts({ source: 'opening-balances', currency: baseCurrency, expected })
  for (const row of rows) {
    const name = row.needed('account', 'the code of an account, or its role')
    if (accounts.has(name)) continue
    const about = { amountMinor: row.minor('amount', baseCurrency), found: `account ${shown(name)}` }
    unknown.note(name, row.placeOf('account'), about)
  }
  unknown.refuse()
}

function balanceOf(row: CsvRow, accounts: ReadonlyMap<string, Account>, baseCurrency: string): Balance {
  const account =
    accounts.get(row.needed('account', 'the code of an account, or its role')) ??
    row.fail('account', 'the code of an account of the chart, or a role')
  const amountMinor = row.minor('amount', baseCurrency)
  const kind = fedBy(account)
  if (kind === 'nothing') return row.fail('account', unfed(account)[1])
  const party = row.label('party')
  if (party !== '' && kind === null) row.fail('party', 'nothing, since the account has no open items')
  if (party !== '') row.label('party_name')
  const currency = row.currency('currency')
  const own =
    currency === '' || currency === baseCurrency
      ? {}
      : { currency, currencyAmountMinor: amountLike(amountMinor, row, currency) }
  const line: JournalLine = {
    account: account.code,
    amountMinor,
    ...own,
    openedOn: row.optionalDay('document_date'),
    dueOn: row.optionalDay('due_date'),
    documentNumber: row.label('document') || null,
  }
  return { row, account, line, kind, party }
}

/** What an open item comes to in its own currency: a debit there is a debit here. */
function amountLike(amountMinor: bigint, row: CsvRow, currency: string): bigint {
  const own = row.minor('currency_amount', currency)
  return own * amountMinor < 0n ? row.fail('currency_amount', 'an amount with the sign of amount') : own
}

/**
 * What is posted: every balance of zero left out, and of the control accounts the items alone. A control account may stand there in total too, as
 * a trial balance has it: then its items must come to that. Refuses `opening_balances_incomplete`, which says what is missing.
 */
function tiedOut(balances: readonly Balance[], currency: string): Balance[] {
  const moving = balances.filter(({ line }) => line.amountMinor !== 0n)
  const posted = moving.filter(({ kind, party }) => kind === null || party !== '')
  const totals = new Map<string, bigint>()
  for (const { account, kind, party, line } of moving)
    if (kind !== null && party === '') totals.set(account.code, (totals.get(account.code) ?? 0n) + line.amountMinor)
  const missing = [...totals].flatMap(([code, total]) => {
    const items = posted.filter(({ account, kind }) => kind !== null && account.code === code)
    const left = total - sumOf(items)
    return left === 0n ? [] : [`${formatMinor(left, currency)} of account ${code} has no open items`]
  })
  const difference = sumOf(posted) + [...totals].reduce((sum, [code, total]) => sum + total - sumOn(posted, code), 0n)
  if (difference !== 0n) missing.push(`the balances sum to ${formatMinor(difference, currency)} and not to zero`)
  if (missing.length > 0) throw new Refusal('opening_balances_incomplete', { missing: missing.join('; ') })
  return posted
}

const sumOf = (balances: readonly Balance[]): bigint => balances.reduce((sum, { line }) => sum + line.amountMinor, 0n)
const sumOn = (balances: readonly Balance[], code: string): bigint =>
  sumOf(balances.filter(({ account }) => account.code === code))

const partiesOf = (tx: Tx, kind: PartyKind, balances: readonly Balance[]) =>
  findOrAddParties(
    tx,
    kind,
    balances
      .filter((balance) => balance.kind === kind)
      .map(({ party, row }) => ({ kind, number: party, name: row.text('party_name') || party })),
  )
