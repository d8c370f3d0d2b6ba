import type { AccountingDate } from '../kernel/accounting-date.ts'
import { column } from '../kernel/column.ts'
import { only, type Tx } from '../kernel/database.ts'
import { type MoneyJson, moneyJson } from '../kernel/money.ts'
import { Refusal } from '../kernel/refusal.ts'
import { type ActivityDimension, activeDays } from './activity.ts'
import {
  cursorOf,
  type Parameters,
  pageParameters,
  type RawParameters,
  rangeParameters,
  readChoice,
  type readCursor,
} from './parameters.ts'
import {
  companyHeading,
  dateColumn,
  idText,
  moneyColumn,
  numberColumn,
  type Report,
  type Table,
  textColumn,
} from './report.ts'
import { mostAccounts } from './source.ts'
import { closingEntries } from './stored-balances.ts'

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

type LineRow = {
  date: string
  entryId: string
  lineNo: number
  /** The number of the entry within its fiscal year, such as 2011-15; null until it is sealed. */
  entryNumber: string | null
  account: string
  accountName: string
  rule: string
  description: string
  party: string | null
  partyName: string | null
  item: string | null
  itemName: string | null
  channel: string | null
  country: string | null
  taxCode: string | null
  documentId: string | null
  documentKind: string | null
  documentNumber: string | null
  documentLineNo: number | null
  quantity: string | null
  /** The file and the row of it that the line, or else the first line of its document, was read from. */
  sourceFile: string | null
  sourceRow: number | null
  amount: MoneyJson
  /** The same in the line's own currency, where that is another one. */
  currencyAmount: MoneyJson | null
}

export type Lines = Report<LineRow> & {
  from: AccountingDate
  to: AccountingDate
  accounts: { code: string; name: string; class: string }[]
  /** Where asked for: how many lines, and their sum where all were counted. */
  counted?: { lines: number; complete: boolean; amount: MoneyJson | null }
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
  const beyond =
    cursor === undefined
      ? ''
      : `and (l.posted_on, l.entry_id, l.line_no) < ($${values.push(cursor.day)}::date, $${values.push(cursor.entryId)}::bigint, $${values.push(cursor.lineNo)}::int)`
  const found = await tx.query<FoundLine>(explained(sql(beyond, size)), values)
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
  const { sql, values } = linesOf(tx, accounts, { ...parameters, cursor: undefined })
  const { found, amount } = only(
    await tx.query<{ found: bigint; amount: bigint }>(
      `${sql('', mostCounted + 1)} select count(*) as found, coalesce(sum(amount_minor), 0)::bigint as amount from page`,
      values,
    ),
  )
  const complete = found <= mostCounted
  return {
    lines: complete ? Number(found) : mostCounted,
    complete,
    amount: complete ? moneyJson(amount, currency) : null,
  }
}

type FoundLine = Omit<LineRow, 'entryId' | 'documentId' | 'sourceRow' | 'amount' | 'currencyAmount'> & {
  entryId: bigint
  documentId: bigint | null
  sourceRow: bigint | null
  amountMinor: bigint
  currency: string
  currencyAmountMinor: bigint
}

// What is joined is looked up row by row by its key (offset 0 keeps each lookup in its place), as in the general ledger.
const explained = (page: string): string => `${page}
  select l.posted_on as date, l.entry_id as "entryId", l.line_no as "lineNo", s.number as "entryNumber", a.code as account,
      a.name as "accountName", e.rule, e.description, p.number as party, p.name as "partyName", i.code as item, i.name as "itemName",
      c.code as channel, d.country, t.code as "taxCode", l.document_id as "documentId", d.kind as "documentKind",
      d.number as "documentNumber", l.document_line_no as "documentLineNo", r.quantity::text, f.name as "sourceFile",
      r.import_line as "sourceRow", l.amount_minor as "amountMinor", l.currency, l.currency_amount_minor as "currencyAmountMinor"
    from page l
    cross join lateral (select code, name from account where company_id = $1 and id = l.account_id offset 0) a
    cross join lateral (select rule, description from journal_entry where company_id = $1 and id = l.entry_id offset 0) e
    left join lateral (
      select fiscal_year || '-' || number as number from journal_seal where company_id = $1 and entry_id = l.entry_id offset 0
    ) s on true
    left join lateral (select number, name from party where company_id = $1 and id = l.party_id offset 0) p on true
    left join lateral (select code, name from item where company_id = $1 and id = l.item_id offset 0) i on true
    left join lateral (select code from channel where company_id = $1 and id = l.channel_id offset 0) c on true
    left join lateral (select code from tax_code where company_id = $1 and id = l.tax_code_id offset 0) t on true
    left join lateral (
      select kind, number, country from sales_document where company_id = $1 and id = l.document_id offset 0
    ) d on true
    left join lateral (
      select import_file_id, import_line, case when l.document_line_no is not null then quantity end as quantity from sales_document_line n
        where n.company_id = $1 and n.document_id = l.document_id and n.line_no >= coalesce(l.document_line_no, 0)
          and (l.document_line_no is null or n.line_no = l.document_line_no)
        order by n.line_no limit 1
    ) r on true
    left join lateral (select name from import_file where company_id = $1 and id = r.import_file_id offset 0) f on true
    order by l.posted_on desc, l.entry_id desc, l.line_no desc`

const lineRow = (
  { entryId, documentId, sourceRow, amountMinor, currency, currencyAmountMinor, ...row }: FoundLine,
  baseCurrency: string,
): LineRow => ({
  ...row,
  entryId: String(entryId),
  documentId: idText(documentId),
  sourceRow: sourceRow === null ? null : Number(sourceRow),
  amount: moneyJson(amountMinor, baseCurrency),
  currencyAmount: currency === baseCurrency ? null : moneyJson(currencyAmountMinor, currency),
})

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
