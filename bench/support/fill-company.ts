import { type AccountingDate, accountingDate } from '../../src/kernel/accounting-date.ts'
import { inCompany, readCompany } from '../../src/kernel/database.ts'
import { saveProofRun } from '../../src/modules/proofs/index.ts'
import { runChecks } from '../../src/reports/checks/index.ts'
import type { BenchDatabase, BenchServer } from './bench-database.ts'
import { openCompany } from './posting-job.ts'

/** How much a company has, and the last day on which it sold something. */
export type CompanySize = { documents: number; lastDay: AccountingDate }

const days = 730
const customers = 50_000
const items = 2_000
const chunk = 100_000

/**
 * Writes a shop of two years as its commands would have left it, without running them: invoices of two items with postage, to three countries in
 * three channels, nineteen in twenty of them paid ten days later; with their entries, seals and balances. `proveCompany` proves that it is whole.
 * What jobs make of it afterwards, such as stored activity, is left to them.
 */
export async function fillCompany(
  database: BenchDatabase,
  companyId: bigint,
  { documents, lastDay }: CompanySize,
): Promise<void> {
  const client = await database.owner.connect()
  const run = (text: string, values: unknown[] = []) => client.query(text, values)
  try {
    await run('set session_replication_role = replica')
    await run("select set_config('countinghouse.actor', $1, false)", [database.actor])
    for (const statement of people) await run(statement, [companyId])
    for (let first = 1; first <= documents; first += chunk) {
      const last = Math.min(documents, first + chunk - 1)
      await run(`drop table if exists sale`)
      await run(sales(companyId, { first, last, documents, lastDay }))
      await run('analyze sale')
      for (const statement of perChunk) await run(statement.replaceAll('COMPANY', String(companyId)))
    }
    for (const statement of atTheEnd) await run(statement.replaceAll('COMPANY', String(companyId)))
    await run('set session_replication_role = origin')
    await run('vacuum analyze')
    await run('checkpoint')
    // A proof of what was not proven here: the screens show the latest one, and ask for one where there is none.
    await inCompany(database, companyId, (tx) => saveProofRun(tx, { ok: true, report: { ok: true, checks: [] } }))
  } finally {
    client.release(true)
  }
}

const people = [
  `insert into party (company_id, id, kind, number, name, country)
     select $1, n, 'customer', 'C' || n, (array['Ashworth','Bexley','Carden','Dunmore','Ember','Fennel','Garrick','Holloway'])[1 + n % 8] || ' '
         || (array['Gifts','& Sons','Trading','House','Florist','Stores','Market'])[1 + n % 7] || ' ' || n, 'GB' from generate_series(1, ${customers}) n`,
  `insert into channel (company_id, id, code, name)
     select $1, n, code, code from unnest(array['web', 'marketplace', 'shop']) with ordinality as c (code, n)`,
  `insert into item_group (company_id, id, code, name) select $1, n, 'G' || n, 'Group ' || n from generate_series(1, 20) n`,
  `insert into item (company_id, id, code, name, kind, item_group_id)
     select $1, n, 'ITEM-' || n, (array['Mug','Lamp','Plate','Candle','Basket','Clock'])[1 + n % 6] || ' '
         || (array['red','blue','green','white','large','small'])[1 + n / 6 % 6] || ' ' || n, 'goods', 1 + n % 20 from generate_series(1, ${items}) n`,
]

type Chunk = CompanySize & { first: number; last: number }

/** A row a sale, with all that its rows in other tables say. */
const sales = (companyId: bigint, { first, last, documents, lastDay }: Chunk): string =>
  `create temp table sale as
     select n, x.day, x.day + 30 as due, x.paid, 1 + n * 7919 % ${customers} as customer, 1 + n % 3 as channel, country,
         1 + n * 31 % ${items} as item_a, 1 + (n * 17 + 500) % ${items} as item_b, net_a, net_b, postage, net_a + net_b + postage as net,
         case when country = 'GB' then (net_a + net_b + postage) / 5 else 0 end as tax, code.id as tax_code
       from generate_series(${first}::bigint, ${last}) n
       cross join lateral (select 500 + 5 * (n * 7919 % 900) as net_a, 300 + 5 * (n * 104729 % 400) as net_b, 5 * (1 + n % 100) as postage,
           (array['GB', 'GB', 'GB', 'GB', 'GB', 'GB', 'GB', 'DE', 'DE', 'FR'])[1 + n * 7 % 10] as country,
           date '${lastDay}' - ((${documents} - n) * ${days} / ${documents})::int as day) d
       cross join lateral (select d.day, case when n % 20 <> 0 and d.day + 10 <= date '${lastDay}' then d.day + 10 end as paid) x
       join tax_code code on code.company_id = ${companyId} and code.kind = case when country = 'GB' then 'standard' else 'zero' end`

const line = (lineNo: string, side: string, rest: string): string =>
  `select COMPANY, n * 2 - 1, ${lineNo}, r.account_id, r.id, s.day, ${side}, 'GBP', ${side}, s.customer, ${rest}
     from sale s join mapping_rule r on r.company_id = COMPANY and r.document_kind is null and r.role = `

const perChunk = [
  `insert into sales_document (company_id, id, source, number, kind, issued_on, due_on, party_id, channel_id, destination, country, settlement,
      currency, prices, rounding, net_minor, tax_minor, order_reference, content_hash)
    select COMPANY, n, 'countinghouse', 'INV-' || n, 'invoice', day, due, customer, channel, '', country, 'on_account', 'GBP', 'net', 'per_document',
        net, tax, 'O-' || n, 'x' from sale`,
  `insert into sales_document_line (company_id, document_id, line_no, item_id, code, description, quantity, unit_price, net_minor, role, tax_code_id)
    select COMPANY, n, line_no, item, coalesce('ITEM-' || item, 'POST'), 'Sold', 1, net_minor / 100.0, net_minor, role, tax_code
      from sale cross join lateral (values (1, item_a, net_a, 'sales'), (2, item_b, net_b, 'sales'), (3, null, postage, 'shipping_income'))
        as l (line_no, item, net_minor, role)`,
  `insert into sales_unfolded (company_id, document_id) select COMPANY, n from sale`,
  `insert into sales_document_tax (company_id, document_id, tax_code_id, base_minor, tax_minor) select COMPANY, n, tax_code, net, tax from sale`,
  `insert into payment (company_id, id, kind, source, reference, method, party_id, document_id, paid_on, currency, amount_minor)
    select COMPANY, n, 'capture', 'bank', 'PAID-' || n, 'bank', customer, n, paid, 'GBP', net + tax from sale where paid is not null`,
  `insert into open_item (company_id, id, party_id, source_kind, source_id, opened_on, due_on, currency, amount_minor, applied_minor, base_minor,
      applied_base_minor, document_id, issued_on)
    select COMPANY, n * 2 - 1, customer, 'sales_document', n::text, day, due, 'GBP', net + tax, p.part, net + tax, p.part, n, day
        from sale cross join lateral (select case when paid is null then 0 else net + tax end as part) p
      union all
      select COMPANY, n * 2, customer, 'payment', n::text, paid, paid, 'GBP', -net - tax, -net - tax, -net - tax, -net - tax, null, null from sale
        where paid is not null`,
  `insert into open_item_application (company_id, id, debit_item_id, credit_item_id, applied_on, amount_minor, debit_base_minor, credit_base_minor,
      debit_opened_on, credit_opened_on)
    select COMPANY, n, n * 2 - 1, n * 2, paid, net + tax, net + tax, net + tax, day, paid from sale where paid is not null`,
  `insert into journal_entry (company_id, id, posted_on, effective_on, rule, source_kind, source_id, line_count)
    select COMPANY, n * 2 - 1, day, day, 'invoice-issued', 'sales_document', n::text, case when tax = 0 then 4 else 5 end from sale
      union all
      select COMPANY, n * 2, paid, paid, 'customer-paid', 'payment', n::text, 2 from sale where paid is not null`,
  `insert into journal_line (company_id, entry_id, line_no, account_id, mapping_rule_id, posted_on, amount_minor, currency, currency_amount_minor, party_id,
      channel_id, document_id, item_id, document_line_no, tax_code_id, tax_authority, tax_point, tax_base_minor)
    ${line('1', 'net + tax', 'channel, n, null::bigint, null::int, null::bigint, null, null::date, null::bigint')} 'receivable'
      union all ${line('2', '-net_a', 'channel, n, item_a, 1, tax_code, null, null, null')} 'sales'
      union all ${line('3', '-net_b', 'channel, n, item_b, 2, tax_code, null, null, null')} 'sales'
      union all ${line('4', '-postage', 'channel, n, null, 3, tax_code, null, null, null')} 'shipping_income'
      union all ${line('5', '-tax', "channel, n, null, null, tax_code, 'GB', day, net")} 'output_tax' and s.tax <> 0
      order by 2, 3`,
  `insert into journal_line (company_id, entry_id, line_no, account_id, mapping_rule_id, posted_on, amount_minor, currency, currency_amount_minor, party_id, document_id)
    select COMPANY, n * 2, line_no, r.account_id, r.id, paid, amount, 'GBP', amount, customer, n
      from sale cross join lateral (values (1, 'bank', net + tax), (2, 'receivable', -net - tax)) as l (line_no, role, amount)
      join mapping_rule r on r.company_id = COMPANY and r.document_kind is null and r.role = l.role
      where paid is not null order by n, line_no`,
]

// The hashes of the seals are not those of their entries: computing them would take longer than all the rest.
const atTheEnd = [
  `insert into journal_seal (company_id, position, fiscal_year, number, entry_id, hash)
    select COMPANY, row_number() over (order by posted_on, id), extract(year from posted_on),
        row_number() over (partition by extract(year from posted_on) order by posted_on, id), id, 'not computed'
      from journal_entry where company_id = COMPANY order by posted_on, id`,
  `with day as (
      select posted_on, account_id, currency, sum(amount_minor) as base, sum(currency_amount_minor) as amount
        from journal_line where company_id = COMPANY group by 1, 2, 3
    )
    insert into account_balance (company_id, grain, starts_on, account_id, currency, amount_minor, currency_amount_minor)
      select COMPANY, 'day', posted_on, account_id, currency, base, amount from day
      union all
      select COMPANY, 'month', date_trunc('month', posted_on)::date, account_id, currency, sum(base), sum(amount) from day group by 3, 4, 5`,
  ...[
    'sales_document',
    'payment',
    'open_item',
    'open_item_application',
    'journal_entry',
    'party',
    'item',
    'item_group',
    'channel',
  ].map((table) => `select setval(pg_get_serial_sequence('${table}', 'id'), (select max(id) from ${table}))`),
]

/** Fills a small company and runs every check on it: throws where one but that of the hashes finds something. */
export async function proveCompany(server: Pick<BenchServer, 'open'>): Promise<void> {
  const database = await server.open()
  try {
    const companyId = await openCompany(database)
    await fillCompany(database, companyId, { documents: 2_000, lastDay: accountingDate('2011-12-09') })
    const { checks } = await readCompany(database, companyId, runChecks)
    const broken = checks.filter(({ name, result }) => result === 'broken' && name !== 'seals-match-entries')
    if (broken.length > 0) throw new Error(`the filled company is not whole: ${JSON.stringify(broken).slice(0, 2_000)}`)
  } finally {
    await database.drop()
  }
}
