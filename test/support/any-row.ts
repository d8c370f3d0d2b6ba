import type pg from 'pg'

/** A value for a column as SQL, by name. */
export type RowValues = Record<string, string>

type ColumnOf = { name: string; type: string; needed: boolean }

/**
 * What a row of a table needs beside a value of the right type, where a check asks for more. Checks of the form `column in ('a', 'b')` are read
 * from the catalog.
 */
const particular: Record<string, RowValues> = {
  currency: { code: `'XAA'`, exponent: '2' },
  company: { country: `'GB'`, base_currency: `'GBP'` },
  company_address: { country: `'GB'` },
  company_tax_number: { country: `'GB'` },
  exception_mention: { person: `'user:1'` },
  bank_account: { iban: `'GB82WEST12345698765432'` },
  accounting_period: { starts_on: `'2024-01-01'`, ends_on: `'2024-01-31'` },
  period_decision: { reason: `'reason'`, content_hash: `'hash'` },
  journal_entry: { line_count: '2' },
  tax_rate: { rate: '0.2' },
  destination_rule: { destination: `'eu'` },
  deposit: { net_minor: '10', tax_minor: '2' },
  destination_name: { country: `'GB'` },
  journal_line_condition: { payment_method: `'card'` },
  budget_amount: { month: `'2024-01-01'` },
  attachment: { content: `'x'`, bytes: '1', sha256: `sha256('x')` },
  journal_template: { definition: `'{"lines":[1,2]}'` },
  manual_journal: { lines: `'{}'` },
  recurring_journal_day: { entry_id: '1' },
  line_move: { to_account_id: '2' },
  reference_rate: { currency: `'EUR'`, source: `'ecb'` },
  revaluation_line: { base_after_minor: '2' },
}

const valueOfType: Record<string, string> = {
  int8: '1',
  _int8: `'{1}'`,
  int4: '1',
  int2: '1',
  text: `'x'`,
  _text: `'{x}'`,
  bool: 'false',
  date: `'2024-01-15'`,
  timestamptz: `'2024-01-15 12:00Z'`,
  timestamp: `'2024-01-15 12:00'`,
  numeric: '1',
  bytea: `'x'`,
  jsonb: `'["x"]'`,
  json: `'{}'`,
  uuid: `'00000000-0000-0000-0000-000000000001'`,
}

/** A statement that inserts one row that a table's checks accept, with `values` in place of what would stand there. */
export async function rowInto(client: pg.ClientBase, table: string, values: RowValues): Promise<string> {
  const columns = await client.query<ColumnOf>(
    `select a.attname as name, t.typname as type, a.attnotnull and not a.atthasdef and a.attidentity = '' as needed
       from pg_attribute a join pg_type t on t.oid = a.atttypid
       where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped order by a.attnum`,
    [table],
  )
  const known = { ...(await choices(client, table)), ...particular[table], ...values }
  const row: RowValues = {}
  for (const { name, type, needed } of columns.rows) {
    const value = known[name] ?? (needed ? valueOfType[type] : undefined)
    if (value !== undefined) row[name] = value
    else if (needed) throw new Error(`${table}.${name}: no value of type ${type} is known`)
  }
  return `insert into ${table} (${Object.keys(row).join(', ')}) values (${Object.values(row).join(', ')})`
}

/** The first value of every column that a check restricts to a list. */
async function choices(client: pg.ClientBase, table: string): Promise<RowValues> {
  const { rows } = await client.query<{ definition: string }>(
    `select pg_get_constraintdef(oid) as definition from pg_constraint where conrelid = $1::regclass and contype = 'c'`,
    [table],
  )
  const found = rows.map(({ definition }) => /^CHECK \(\((\w+) = ANY \(ARRAY\[('[^']*')/.exec(definition))
  return Object.fromEntries(found.filter((match) => match !== null).map((match) => [match[1], match[2] as string]))
}

/** Runs statements with triggers and foreign keys asleep and undoes them, whatever comes of them. */
export async function asleep<T>(client: pg.ClientBase, act: () => Promise<T>): Promise<T> {
  await client.query('begin; set local session_replication_role = replica')
  try {
    return await act()
  } finally {
    await client.query('rollback')
  }
}
