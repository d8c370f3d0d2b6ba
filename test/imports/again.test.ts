import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ImportResult, importFiles } from '../../src/imports/index.ts'
import { accountingDate } from '../../src/kernel/accounting-date.ts'
import { closePeriod } from '../../src/ledger/periods.ts'
import { listExceptions } from '../../src/modules/inbox/index.ts'
import { listImportRuns } from '../../src/modules/intake/index.ts'
import { type ImportDesk, type ImportingCompany, openImportDesk, type TestRow } from './support.ts'

let desk: ImportDesk
beforeAll(async () => {
  desk = await openImportDesk()
})
afterAll(() => desk.close())

const rows: TestRow[] = [
  { number: '1', price: '10' },
  { number: '2', price: '20', customer: '' },
  { number: 'C3', quantity: -1, price: '10', at: '2011-02-02 10:00:00' },
  { number: '4', code: 'DCGSSBOY', price: '5', country: 'Unspecified' },
  { number: '5', price: 0, customer: '' },
  { number: '6', code: 'gift_0001_20', price: '20' },
]

describe('a document that comes again', () => {
  test('with the same content adds nothing', async () => {
    const company = await desk.company()
    await company.import(rows)
    const before = await company.rowCounts()
    const again = await company.import(rows.toReversed())
    expect(again).toMatchObject({
      documents: { created: 0, existing: 6, refused: 0 },
      entries: 0,
      exceptions: { opened: 0 },
    })
    // Another order of the rows is another file, and each import is a run.
    expect(await company.rowCounts()).toEqual({
      ...before,
      import_run: (before.import_run as number) + 1,
      import_file: (before.import_file as number) + 1,
    })
  })

  test('with other content is an exception, once, and changes nothing', async () => {
    const company = await desk.company()
    await company.import(rows)
    const before = await company.rowCounts()
    const balances = await company.balances()
    const changed = [...rows.slice(1), { number: '1', price: '11' }]
    const first = await company.import(changed)
    expect(first).toMatchObject({
      documents: { created: 0, existing: 5, refused: 1 },
      entries: 0,
      exceptions: { opened: 1, byKind: { document_changed: 1 } },
    })
    expect(first.exceptions.rows).toEqual([
      {
        kind: 'document_changed',
        source: 'online-retail',
        message: '1 is in the books with other content: nothing was changed',
        amount: { amount: '13.20', currency: 'GBP' },
      },
    ])
    expect(await company.import(changed)).toMatchObject({ documents: { refused: 1 }, exceptions: { opened: 0 } })
    expect(await company.rowCounts()).toEqual({
      ...before,
      exception: (before.exception as number) + 1,
      import_run: (before.import_run as number) + 2,
      import_file: (before.import_file as number) + 1,
    })
    expect(await company.balances()).toEqual(balances)
    await company.import([...rows.slice(1), { number: '1', price: '12' }])
    const kinds = (await company.work(listExceptions)).map(({ kind }) => kind)
    expect(kinds.filter((kind) => kind === 'document_changed')).toHaveLength(2)
  })

  test('with one line more or less is other content', async () => {
    const company = await desk.company()
    await company.import([{ number: '1' }, { number: '1', code: '22423' }])
    expect(await company.import([{ number: '1' }])).toMatchObject({ documents: { refused: 1 } })
    expect(await company.import([{ number: '1' }, { number: '1' }, { number: '1', code: '22423' }])).toMatchObject({
      documents: { refused: 1 },
    })
  })
})

describe('a document that the books refuse is set aside, and the others are not', () => {
  const account = (role: string) => `select id, code from account where role = '${role}'`

  async function refusing(company: ImportingCompany): Promise<ImportResult> {
    const many = Array.from({ length: 40 }, (_, index) => ({ number: String(100 + index), price: '1' }))
    return await company.import([...many.slice(0, 17), { number: '7', code: 'POST', price: '5' }, ...many.slice(17)])
  }

  const setAside = {
    documents: { created: 40, existing: 0, refused: 1 },
    entries: 40,
    exceptions: { opened: 1, byKind: { document_refused: 1 } },
  }

  test('because an account has ended', async () => {
    const company = await desk.company()
    await company.owner((tx) => tx.query(`update account set ended_on = '2011-01-31' where role = 'shipping_income'`))
    const result = await refusing(company)
    expect(result).toMatchObject(setAside)
    expect(result.exceptions.rows[0]).toMatchObject({ amount: { amount: '6.00', currency: 'GBP' } })
    expect(result.exceptions.rows[0]?.message).toMatch(/^7 was set aside: /)
    expect(await company.balances()).toEqual({ receivable: 4800n, sales: -4000n, output_tax: -800n })
    await company.owner((tx) => tx.query(`update account set ended_on = null where role = 'shipping_income'`))
    expect(await refusing(company)).toMatchObject({ documents: { created: 1, existing: 40, refused: 0 }, entries: 1 })
  })

  test('because no account is mapped', async () => {
    const company = await desk.company()
    const [{ id }] = (await company.look(account('shipping_income'))) as [{ id: bigint }]
    await company.owner((tx) =>
      tx.query(
        `insert into mapping_rule (company_id, role, account_id, version, author) values (${company.id}, 'shipping_income', null, 2, 'test')`,
      ),
    )
    expect(await refusing(company)).toMatchObject(setAside)
    await company.owner((tx) =>
      tx.query(
        `insert into mapping_rule (company_id, role, account_id, version, author) values (${company.id}, 'shipping_income', ${id}, 3, 'test')`,
      ),
    )
    expect(await refusing(company)).toMatchObject({ documents: { created: 1, existing: 40, refused: 0 } })
  })

  test('because its day is before the first rate of tax', async () => {
    const company = await desk.company()
    const result = await company.import([...rows, { number: '7', price: '5', at: '1950-01-01 10:00:00' }])
    expect(result).toMatchObject({
      documents: { created: 6, refused: 1 },
      exceptions: { byKind: { document_refused: 1 } },
    })
    expect(await company.look(`select from sales_document where number = '7'`)).toEqual([])
  })

  test('because no rule says what its code stands for', async () => {
    const company = await desk.company()
    await company.owner(async (tx) => {
      await tx.query('set local session_replication_role = replica')
      await tx.query(`delete from line_code_rule where stands_for = 'unknown' and company_id = ${company.id}`)
    })
    const result = await company.import(rows)
    expect(result).toMatchObject({
      documents: { created: 5, refused: 1 },
      exceptions: { byKind: { document_refused: 1 } },
    })
  })
})

describe('an import as a whole', () => {
  test('is refused in a company with another base currency, and stores nothing', async () => {
    const company = await desk.company({ country: 'DE', currency: 'EUR' })
    const fresh = await company.rowCounts()
    await expect(company.import(rows)).rejects.toMatchObject({ code: 'currency_not_base' })
    expect(await company.rowCounts()).toEqual(fresh)
  })

  test('is refused for a format that nobody knows', async () => {
    const company = await desk.company()
    await expect(importFiles(desk.database, company.id, 'nonsense', { files: [] })).rejects.toMatchObject({
      code: 'import_format_unknown',
    })
  })

  test('dates what falls into a closed month on the first open day', async () => {
    const company = await desk.company()
    for (const month of ['2011-02-01', '2011-03-01'])
      await company.work((tx) => closePeriod(tx, { month: accountingDate(month), decidedBy: 'test' }))
    await company.import([...rows, { number: '8', price: '1', at: '2011-01-31 10:00:00' }])
    const days = await company.look(
      'select posted_on, effective_on, count(*) as entries from journal_entry group by 1, 2 order by 1, 2',
    )
    expect(days).toEqual([
      { posted_on: '2011-01-31', effective_on: '2011-01-31', entries: 1n },
      { posted_on: '2011-04-01', effective_on: '2011-02-01', entries: 5n },
      { posted_on: '2011-04-01', effective_on: '2011-02-02', entries: 1n },
    ])
  })

  test('is the only one of its company, and does not mind those of others', async () => {
    const [company, another] = [await desk.company(), await desk.company()]
    const client = await desk.database.app.connect()
    try {
      await client.query('select pg_advisory_lock(hashtextextended($1, $2))', ['countinghouse.import', company.id])
      await expect(company.import(rows)).rejects.toMatchObject({ code: 'import_running' })
      await expect(company.import(rows, { dryRun: true })).rejects.toMatchObject({ code: 'import_running' })
      expect(await another.import(rows)).toMatchObject({ documents: { created: 6 } })
    } finally {
      await client.query('select pg_advisory_unlock_all()')
      client.release()
    }
    expect(await company.import(rows)).toMatchObject({ documents: { created: 6 } })
  })

  test('of two that begin at once, one is done and the other is refused or finds nothing new', async () => {
    const company = await desk.company()
    const both = await Promise.allSettled([company.import(rows), company.import(rows)])
    const done = both.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []))
    const refused = both.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason.code] : []))
    expect(done.reduce((sum, { documents }) => sum + documents.created, 0)).toBe(6)
    expect(refused.every((code) => code === 'import_running')).toBe(true)
    expect(await company.look('select from sales_document')).toHaveLength(6)
  })

  test('is kept as a run with its size and how far it came', async () => {
    const company = await desk.company()
    await company.import(rows)
    expect(await company.work(listImportRuns)).toMatchObject([
      { format: 'online-retail', state: 'done', lines: 6n, documents: 6n, documentsDone: 6n, message: '' },
    ])
  })

  test('tells how far it is, phase by phase', async () => {
    const company = await desk.company()
    const phases: string[] = []
    await company.import(rows, { onProgress: ({ phase }) => phases.push(phase) })
    expect([...new Set(phases)]).toEqual(['reading', 'posting', 'linking', 'sealing'])
  })
})

describe('a dry run', () => {
  test('writes nothing, and tells what the import then does', async () => {
    const company = await desk.company()
    const fresh = await company.rowCounts()
    const dry = await company.import(rows, { dryRun: true })
    expect(await company.rowCounts()).toEqual(fresh)
    const real = await company.import(rows)
    expect({ ...dry, dryRun: false, preview: [] }).toEqual(real)
    expect(dry.dryRun).toBe(true)
  })

  test('shows the entries of the first documents, an account a row', async () => {
    const company = await desk.company()
    const { preview } = await company.import(rows, { dryRun: true })
    expect(preview.map(({ document, date, rule }) => [document, date, rule])).toEqual([
      ['1', '2011-02-01', 'invoice-issued'],
      ['2', '2011-02-01', 'invoice-issued'],
      ['2', '2011-02-01', 'payment-captured'],
      ['4', '2011-02-01', 'invoice-issued'],
      ['6', '2011-02-01', 'invoice-issued'],
    ])
    expect(preview[0]?.lines.map(({ role, amount }) => [role, amount.amount])).toEqual([
      ['receivable', '12.00'],
      ['output_tax', '-2.00'],
      ['sales', '-10.00'],
    ])
  })

  test('over books that hold some of it tells of the rest, of changes and of what would be set aside', async () => {
    const company = await desk.company()
    await company.import(rows.slice(0, 2))
    const before = await company.rowCounts()
    const files = [...rows.slice(1), { number: '1', price: '99' }, { number: '7', at: '1950-01-01 10:00:00' }]
    const dry = await company.import(files, { dryRun: true })
    expect(await company.rowCounts()).toEqual(before)
    expect(dry).toMatchObject({
      documents: { created: 4, existing: 1, refused: 2 },
      exceptions: { byKind: { document_changed: 1, document_refused: 1, unknown_code: 1, unclear_destination: 1 } },
    })
    expect({ ...(await company.import(files)), dryRun: true, preview: dry.preview }).toEqual(dry)
  })

  test('sets aside what the books refuse, and goes on', async () => {
    const company = await desk.company()
    await company.owner((tx) =>
      tx.query(`update account set ended_on = '2011-01-31' where role = 'gift_card_liability'`),
    )
    const dry = await company.import(rows, { dryRun: true })
    expect(dry).toMatchObject({
      documents: { created: 5, refused: 1 },
      exceptions: { byKind: { document_refused: 1 } },
    })
    expect({ ...(await company.import(rows)), dryRun: true, preview: dry.preview }).toEqual(dry)
  })
})
