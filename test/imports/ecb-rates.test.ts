import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { importEcbRates } from '../../src/imports/ecb-rates/index.ts'
import { type Database, openDatabase } from '../../src/kernel/database.ts'
import { type TestDatabase, testDatabase } from '../support/database.ts'

let server: TestDatabase
let database: Database
let folder: string
beforeAll(async () => {
  server = await testDatabase()
  database = openDatabase({ url: server.url })
  folder = await mkdtemp(join(tmpdir(), 'countinghouse-rates-'))
})
afterAll(async () => {
  await database.close()
  await server.drop()
  await rm(folder, { recursive: true, force: true })
})

async function file(name: string, content: string | Buffer): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, content)
  return path
}

const history = 'Date,USD,GBP,SIT,\n2024-01-08,1.0946,0.8610,N/A,\n2024-01-05,1.0921,0.8612,N/A,\n'

/** An archive of one deflated file, as it is published. */
function archive(name: string, content: string): Buffer {
  const data = deflateRawSync(Buffer.from(content))
  const local = Buffer.alloc(30)
  local.writeUInt32LE(0x04034b50, 0)
  local.writeUInt16LE(8, 8)
  local.writeUInt32LE(data.length, 18)
  local.writeUInt16LE(name.length, 26)
  const entry = Buffer.alloc(46)
  entry.writeUInt32LE(0x02014b50, 0)
  entry.writeUInt16LE(8, 10)
  entry.writeUInt32LE(data.length, 20)
  entry.writeUInt16LE(name.length, 28)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(30 + name.length + data.length, 16)
  return Buffer.concat([local, Buffer.from(name), data, entry, Buffer.from(name), end])
}

test('a history is imported once, as CSV or as the archive', async () => {
  const csv = await file('history.csv', history)
  const about = { dryRun: false, rates: 4, from: '2024-01-05', to: '2024-01-08', currencies: 2 }
  expect(await importEcbRates(database, [csv])).toEqual({ ...about, created: 4, existing: 0, corrected: 0 })
  expect(await importEcbRates(database, [csv])).toEqual({ ...about, created: 0, existing: 4, corrected: 0 })
  const zip = await file('history.zip', archive('eurofxref-hist.csv', history.replace('1.0946', '1.0947')))
  expect(await importEcbRates(database, [zip])).toEqual({ ...about, created: 0, existing: 3, corrected: 1 })
})

test('the rates of one day write it in words', async () => {
  const csv = await file('day.csv', 'Date, USD, JPY, \n13 April 2026, 1.1684, 186.75, \n')
  expect(await importEcbRates(database, [csv])).toMatchObject({ rates: 2, from: '2026-04-13', to: '2026-04-13' })
})

describe('a file that is not as it must be is refused whole:', () => {
  test.each([
    ['', 'an empty file', 1, 1],
    ['Day,USD,\n2024-01-08,1,\n', "'Day'", 1, 1],
    ['Date,USD,EUR,\n', "'EUR'", 1, 3],
    ['Date,USD,USD,\n', "'USD'", 1, 3],
    ['Date,\n', 'a header without currencies', 1, 1],
    ['Date,USD,\n2024-02-30,1,\n', "'2024-02-30'", 2, 1],
    ['Date,USD,\n31 April 2024,1,\n', "'31 April 2024'", 2, 1],
    ['Date,USD,\n2024-01-08,0,\n', "'0'", 2, 2],
    ['Date,USD,\n2024-01-08,1e3,\n', "'1e3'", 2, 2],
    ['Date,USD,\n2024-01-08,1,2,3\n', '4 fields', 2, 1],
    ['Date,USD,\n2024-01-08,1,\n2024-01-08,2,\n', 'USD 2 on 2024-01-08', 3, 1],
  ])('%j', async (content, found, line, column) => {
    const path = await file('bad.csv', content)
    await expect(importEcbRates(database, [path])).rejects.toMatchObject({ file: path, line, column, found })
  })

  test.each([
    ['no archive', Buffer.from('PK no archive at all, though it is named so')],
    ['another file inside', archive('readme.txt', 'hello')],
    ['cut off', archive('a.csv', history).subarray(20)],
  ])('an archive: %s', async (_, content) => {
    const path = await file('bad.zip', content)
    await expect(importEcbRates(database, [path])).rejects.toMatchObject({ file: path, name: 'BadInput' })
  })
})

const published = join(process.env.COUNTINGHOUSE_SHARED ?? '../shared', 'data/reference/ecb-fx')

test.skipIf(!existsSync(published))('the whole history as published, and the rates of a day beside it', async () => {
  const found = await importEcbRates(database, [published])
  expect(found).toMatchObject({ from: '1999-01-04', to: '2026-04-13', currencies: 41 })
  const { rows } = await database.owner.query(
    `select rate::text from reference_rate where currency = 'GBP' and day = '2011-01-05' and version = 1`,
  )
  expect(rows).toEqual([{ rate: '0.8483' }])
})
