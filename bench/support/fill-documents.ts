import type { BenchDatabase } from './bench-database.ts'

/** Writes invoices with what is open of them, as issuing would have left them: 2,800 a day of a year, of a thousand customers. */
export async function fillDocuments(database: BenchDatabase, companyId: bigint, documents: number): Promise<void> {
  const client = await database.owner.connect()
  try {
    await client.query('set session_replication_role = replica')
    await client.query(
      `insert into party (company_id, id, kind, number, name)
         overriding system value select $1, n, 'customer', 'C' || n, 'Customer ' || n from generate_series(1, 1000) n
         on conflict do nothing`,
      [companyId],
    )
    await client.query(
      `insert into sales_document (company_id, id, source, number, kind, issued_on, due_on, party_id, settlement, currency, prices, rounding,
          net_minor, tax_minor, order_reference, content_hash)
        overriding system value
        select $1, n, 'bench', 'INV-' || n, 'invoice', date '2011-01-01' + (n % 360)::int, date '2011-01-31' + (n % 360)::int, 1 + n % 1000,
            'on_account', 'GBP', 'net', 'per_document', 1000 + n % 9000, (1000 + n % 9000) / 5, 'O-' || n, 'x'
          from generate_series(1, $2::bigint) n`,
      [companyId, documents],
    )
    await client.query(
      `insert into open_item (company_id, party_id, source_kind, source_id, opened_on, due_on, currency, amount_minor, applied_minor,
          base_minor, applied_base_minor, document_id, issued_on)
        select company_id, party_id, 'sales_document', id::text, issued_on, due_on, currency, net_minor + tax_minor,
            case when id % 20 = 0 then 0 else net_minor + tax_minor end, net_minor + tax_minor,
            case when id % 20 = 0 then 0 else net_minor + tax_minor end, id, issued_on
          from sales_document where company_id = $1`,
      [companyId],
    )
    await client.query('vacuum (analyze) sales_document')
    await client.query('vacuum (analyze) open_item')
    await client.query('analyze party')
  } finally {
    await client.query('set session_replication_role = origin')
    client.release()
  }
}
