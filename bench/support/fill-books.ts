import { only } from '../../src/kernel/database.ts'
import type { BenchDatabase } from './bench-database.ts'

/**
 * Writes the first `entries` entries of the bench as posting and folding would have left them, without posting them: millions of lines in a
 * minute. Each rule of `fiveLines` is keyed here once more, in SQL; `proveFill` proves that both say the same.
 */
export async function fillBooks(database: BenchDatabase, companyId: bigint, entries: number): Promise<void> {
  const client = await database.owner.connect()
  try {
    await client.query('set session_replication_role = replica')
    await client.query("select set_config('countinghouse.actor', $1, false)", [database.actor])
    for (let first = 1; first <= entries; first += chunk) {
      const last = Math.min(entries, first + chunk - 1)
      await client.query(entriesStatement(companyId, first, last))
      await client.query(linesStatement(companyId, first, last))
    }
    await client.query(balancesStatement(companyId))
    await client.query(`select setval(pg_get_serial_sequence('journal_entry', 'id'), ${entries})`)
    await client.query('set session_replication_role = origin')
    await client.query('vacuum analyze')
    await client.query('checkpoint')
  } finally {
    client.release(true)
  }
}

const chunk = 200_000
const dayOf = (n: string) =>
  `make_date(2011, (1 + (${n} / 25 % 360) / 30)::int, (1 + least((${n} / 25 % 360) % 30, 27))::int)`

const entriesStatement = (companyId: bigint, first: number, last: number): string =>
  `insert into journal_entry (company_id, id, posted_on, effective_on, rule, source_kind, source_id, line_count)
     select ${companyId}, n, ${dayOf('n')}, ${dayOf('n')}, 'invoice-issued', 'bench', n::text, 5 from generate_series(${first}, ${last}) n`

const linesStatement = (companyId: bigint, first: number, last: number): string =>
  `insert into journal_line (company_id, entry_id, line_no, account_id, mapping_rule_id, posted_on, amount_minor, currency, currency_amount_minor,
      party_id, item_id, document_id, document_line_no, tax_authority, tax_base_minor)
    select ${companyId}, n, line_no, r.account_id, r.id, ${dayOf('n')}, amount, 'GBP', amount, 1 + n % 1000, l.item_id, n, l.document_line_no,
        case when role = 'output_tax' then 'GB' end, case when role = 'output_tax' then net + other + postage end
      from generate_series(${first}::bigint, ${last}) n
      cross join lateral (select 100 + n % 9000 as net, n % 500 + 1 as postage, n % 700 + 1 as other offset 0) a
      cross join lateral (select (net + other + postage) / 5 as tax offset 0) t
      cross join lateral (values
        (1, 'receivable', net + other + postage + tax, null::bigint, null::int),
        (2, 'sales', -net, 1 + n % 500, 1),
        (3, 'sales', -other, 501 + n % 500, 2),
        (4, 'shipping_income', -postage, null, null),
        (5, 'output_tax', -tax, null, null)
      ) as l (line_no, role, amount, item_id, document_line_no)
      join mapping_rule r using (role)
      where r.company_id = ${companyId} and r.document_kind is null
      order by n, line_no`

const balancesStatement = (companyId: bigint): string =>
  `with day as (
      select posted_on, account_id, currency, sum(amount_minor) as base, sum(currency_amount_minor) as amount
        from journal_line where company_id = ${companyId} group by 1, 2, 3
    )
    insert into account_balance (company_id, grain, starts_on, account_id, currency, amount_minor, currency_amount_minor)
      select ${companyId}, 'day', posted_on, account_id, currency, base, amount from day
      union all
      select ${companyId}, 'month', date_trunc('month', posted_on)::date, account_id, currency, sum(base), sum(amount) from day group by 3, 4, 5`

/** A hash over everything that a table of the journal holds, but for the moment at which it was written. */
export async function hashOfBooks(database: BenchDatabase): Promise<string> {
  const { rows } = await database.owner.query<{ hash: string }>(
    `select concat_ws(' ',
        (select md5(string_agg((to_jsonb(e) - 'posted_at')::text, '' order by e.company_id, e.id)) from journal_entry e),
        (select md5(string_agg(l::text, '' order by l.company_id, l.entry_id, l.line_no)) from journal_line l),
        (select md5(string_agg(b::text, '' order by b.company_id, b.grain, b.starts_on, b.account_id, b.currency)) from account_balance b),
        (select count(*) from account_balance_delta)) as hash`,
  )
  return only(rows).hash
}
