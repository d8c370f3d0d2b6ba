import { type AccountingDate, previousDay } from '../kernel/accounting-date.ts'
import { column } from '../kernel/column.ts'
import { only, type Tx } from '../kernel/database.ts'
import type { LineRow } from '../kernel/line-row.ts'
import { type MoneyJson, moneyJson } from '../kernel/money.ts'
import { Refusal } from '../kernel/refusal.ts'
import { type ActivityDimension, activeDays } from './activity.ts'
import { explained, type FoundLine, lineRow } from './line-rows.ts'
import {
  cursorOf,
  type Parameters,
  pageParameters,
  type RawParameters,
  rangeParameters,
  readChoice,
  type readCursor,
} from './parameters.ts'
import { companyHeading, dateColumn, moneyColumn, numberColumn, type Report, type Table, textColumn } from './report.ts'
import { mostAccounts } from './source.ts'
import { accountMovements, closingEntries } from './stored-balances.ts'

/** What the lines of an account can be narrowed to, by the code or number of each. */
const narrowings = {
  channel: {
    description: 'Of the channel with this code.',
    sql: (at: string) => `l.channel_id = (select id from channel where company_id = $1 and code = ${at})`,
  },
  item: {
    description: 'Of the item with this code.',
    sql: (at: string) => `l.item_id = (select id from item where company_id = $1 and code = ${at})`,
  },
  itemGroup: {
    description: 'Of items of the group with this code.',
    sql: (at: string) =>
      `l.item_id in (select i.id from item i join item_group g on g.company_id = $1 and g.id = i.item_group_id where i.company_id = $1 and g.code = ${at})`,
  },
  country: {
    description: 'Of documents that went to this country, two letters.',
    sql: (at: string) =>
      `exists (select from sales_document d where d.company_id = $1 and d.id = l.document_id and d.country = ${at} offset 0)`,
  },
  party: {
    description: 'Of the customer or supplier with this number.',
    sql: (at: string) => `l.party_id in (select id from party where company_id = $1 and number = ${at})`,
  },
  taxCode: {
    description: 'Of the tax code with this code.',
    sql: (at: string) => `l.tax_code_id = (select id from tax_code where company_id = $1 and code = ${at})`,
  },
  taxAuthority: {
    description: 'Of the tax of this authority.',
    sql: (at: string) => `l.tax_authority = ${at}`,
  },
  currency: { description: 'In this currency, such as EUR.', sql: (at: string) => `l.currency = ${at}` },
} as const

type Narrowing = keyof typeof narrowings

/** Of which of these activity is stored, and under which keys. */
const stored: Readonly<
  Partial<Record<Narrowing, { dimension: ActivityDimension; keysOf(parameter: string): string }>>
> = {
  channel: {
    dimension: 'channel',
    keysOf: (at) => `select id::text from channel where company_id = $1 and code = ${at}`,
  },
  item: { dimension: 'item', keysOf: (at) => `select id::text from item where company_id = $1 and code = ${at}` },
  itemGroup: {
    dimension: 'item',
    keysOf: (at) =>
      `select i.id::text from item i join item_group g on g.company_id = $1 and g.id = i.item_group_id where i.company_id = $1 and g.code = ${at}`,
  },
  country: { dimension: 'country', keysOf: (at) => `select ${at}::text` },
}

/** What a line may name nothing of: the part of a breakdown that is left. */
const withouts = {
  channel: 'l.channel_id is null',
  'item-group':
    'not exists (select from item i where i.company_id = $1 and i.id = l.item_id and i.item_group_id is not null offset 0)',
  item: 'l.item_id is null',
  country:
    'not exists (select from sales_document d where d.company_id = $1 and d.id = l.document_id and d.country is not null offset 0)',
  'tax-code': 'l.tax_code_id is null',
} as const
const withoutNames = Object.keys(withouts) as (keyof typeof withouts)[]

const yearClosings = ['with', 'without'] as const

export const linesParameters: Parameters = {
  account: {
    kind: 'text',
    required: true,
    description: `The codes of accounts, separated by commas, at most ${mostAccounts}.`,
  },
  ...rangeParameters,
  ...Object.fromEntries(
    Object.entries(narrowings).map(([name, { description }]) => [name, { kind: 'text', description } as const]),
  ),
  without: { kind: 'choice', choices: withoutNames, description: 'Of lines that name none of these.' },
  yearClosings: {
    kind: 'choice',
    choices: yearClosings,
    description: 'Without them, as profit and loss is read; with them without it.',
  },
  count: { kind: 'flag', description: 'Counts all of them too, up to 10,000, with their sum.' },
  ...pageParameters,
}

export type LinesParameters = {
  account: string
  from: AccountingDate
  to: AccountingDate
  narrowed?: Partial<Record<Narrowing, string | undefined>>
  without?: keyof typeof withouts | undefined
  withoutYearClosings?: boolean
  count?: boolean
  cursor?: ReturnType<typeof readCursor>
  limit?: number
}

export const readNarrowing = (
  raw: RawParameters,
): Pick<LinesParameters, 'narrowed' | 'without' | 'withoutYearClosings'> => ({
  narrowed: Object.fromEntries(Object.keys(narrowings).map((name) => [name, raw[name]])),
  without: readChoice(raw, 'without', withoutNames),
  withoutYearClosings: readChoice(raw, 'yearClosings', yearClosings) === 'without',
})

export type Lines = Report<LineRow> & {
  from: AccountingDate
  to: AccountingDate
  accounts: { code: string; name: string; class: string }[]
  /**
   * Where asked for: how many lines, and their sum; `remaining` is that of this page and all after it, which the first line of the page is the
   * latest of. A sum is null where there are too many lines, and something narrows them.
   */
  counted?: { lines: number; complete: boolean; amount: MoneyJson | null; remaining: MoneyJson | null }
  next: string | null
}

const mostCounted = 10_000

// The planner must know how few rows a page takes, and each text is prepared once: so a page is fetched in one of a few sizes and cut.
const sizes = [11, 51, 101, 1001]

/**
 * The lines behind a figure: of accounts in a range of days, narrowed to what the figure is of, the latest first. Each account is read by its
 * index from where the page begins, so that a page costs the same at any depth. Refuses `account_unknown`.
 */
export async function lines(tx: Tx, parameters: LinesParameters): Promise<Lines> {
  const { from, to, cursor, limit = 100, count = false } = parameters
  const heading = await companyHeading(tx)
  const accounts = await accountsOf(tx, parameters.account)
  const { sql, values } = linesOf(tx, accounts, parameters)
  const size = sizes.find((known) => known > limit) ?? 1001
  const found = await tx.query<FoundLine>(
    explained(sql(cursor === undefined ? '' : beyond(cursor, values), size)),
    values,
  )
  const page = found.slice(0, limit)
  const last = page.at(-1)
  return {
    report: 'lines',
    ...heading,
    from,
    to,
    accounts: accounts.map(({ code, name, class: accountClass }) => ({ code, name, class: accountClass })),
    ...(count ? { counted: await counted(tx, accounts, parameters, heading.currency) } : {}),
    rows: page.map((row) => lineRow(row, heading.currency)),
    next: found.length > limit && last ? cursorOf(last.date, last.entryId, last.lineNo) : null,
  }
}

/** The condition that a line is older than a place; adds its values. */
const beyond = ({ day, entryId, lineNo }: Place, values: unknown[]): string =>
  `and (l.posted_on, l.entry_id, l.line_no) < ($${values.push(day)}::date, $${values.push(entryId)}::bigint, $${values.push(lineNo)}::int)`

type Account = { id: bigint; code: string; name: string; class: string }

async function accountsOf(tx: Tx, codes: string): Promise<Account[]> {
  const wanted = [...new Set(codes.split(',').map((code) => code.trim()))]
  if (wanted.length > mostAccounts) {
    throw new Refusal('input_invalid', {
      parameter: 'account',
      found: wanted.length,
      expected: `at most ${mostAccounts}`,
    })
  }
  const found = await tx.query<Account>(
    'select id, code, name, class from account where company_id = $1 and code in (select unnest($2::text[])) order by code',
    [tx.companyId, column(wanted, (code) => code)],
  )
  const known = new Set(found.map(({ code }) => code))
  const missing = wanted.find((code) => !known.has(code))
  if (missing !== undefined) throw new Refusal('account_unknown', { account: missing })
  return found
}

/** The statement that finds lines: account by account in the order of the index, so that no more is read than is shown. */
function linesOf(tx: Tx, accounts: readonly Account[], parameters: LinesParameters) {
  const { from, to, narrowed = {}, without, cursor, withoutYearClosings = false } = parameters
  // A page begins on the day of its cursor: no day after that is looked at.
  const last = cursor !== undefined && cursor.day < to ? cursor.day : to
  const values: unknown[] = [tx.companyId, column(accounts, ({ id }) => id), from, last]
  const isResult = accounts.every((account) => account.class === 'income' || account.class === 'expense')
  const conditions = Object.entries(narrowed).flatMap(([name, value]) =>
    value === undefined ? [] : [narrowings[name as Narrowing].sql(`$${values.push(value)}`)],
  )
  // What is rare is looked for on the days on which it was booked alone: stored activity knows them of income and expenses.
  for (const [name, { dimension, keysOf }] of Object.entries(stored)) {
    const value = narrowed[name as Narrowing]
    if (value === undefined || !isResult) continue
    const days = { accounts: '$2', from: '$3', to: '$4', keysOf: keysOf(`$${values.push(value)}`) }
    conditions.push(`l.posted_on = any (array(${activeDays(dimension, days)}))`)
  }
  if (without !== undefined) conditions.push(withouts[without])
  if (withoutYearClosings) conditions.push('l.entry_id <> all (array(select id from closing))')
  const narrowing = conditions.map((condition) => ` and ${condition}`).join('')
  const order = 'order by l.posted_on desc, l.entry_id desc, l.line_no desc'
  const sql = (beyond: string, size: number): string => `
    with recursive ${closingEntries}, page as materialized (
      select l.* from unnest($2::bigint[]) a (id) cross join lateral (
        select * from journal_line l
          where l.company_id = $1 and l.account_id = a.id and l.posted_on between $3 and $4 ${beyond}${narrowing} ${order} limit ${size}
      ) l ${order} limit ${size}
    )`
  return { sql, values }
}

async function counted(
  tx: Tx,
  accounts: readonly Account[],
  parameters: LinesParameters,
  currency: string,
): Promise<NonNullable<Lines['counted']>> {
  const { cursor } = parameters
  const all = await countedBelow(tx, accounts, parameters)
  const rest = cursor === undefined ? all : await countedBelow(tx, accounts, parameters, cursor)
  const money = (minor: bigint | null): MoneyJson | null => (minor === null ? null : moneyJson(minor, currency))
  return { lines: all.lines, complete: all.complete, amount: money(all.sum), remaining: money(rest.sum) }
}

type Place = NonNullable<LinesParameters['cursor']>
type Counted = { lines: number; complete: boolean; sum: bigint | null }

/** The lines of a figure, or those that are older than a place. */
async function countedBelow(
  tx: Tx,
  accounts: readonly Account[],
  parameters: LinesParameters,
  place?: Place,
): Promise<Counted> {
  const { sql, values } = linesOf(tx, accounts, { ...parameters, cursor: place })
  const { found, amount } = only(
    await tx.query<{ found: bigint; amount: bigint }>(
      `${sql(place ? beyond(place, values) : '', mostCounted + 1)} select count(*) as found, coalesce(sum(amount_minor), 0)::bigint as amount from page`,
      values,
    ),
  )
  if (found <= mostCounted) return { lines: Number(found), complete: true, sum: amount }
  const { narrowed = {}, without } = parameters
  const isNarrowed = without !== undefined || Object.values(narrowed).some((value) => value !== undefined)
  return {
    lines: mostCounted,
    complete: false,
    sum: isNarrowed ? null : await storedSum(tx, accounts, parameters, place),
  }
}

/** What moved on whole accounts, from stored balances; below a place, those of the days before it and the lines of its own day. */
async function storedSum(
  tx: Tx,
  accounts: readonly Account[],
  { from, to, withoutYearClosings = false }: LinesParameters,
  place?: Place,
): Promise<bigint> {
  const ids = new Set(accounts.map(({ id }) => id))
  const before = place === undefined ? to : previousDay(place.day)
  const moved = before < from ? [] : await accountMovements(tx, [{ from, to: before }], { withoutYearClosings })
  const sum = moved.reduce((so, { id, amounts: [amount = 0n] }) => (ids.has(id) ? so + amount : so), 0n)
  if (place === undefined) return sum
  const { amount } = only(
    await tx.query<{ amount: bigint }>(
      `with recursive ${closingEntries} select coalesce(sum(amount_minor), 0)::bigint as amount from journal_line
         where company_id = $1 and account_id = any ($2::bigint[]) and posted_on = $3 and (entry_id, line_no) < ($4, $5)
           and not ($6 and entry_id = any (array(select id from closing)))`,
      [tx.companyId, column([...ids], (id) => id), place.day, place.entryId, place.lineNo, withoutYearClosings],
    ),
  )
  return sum + amount
}

export const linesTable = ({ rows }: Lines): Table => ({
  columns: [
    dateColumn('date', 'Date'),
    textColumn('entryNumber', 'Number'),
    textColumn('entryId', 'Entry'),
    numberColumn('lineNo', 'Line'),
    textColumn('account', 'Account'),
    textColumn('rule', 'Rule'),
    textColumn('description', 'Description'),
    textColumn('party', 'Party'),
    textColumn('item', 'Item'),
    textColumn('channel', 'Channel'),
    textColumn('country', 'Country'),
    textColumn('taxCode', 'Tax code'),
    textColumn('documentNumber', 'Document'),
    textColumn('sourceFile', 'File'),
    textColumn('sourceRow', 'Row'),
    moneyColumn('amount', 'Amount'),
    moneyColumn('currencyAmount', 'In currency'),
  ],
  rows,
})
