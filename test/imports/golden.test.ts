import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { ImportResult } from '../../src/imports/index.ts'
import { inCompanyAsOwner, readCompany } from '../../src/kernel/database.ts'
import { foldBalances } from '../../src/ledger/fold-balances.ts'
import { sealEntries, verifySeals } from '../../src/ledger/seal.ts'
import { exceptionsById, listExceptions, placeUnknownCodes } from '../../src/modules/inbox/index.ts'
import { runChecks } from '../../src/reports/checks/index.ts'
import { type RawParameters, type ReportDefinition, reports } from '../../src/reports/index.ts'
import { exportTo, isInstalled, ourBalances, theirBalances, verdict } from './oracles.ts'
import {
  booksOf,
  expectSound,
  type ImportDesk,
  type ImportingCompany,
  noSharedHistory,
  openImportDesk,
  sharedDays,
  sharedHistory,
} from './support.ts'

const history = sharedHistory()
let desk: ImportDesk

beforeAll(async () => {
  desk = await openImportDesk()
})
afterAll(() => desk.close())
beforeEach((context) => {
  if (history === undefined) context.skip(noSharedHistory)
})

describe('nine months of a shop', () => {
  let company: ImportingCompany
  let first: ImportResult

  beforeAll(async () => {
    if (history === undefined) return
    company = await desk.company()
    first = await company.importFiles([history])
  }, 180_000)

  test('every line becomes part of a document, and every document is of a kind', () => {
    expect(first).toMatchObject({
      format: 'online-retail',
      dryRun: false,
      lines: 320_705,
      documents: { created: 16_459, existing: 0, refused: 0 },
      byKind: { invoice: 12_494, credit_note: 2_554, bad_debt: 3, stock_adjustment: 1_406, free_items: 2 },
      links: { linked: 4_264, fromSeveral: 41, partly: 25, unlinked: 1_165 },
      preview: [],
    })
  })

  test('an unknown code and an unclear destination are an exception each', async () => {
    expect(first.exceptions).toMatchObject({ opened: 22, byKind: { unknown_code: 7, unclear_destination: 15 } })
    const suspense = first.exceptions.rows.filter(({ kind }) => kind === 'unknown_code')
    const pence = suspense.reduce((sum, { amount }) => sum + BigInt(amount.amount.replace('.', '')), 0n)
    expect(pence).toBe(38_200n) // all that is in suspense, however often each code was met
    expect(
      await company.look(`select count(*) as lines from sales_document_line where role = 'sales_suspense'`),
    ).toEqual([{ lines: 29n }])
  })

  test('every role holds exactly what the history says, and all of them nothing', async () => {
    const balances = await company.balances()
    expect(balances).toEqual({
      receivable: 583_457_139n,
      payment_clearing: 104_801_253n,
      sales: -610_742_552n,
      sales_returns: 33_517_296n,
      sales_discounts: 480_974n,
      shipping_income: -16_127_329n,
      output_tax: -112_065_254n,
      sales_suspense: -38_200n,
      gift_card_liability: -63_581n,
      channel_fees: 15_091_545n,
      payment_fees: 582_503n,
      bad_debts: 1_106_206n,
    })
    expect(Object.values(balances).reduce((sum, balance) => sum + balance, 0n)).toBe(0n)
  })

  test('every entry is sealed', async () => {
    const [counts] = await company.look<{ entries: bigint; seals: bigint }>(
      'select (select count(*) from journal_entry) as entries, (select count(*) from journal_seal) as seals',
    )
    expect(counts).toEqual({ entries: BigInt(first.entries), seals: BigInt(first.entries) })
    expect(await company.work((tx) => verifySeals(tx))).toEqual({ compared: first.entries, broken: [] })
  })

  test('every check of the books holds', async () => {
    const report = await readCompany(desk.database, company.id, runChecks)
    expect(report.checks.filter(({ result }) => result === 'broken')).toEqual([])
    expect(report.checks.filter(({ result }) => result === 'held').length).toBeGreaterThan(0)
    expect(report.ok).toBe(true)
  })

  // The figures of May were summed from the lines of the files by their codes, with another program.
  test('the reports say what the files say', async () => {
    const read = (name: string, raw: RawParameters) =>
      readCompany(desk.database, company.id, (tx) => (reports[name] as ReportDefinition).run(tx, raw))
    const may = { from: '2011-05-01', to: '2011-05-31' }
    type Rows = { code: string; amount: { amount: string }; parts?: { amount: string }[] }[]
    const rows = (await read('profit-and-loss', { ...may, by: 'country' })).rows as Rows
    expect(Object.fromEntries(rows.map(({ code, amount }) => [code, amount.amount]))).toMatchObject({
      '4000': '746374.99',
      '4010': '-25167.37',
      '4020': '-94.42',
      '4030': '15576.48',
      '4099': '38.65',
      '6110': '594.92',
      '6120': '12883.23',
      profit: '723250.18',
    })
    for (const { code, amount, parts = [] } of rows) {
      const pence = (text: string): bigint => BigInt(text.replace('.', ''))
      expect([code, parts.reduce((sum, part) => sum + pence(part.amount), 0n)]).toEqual([code, pence(amount.amount)])
    }
    for (const method of ['direct', 'indirect']) {
      const flows = (await read('cash-flow', { method })).rows as Rows
      expect(flows.at(-1)).toMatchObject({ code: 'closing_cash', amount: { amount: '1048012.53' } })
    }
    expect((await read('tax-summary', {})).rows).toMatchObject([
      { code: 'export', net: { amount: '229050.05' }, tax: { amount: '0.00' } },
      { code: 'standard', net: { amount: '5700048.06' }, tax: { amount: '1120652.54' } },
    ])
  })

  test('open items and the receivable account say the same of every party', async () => {
    const differing = await company.look(
      `select party_id from (
          select party_id, amount_minor - applied_minor as open, 0 as posted from open_item
          union all
          select l.party_id, 0, l.amount_minor from journal_line l
            join account a on a.company_id = l.company_id and a.id = l.account_id where a.role = 'receivable'
        ) x group by party_id having sum(open) <> sum(posted)`,
    )
    expect(differing).toEqual([])
  })

  describe('as other programs read them', () => {
    let folder: string
    let whole: string
    let ours: Record<string, string>
    beforeAll(async () => {
      if (history === undefined) return
      folder = mkdtempSync(join(tmpdir(), 'countinghouse-oracle-'))
      whole = join(folder, 'whole.journal')
      await exportTo(whole, desk.database, company.id)
      ours = await ourBalances(desk.database, company.id)
    }, 240_000)
    afterAll(() => folder && rmSync(folder, { recursive: true }))

    for (const oracle of ['hledger', 'ledger'] as const) {
      test(`${oracle} agrees with every balance to the penny, and declines a copy with one penny changed`, (context) => {
        if (!isInstalled(oracle)) context.skip(`${oracle} is not installed`)
        expect(theirBalances(oracle, whole)).toEqual(ours)
        // Both read from the top: the copy ends with the entry that is changed.
        const text = readFileSync(whole, 'utf8')
        const amount = /^( +Assets:1100\S+ +GBP +| {2}Assets:1100\S+ +)(\d+\.\d)(\d)$/m
        const start = text.slice(0, text.indexOf('\n\n', amount.exec(text)?.index) + 1)
        const changed = start.replace(amount, (_, before, most, last) => `${before}${most}${(Number(last) + 1) % 10}`)
        expect(changed).not.toBe(start)
        const [sound, broken] = [join(folder, `${oracle}-sound.journal`), join(folder, `${oracle}-broken.journal`)]
        writeFileSync(sound, start)
        writeFileSync(broken, changed)
        expect(verdict(oracle, sound)).toEqual({ sound: true, words: '' })
        expect(verdict(oracle, broken)).toMatchObject({ sound: false, words: expect.stringMatching(/balance/i) })
      }, 240_000)
    }
  })

  test('saying what an unknown code stands for moves exactly its lines out of suspense and closes it', async () => {
    const [worst] = await company.work((tx) => listExceptions(tx, { kind: 'unknown_code', limit: 1 }))
    if (worst === undefined) throw new Error('no unknown code')
    const before = await company.balances()
    const remedy = { id: worst.id, standsFor: 'item' as const }
    const [done] = await company.work((tx) => placeUnknownCodes(tx, [remedy]))
    expect(done).toMatchObject({ id: worst.id, state: 'resolved' })
    const after = await company.balances()
    expect((after.sales_suspense ?? 0n) - (before.sales_suspense ?? 0n)).toBe(worst.amountMinor)
    const sales = (balances: Record<string, bigint>) => (balances.sales ?? 0n) + (balances.sales_returns ?? 0n)
    expect(sales(after) - sales(before)).toBe(-worst.amountMinor)
    const [closed] = await company.work((tx) => exceptionsById(tx, [worst.id]))
    expect(closed).toMatchObject({ state: 'resolved', resolution: 'Placed as sales' })
    expect(await company.work((tx) => placeUnknownCodes(tx, [remedy]))).toMatchObject([{ state: 'resolved', moved: 0 }])
    expect(await company.balances()).toEqual(after)
    await inCompanyAsOwner(desk.database, company.id, foldBalances)
    await inCompanyAsOwner(desk.database, company.id, sealEntries)
    await expectSound(company)
  }, 60_000)

  test('the same files once more add nothing', async () => {
    const before = await company.rowCounts()
    const again = await company.importFiles([history as string])
    expect(again).toMatchObject({
      lines: 320_705,
      documents: { created: 0, existing: 16_459, refused: 0 },
      byKind: {},
      entries: 0,
      exceptions: { opened: 0, byKind: {}, rows: [] },
      links: { linked: 0, partly: 0, unlinked: 0, fromSeveral: 0 },
    })
    expect(await company.rowCounts()).toEqual({ ...before, import_run: (before.import_run as number) + 1 })
  }, 120_000)
})

describe('six days of it', () => {
  let files: string[]
  let atOnce: ImportingCompany

  beforeAll(async () => {
    if (history === undefined) return
    files = sharedDays(history, 0, 6)
    atOnce = await desk.company()
    await atOnce.importFiles(files)
  })

  test('file by file in order of their days come to the same books as at once', async () => {
    const company = await desk.company()
    for (const file of files) await company.importFiles([file])
    expect(await booksOf(company)).toEqual(await booksOf(atOnce))
  })

  test('in two halves that overlap come to the same books as at once', async () => {
    const company = await desk.company()
    const one = await company.importFiles(files.slice(0, 4))
    const two = await company.importFiles(files.slice(3))
    expect(two.documents.existing).toBeGreaterThan(0)
    expect(await booksOf(company)).toEqual(await booksOf(atOnce))
    const [{ count }] = (await atOnce.look('select count(*) from sales_document')) as [{ count: bigint }]
    expect(BigInt(one.documents.created + two.documents.created)).toBe(count)
  })

  test('at once in whatever order the files are named come to the same documents and balances', async () => {
    const company = await desk.company()
    await company.importFiles(files.toReversed())
    const [forwards, backwards] = [await booksOf(atOnce), await booksOf(company)]
    for (const part of ['documents', 'links', 'balances', 'stored', 'open', 'exceptions'])
      expect(backwards[part]).toEqual(forwards[part])
  })
})
