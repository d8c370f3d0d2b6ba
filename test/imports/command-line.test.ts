import { afterAll, beforeAll, expect, test } from 'vitest'
import { countinghouse, type Said } from '../support/command-line.ts'
import { type TestDatabase, testDatabase } from '../support/database.ts'
import { goodFiles } from './fuzz-inputs/good-files.ts'
import { Files } from './support.ts'

/* Every import of orders as a person runs it: what it says, how it ends, and what it leaves alone. */
let server: TestDatabase
const files = new Files()
beforeAll(async () => {
  server = await testDatabase()
})
afterAll(async () => {
  files.remove()
  await server.drop()
})

type Case = {
  format: string
  company: readonly string[]
  files: Readonly<Record<string, string>>
  created: number
  /** What is other about an order in a later file, and what is not to be in a good one. */
  changed: readonly [file: string, from: string, to: string]
  bad: readonly [file: string, from: string, to: string, says: string]
}

const british = ['--country', 'GB', '--currency', 'GBP']
const cases: Case[] = [
  {
    format: 'online-retail',
    company: british,
    files: goodFiles.retail,
    created: 4,
    changed: ['a.csv', ',6,', ',7,'],
    bad: ['a.csv', ',2.55,', ',"2,55",', ':2:6: Price "2,55"; expected a price with digits and a decimal point'],
  },
  {
    format: 'orders',
    company: british,
    files: goodFiles.ordersCsv,
    created: 2,
    changed: ['a.csv', 'Blue mug,10,', 'Blue mug,11,'],
    bad: [
      'a.csv',
      '126.00,ch_81',
      'all,ch_81',
      ':5:18: amount "all"; expected a number with digits and a decimal point, not below zero',
    ],
  },
  {
    format: 'orders',
    company: british,
    files: goodFiles.ordersJson,
    created: 2,
    changed: ['a.json', '"quantity": "10"', '"quantity": "11"'],
    bad: [
      'a.json',
      '"quantity": "10"',
      '"quantity": "ten"',
      ':2:1: quantity "ten" of lines[0] of order 1001; expected a number with digits and a decimal point, above zero',
    ],
  },
  {
    format: 'shopify-orders',
    company: british,
    files: goodFiles.shopify,
    created: 3,
    changed: ['a.csv', '126.00,0.00', '127.00,0.00'],
    bad: [
      'a.csv',
      '126.00,0.00',
      '£126,0.00',
      ':2:11: Total "£126"; expected a number with digits and a decimal point',
    ],
  },
  {
    format: 'olist',
    company: ['--country', 'BR', '--currency', 'BRL'],
    files: goodFiles.olist,
    created: 2,
    changed: ['items.csv', '99.9', '98.9'],
    bad: [
      'items.csv',
      '99.9',
      '-99.9',
      ':2:4: price "-99.9"; expected a number with digits and a decimal point, not below zero',
    ],
  },
  {
    format: 'northwind',
    company: ['--country', 'US', '--currency', 'USD'],
    files: goodFiles.northwind,
    created: 2,
    changed: ['a.sql', '32.38', '33.38'],
    bad: [
      'a.sql',
      '32.38',
      '-32.38',
      ':5:5: Freight "-32.38"; expected a number with digits and a decimal point, not below zero',
    ],
  },
]

test.each(cases)(
  '$format, $created documents: refused, tried, imported, imported again and changed',
  async ({ format, company: where, files: texts, created, changed, bad }) => {
    const folder = `${format}-${Object.keys(texts).join('-')}`
    const company = (await countinghouse(server.url, ['company', 'create', 'Shop', ...where])).stdout.trim()
    const write = (name: string, [file, from, to]: readonly [string, string, string]): string[] =>
      Object.entries(texts).map(([one, text]) =>
        files.write(one === file ? text.replace(from, to) : text, `${folder}/${name}/${one}`),
      )
    const good = write('good', ['', '', ''])
    const run = (paths: readonly string[], ...words: string[]): Promise<Said> =>
      countinghouse(server.url, ['import', format, ...paths, '--company', company, '--json', ...words])
    const books = async (): Promise<string> =>
      (await countinghouse(server.url, ['export', 'journal', '--company', company, '--format', 'csv'])).stdout
    const nothing = await books()

    const [file, from, to, says] = bad
    const wrong = write('bad', [file, from, to])
    const refused = await run(wrong)
    expect(refused).toMatchObject({
      code: 2,
      stdout: '',
      lastLine: `${wrong.find((path) => path.endsWith(file))}${says}`,
    })
    const tried = await run(good, '--dry-run')
    expect(tried.code).toBe(0)
    expect(JSON.parse(tried.stdout)).toMatchObject({ dryRun: true, documents: { created, existing: 0, refused: 0 } })
    expect(await books()).toBe(nothing)

    const done = await run(good)
    expect(done.code).toBe(0)
    expect({ ...JSON.parse(done.stdout), dryRun: true, preview: [] }).toEqual({
      ...JSON.parse(tried.stdout),
      preview: [],
    })
    const full = await books()
    expect(full).not.toBe(nothing)
    const again = await run(good)
    expect(again.code).toBe(0)
    expect(JSON.parse(again.stdout)).toMatchObject({
      documents: { created: 0, existing: created, refused: 0 },
      entries: 0,
      exceptions: { opened: 0 },
    })
    const other = await run(write('changed', changed))
    expect(other.code).toBe(1)
    expect(JSON.parse(other.stdout)).toMatchObject({ entries: 0, exceptions: { byKind: { document_changed: 1 } } })
    expect(await books()).toBe(full)
    expect((await countinghouse(server.url, ['check', '--company', company])).code).toBe(0)
  },
  60_000,
)
