import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { importEcbRates } from '../../src/imports/ecb-rates/index.ts'
import { BadInput } from '../../src/imports/index.ts'
import { journalFormat } from '../../src/imports/journal/format.ts'
import { heapNow } from '../support/heap.ts'
import { type ImportDesk, type ImportingCompany, openImportDesk } from './support.ts'

/* How much memory the imports of earlier books take: as little for a long text as for a short one, or no more than a limit. */
let desk: ImportDesk
let company: ImportingCompany
beforeAll(async () => {
  desk = await openImportDesk()
  company = await desk.company({ chart: 'generic' })
})
afterAll(() => desk.close())

const entry = {
  journal: (n: number) => `2024-01-0${1 + (n % 9)} Rent ${n}\n    1300  GBP ${n}.50\n    6200\n\n`,
  beancount: (n: number) =>
    `2024-01-0${1 + (n % 9)} * "Rent ${n}"\n  Assets:1300-Bank  ${n}.50 GBP\n  Assets:1310-Cash\n\n`,
  csv: (n: number) =>
    `r${n},2024-01-0${1 + (n % 9)},1300,${n}.50,Rent\nr${n},2024-01-0${1 + (n % 9)},6200,-${n}.50,Rent\n`,
} as const
const headOf = { journal: '', beancount: '', csv: 'reference,date,account,amount,description\n' } as const

async function written(kind: keyof typeof entry, entries: number): Promise<string> {
  const path = join(desk.files.folder, `${entries}.${kind}`)
  const out = createWriteStream(path)
  out.write(headOf[kind])
  for (let n = 1; n <= entries; n += 1) if (!out.write(entry[kind](n))) await once(out, 'drain')
  out.end()
  await once(out, 'finish')
  return path
}

/** What stays in memory of a text that was read, checked, and gone through to its last entry. */
async function heldBy(path: string, entries: number): Promise<number> {
  const before = heapNow()
  const input = await journalFormat.read([path], () => {})
  try {
    const plan = await company.work((tx) => input.plan(tx))
    expect(plan.count).toBe(entries)
    let held = 0
    let gone = 0
    for (const _ of plan.entries) {
      gone += 1
      if (gone === entries) held = heapNow() - before
    }
    return held
  } finally {
    input.close?.()
  }
}

describe('a journal', () => {
  test.each(['journal', 'beancount', 'csv'] as const)(
    'as .%s that is ten times as long takes no more memory',
    async (kind) => {
      await heldBy(await written(kind, 500), 500) // what is loaded and compiled once
      const short = await heldBy(await written(kind, 4_000), 4_000)
      const long = await heldBy(await written(kind, 40_000), 40_000)
      // Forty thousand entries of two lines would be some fifty megabytes.
      expect(long - short).toBeLessThan(8_000_000)
    },
    120_000,
  )

  test('has entries of ten thousand lines at most', async () => {
    const lines = Array.from({ length: 10_001 }, () => '  1300  GBP 1.00\n').join('')
    const path = desk.files.write(`2024-01-01 x\n${lines}  6200\n`, 'many.journal')
    await expect(company.importAs('journal', [path])).rejects.toThrow(
      `${path}:10002:3: an entry of more than 10000 lines; expected several entries`,
    )
  })

  test('has lines of a million characters at most', async () => {
    const path = desk.files.write(gzipSync(`2024-01-01 ${'x'.repeat(90_000_000)}`), 'line.journal.gz')
    await expect(company.importAs('journal', [path])).rejects.toThrow(
      `${path}:1:1: a line of more than 1000000 characters; expected it to end before`,
    )
  })
})

describe('what is held in memory is refused where it is too large, compressed or not', () => {
  const mib = (count: number): Buffer => gzipSync(Buffer.alloc(count * 1024 * 1024 + 1, 'a\n'))
  const expected = 'expected no more, since it is held in memory'

  test('opening balances', async () => {
    const small = desk.files.write(Buffer.alloc(1024 * 1024, 'b\n'), 'small.csv')
    const path = desk.files.write(mib(15), 'large.csv.gz')
    await expect(company.importAs('opening-balances', [small, path])).rejects.toThrow(
      `${path}:1:1: opening balances of more than 16 MiB; ${expected}`,
    )
  })

  test("Xero's tables", async () => {
    const tables = ['xero_account_data', 'xero_journal_data'].map((name) =>
      desk.files.write(`${name}\n`, `${name}.csv`),
    )
    const path = desk.files.write(mib(64), 'xero_journal_line_data.csv.gz')
    await expect(company.importAs('xero-journals', [...tables, path])).rejects.toThrow(
      `${path}:1:1: an export of more than 64 MiB; ${expected}`,
    )
  })

  test('a list of accounts', async () => {
    const path = desk.files.write(mib(8), 'accounts.csv.gz')
    await expect(company.importAs('journal', [path])).rejects.toThrow(
      `${path}:1:1: a list of accounts of more than 8 MiB; ${expected}`,
    )
  })

  test('reference rates', async () => {
    const path = desk.files.write(mib(8), 'rates.csv.gz')
    const outcome = await importEcbRates(desk.database, [path]).catch((error: unknown) => error)
    expect(outcome).toBeInstanceOf(BadInput)
    expect((outcome as Error).message).toBe(`${path}:1:1: rates of more than 8 MiB; ${expected}`)
  })
})
