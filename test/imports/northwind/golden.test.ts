import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { ImportResult } from '../../../src/imports/index.ts'
import { readCompany } from '../../../src/kernel/database.ts'
import { runChecks } from '../../../src/reports/checks/index.ts'
import { booksOf, type ImportDesk, type ImportingCompany, openImportDesk, sharedData } from '../support.ts'

/*
 * 830 orders of a wholesaler. The figures were added up from the script by a program of its own, in another language, which knows nothing of
 * this one.
 */
const script = sharedData('orders/northwind-microsoft/instnwnd.sql')
let desk: ImportDesk
let company: ImportingCompany
let first: ImportResult

beforeAll(async () => {
  desk = await openImportDesk()
  if (script === undefined) return
  company = await desk.company({ country: 'US', currency: 'USD' })
  first = await company.importAs('northwind', [script])
}, 120_000)
afterAll(() => desk.close())
beforeEach((context) => {
  if (script === undefined) context.skip('the shared Northwind script is not here: set COUNTINGHOUSE_SHARED')
})

describe('the orders of a wholesaler', () => {
  test('what was shipped is invoiced, and the rest is kept as orders', () => {
    expect(first).toMatchObject({
      lines: 2_985,
      documents: { created: 830, existing: 0, refused: 0 },
      byKind: { invoice: 809, order: 21 },
      payments: { created: 0, existing: 0 },
      entries: 809,
      exceptions: { opened: 0 },
    })
  })

  test('sales, discounts, freight and what customers owe are exactly what the script says', async () => {
    expect(await company.balances()).toEqual({
      receivable: 130_381_037n,
      sales: -132_701_483n,
      sales_discounts: 8_715_948n,
      shipping_income: -6_395_502n,
    })
  })

  test('each month has what was shipped in it, and each customer owes what was shipped there', async () => {
    const months = await company.look<{ month: string; total: bigint }>(
      `select to_char(l.posted_on, 'YYYY-MM') as month, sum(l.amount_minor)::bigint as total from journal_line l
        join account a on a.company_id = l.company_id and a.id = l.account_id where a.role = 'receivable' group by 1 order by 1`,
    )
    expect(months).toHaveLength(23)
    expect(months.slice(0, 2).map(({ total }) => total)).toEqual([2_166_007n, 2_670_800n])
    expect(months.at(-2)).toEqual({ month: '1998-04', total: 15_063_774n })
    const owed = await company.look<{ number: string; name: string; total: bigint }>(
      `select p.number, p.name, sum(o.amount_minor)::bigint as total from open_item o
        join party p on p.company_id = o.company_id and p.id = o.party_id group by 1, 2 order by total desc limit 3`,
    )
    expect(owed).toEqual([
      { number: 'QUICK', name: 'QUICK-Stop', total: 11_588_292n },
      { number: 'SAVEA', name: 'Save-a-lot Markets', total: 11_104_564n },
      { number: 'ERNSH', name: 'Ernst Handel', total: 10_084_336n },
    ])
  })

  test('orders that were not shipped keep their lines and book nothing', async () => {
    const [kept] = await company.look<{ lines: bigint; goods: bigint; roles: bigint; references: bigint }>(
      `select count(*) as lines, sum(l.net_minor)::bigint as goods, count(l.role) as roles, count(distinct d.order_reference) as references
        from sales_document d join sales_document_line l on l.company_id = d.company_id and l.document_id = d.id where d.kind = 'order'`,
    )
    expect(kept).toMatchObject({ goods: 2_744_376n - 150_635n + 98_767n, roles: 0n, references: 21n })
  })

  test('every check of the books holds', async () => {
    const report = await readCompany(desk.database, company.id, runChecks)
    expect(report.checks.filter(({ result }) => result === 'broken')).toEqual([])
    expect(report.ok).toBe(true)
  })

  test('the same script once more adds nothing, and a dry run elsewhere writes nothing', async () => {
    const before = await booksOf(company)
    expect(await company.importAs('northwind', [script as string])).toMatchObject({
      documents: { created: 0, existing: 830, refused: 0 },
      entries: 0,
    })
    expect(await booksOf(company)).toEqual(before)
    const other = await desk.company({ country: 'US', currency: 'USD' })
    const fresh = await other.rowCounts()
    const tried = await other.importAs('northwind', [script as string], { dryRun: true })
    expect(tried).toMatchObject({ documents: { created: 830 }, entries: 809 })
    expect(tried.preview[0]).toMatchObject({ document: '10248', date: '1996-07-16', rule: 'invoice-issued' })
    expect(await other.rowCounts()).toEqual(fresh)
  }, 60_000)
})
