import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ContainerWriter, readContainer } from '../../src/backup/container.ts'
import { type Backup, openBackup, restoreCompany, restoreInstallation } from '../../src/backup/index.ts'
import { Header, Manifest } from '../../src/backup/manifest.ts'
import { listCompanies } from '../../src/modules/company/index.ts'
import { House } from './support.ts'

let house: House
let backup: Backup
let bytes: Buffer
beforeAll(async () => {
  house = await House.open(10)
  backup = await house.backup(house.shop)
  bytes = readFileSync(backup.path)
})
afterAll(() => house.close())

const opened = async (content: Buffer): Promise<Backup> => {
  const path = house.path()
  writeFileSync(path, content)
  return await openBackup(path)
}

/** Places all over the file, and closer together at its end, where the manifest and the closing hash are. */
const places = (): number[] =>
  [...bytes.keys()].filter((place) => place % 397 === 0 || (place > bytes.length - 3_000 && place % 41 === 0))

test('a byte that differs is seen, wherever it is', async () => {
  expect(places().length).toBeGreaterThan(100)
  for (const place of places()) {
    const changed = Buffer.from(bytes)
    changed[place] = (changed[place] ?? 0) ^ 0x10
    await expect(opened(changed), `byte ${place}`).rejects.toMatchObject({ code: /^backup_(damaged|unknown|too_new)$/ })
  }
})

test('a file that is cut off is seen, wherever it ends', async () => {
  for (const place of places()) {
    const cut = bytes.subarray(0, place)
    await expect(opened(cut), `${place} bytes`).rejects.toMatchObject({ code: /^backup_(damaged|unknown)$/ })
  }
  await expect(opened(bytes.subarray(0, bytes.length - 2_048))).rejects.toThrow(/hash at its end/)
  await expect(opened(Buffer.concat([bytes, Buffer.alloc(512)]))).rejects.toMatchObject({ code: 'backup_damaged' })
})

/** The backup with one text put for another in one table, and every hash of the container made to fit again. */
async function forged(table: string, alter: (rows: string) => string): Promise<Backup> {
  const path = house.path()
  const writer = await ContainerWriter.create(path)
  for await (const { name, content } of readContainer(backup.path)) {
    const folder = name.slice(0, Math.max(0, name.lastIndexOf('/')))
    if (name === 'header.json') await writer.json(name, JSON.parse(content.toString()))
    else if (name === 'manifest.json') await writer.json(name, await forgedManifest(table, alter))
    else await writer.part(folder, 1, folder.endsWith(`.${table}`) ? Buffer.from(alter(content.toString())) : content)
  }
  await writer.finish()
  return await openBackup(path)
}

async function forgedManifest(table: string, alter: (rows: string) => string): Promise<Manifest> {
  const { companies, tables } = backup.manifest
  const own: Buffer[] = []
  for await (const { name, content } of readContainer(backup.path)) {
    if (name.includes(`public.${table}/`)) own.push(content)
  }
  const content = Buffer.from(alter(Buffer.concat(own).toString()))
  const sha256 = createHash('sha256').update(content).digest('hex')
  const sum = { bytes: content.length, sha256 }
  return Manifest.parse({ companies, tables: tables.map((one) => (one.table === table ? { ...one, ...sum } : one)) })
}

const replacedOnce = (from: RegExp, to: string) => (rows: string) => {
  expect(rows).toMatch(from)
  return rows.replace(from, to)
}

/** A line's columns in the file: entry, number, account, day, amount. */
const lineOf = /^(\d+)\t1\t(\d+)\t(\S+)\t(-?\d+)\t/m

const forgeries: [string, string, (rows: string) => string, RegExp][] = [
  ['an amount', 'journal_line', replacedOnce(lineOf, '$1\t1\t$2\t$3\t777\t'), /trial balance of Shop/],
  [
    'a description',
    'journal_entry',
    replacedOnce(/(\t0\t\d+\t\\N\tf\t)/, '$1altered '),
    /chain of Shop is broken: the seal/,
  ],
  ['a last seal', 'journal_seal', (rows) => rows.replace(/.*\n$/, ''), /journal_seal has \d+ rows after loading/],
  ['whose invoice it is', 'open_item', replacedOnce(/^(\d+)\t\d+\t/m, '$1\t987654321\t'), /points to nothing by/],
]

test.each(forgeries)(
  '%s forged together with every hash of the file is refused before anything is kept',
  async (...args) => {
    const [, table, alter, words] = args
    const forgery = await forged(table, alter)
    const before = await listCompanies(house.database)
    const options = { url: house.url }
    await expect(restoreCompany(forgery, { name: 'Forged' }, options)).rejects.toThrow(words)
    await expect(restoreCompany(forgery, { name: 'Forged' }, options)).rejects.toMatchObject({ code: 'backup_damaged' })
    expect(await listCompanies(house.database)).toEqual(before)
  },
)

test('a backup of a newer version, or none at all, is refused by name', async () => {
  const path = house.path()
  const writer = await ContainerWriter.create(path)
  const header = { ...backup.header, migrations: [...backup.header.migrations, '9999_of_tomorrow.sql'] }
  await writer.json('header.json', Header.parse(header))
  await writer.json('manifest.json', backup.manifest)
  await writer.finish()
  await expect(openBackup(path)).rejects.toMatchObject({
    code: 'backup_too_new',
    detail: { unknown: '9999_of_tomorrow.sql' },
  })
  await expect(opened(Buffer.from('Invoice,StockCode\n1,2\n'))).rejects.toMatchObject({ code: 'backup_unknown' })
  await expect(opened(Buffer.alloc(0))).rejects.toMatchObject({ code: 'backup_unknown' })
  await expect(openBackup(join(house.folder, 'nothing-here'))).rejects.toMatchObject({ code: 'ENOENT' })
})

test('a file that changes after it was looked at does not get in', async () => {
  const url = await house.empty()
  const whole = await house.backup()
  const content = readFileSync(whole.path)
  writeFileSync(whole.path, bytes)
  await expect(restoreInstallation(whole, { url })).rejects.toMatchObject({ code: 'backup_damaged' })
  writeFileSync(whole.path, content)
  await restoreInstallation(whole, { url })
})
