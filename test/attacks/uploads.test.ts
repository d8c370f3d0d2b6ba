import { createWriteStream, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DocumentSpill } from '../../src/imports/document-spill.ts'
import { BadInput, importFiles } from '../../src/imports/index.ts'
import { openInput } from '../../src/imports/input-files.ts'
import { readSettings } from '../../src/kernel/settings.ts'
import { Uploads, uploadQuota } from '../../src/modules/intake/index.ts'
import { header, lineOf } from '../imports/support.ts'
import { openShop, type Shop } from '../support/shop.ts'
import { newCompany, openSite, type Site } from '../support/site.ts'

const folder = mkdtempSync(join(tmpdir(), 'countinghouse-bombs-'))
let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(async () => {
  await shop.close()
  rmSync(folder, { recursive: true, force: true })
})

/** A small file that unpacks to `mebibytes` of rows that look as rows should. */
async function bomb(name: string, first: string, row: string, mebibytes: number): Promise<string> {
  const path = join(folder, name)
  const block = Buffer.from(row.repeat(Math.ceil((1024 * 1024) / row.length)))
  const content = function* () {
    yield Buffer.from(first)
    for (let n = 0; n < mebibytes; n += 1) yield block
  }
  await pipeline(Readable.from(content()), createGzip({ level: 1 }), createWriteStream(path))
  return path
}

async function refusalOf(act: Promise<unknown>): Promise<BadInput> {
  const error = await act.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(BadInput)
  return error as BadInput
}

describe('a compressed file that unpacks far beyond its size', () => {
  test('is refused before its rows fill the disk, in words, and nothing is stored', async () => {
    const path = await bomb(
      'orders.csv.gz',
      `${header}\n`,
      `${lineOf({ number: '536365', description: ' '.repeat(20_000) })}\n`,
      300,
    )
    expect(statSync(path).size).toBeLessThan(1.5 * 1024 * 1024)
    const refused = await refusalOf(importFiles(shop.database, shop.companyId, 'online-retail', { files: [path] }))
    expect(refused.message).toContain('unpacks to more than')
    expect(await shop.look('select from sales_document limit 1')).toEqual([])
  }, 120_000)

  test('is refused as text that is read as a whole, long before memory ends', async () => {
    const path = await bomb('opening.json.gz', '[', '{"date":"2023-12-31","account":"1200","amount":"1.00"},', 300)
    const before = process.memoryUsage().rss
    const refused = await refusalOf(importFiles(shop.database, shop.companyId, 'opening-balances', { files: [path] }))
    expect(refused.message).toMatch(/opening balances of more than|unpacks to more than/)
    expect((process.memoryUsage().rss - before) / 1024 / 1024).toBeLessThan(600)
  }, 120_000)

  test('is refused in whatever way it is read', async () => {
    const path = await bomb('zeros.csv.gz', '', '\0', 300)
    const read = async () => {
      let bytes = 0
      for await (const chunk of openInput(path)) bytes += (chunk as Buffer).length
      return bytes
    }
    expect((await refusalOf(read())).message).toContain('unpacks to more than')
  }, 120_000)

  test('is not one that is merely well compressed', async () => {
    const path = join(folder, 'fine.csv.gz')
    writeFileSync(path, gzipSync(Buffer.alloc(32 * 1024 * 1024, 'a,b\n')))
    let bytes = 0
    for await (const chunk of openInput(path)) bytes += (chunk as Buffer).length
    expect(bytes).toBe(32 * 1024 * 1024)
  })
})

test('a document of more rows than any has is refused in words, long before memory ends', async () => {
  const path = join(folder, 'long.csv')
  writeFileSync(path, `${header}\n${`${lineOf({ number: '536365' })}\n`.repeat(100_001)}`)
  const before = process.memoryUsage().rss
  const importing = importFiles(shop.database, shop.companyId, 'online-retail', { files: [path] })
  await expect(importing).rejects.toMatchObject({ code: 'input_invalid', detail: { document: '536365' } })
  expect((process.memoryUsage().rss - before) / 1024 / 1024).toBeLessThan(300)
  expect(await shop.look('select from sales_document limit 1')).toEqual([])
}, 120_000)

test('rows that would fill the memory with one document are refused while they wait on disk', () => {
  const codec = {
    keyOf: () => 'A',
    orderOf: () => '1',
    pack: (row: string) => [row],
    unpack: ([row = '']: readonly string[]) => row,
  }
  const spill = new DocumentSpill<string>(1, codec)
  const row = 'x'.repeat(16 * 1024 * 1024)
  let added = 0
  const fill = () => {
    for (; added < 64; added += 1) spill.add(0, added, row)
  }
  expect(fill).toThrow('several documents')
  expect(added).toBeGreaterThan(8)
  spill.remove()
})

describe('the name of an upload', () => {
  let site: Site
  let company: string
  beforeAll(async () => {
    site = await openSite()
    company = await newCompany(site)
  })
  afterAll(() => site.close())

  test.each([
    '../../etc/passwd.csv',
    '/etc/cron.d/x.csv',
    '..\\..\\x.csv',
    '.csv',
    '....csv',
    `${'x'.repeat(250)}.csv`,
    'a\u202Evsc.csv',
    'a b\n.csv',
  ])('%j leads nowhere but to the folder of its import', async (name) => {
    const at = `${company}/imports/files?name=${encodeURIComponent(name)}`
    const uploaded = await site.send('POST', at, `${header}\n`, { 'content-type': 'text/csv' })
    expect([201, 400]).toContain(uploaded.status)
    if (uploaded.status === 201) {
      const { sha256 } = (await uploaded.json()) as { sha256: string }
      const { paths, release } = await site.uploads.gather(1n, [{ name, sha256 }])
      for (const path of paths) {
        expect(path).not.toContain('..')
        expect(path.split('/').at(-2)).toMatch(/^run-[0-9a-f-]+$/)
      }
      await release()
      for (const wrong of ['../1', `../1/${sha256}`, sha256.toUpperCase(), `${sha256}/..`])
        await expect(site.uploads.require(1n, [{ name, sha256: wrong }])).rejects.toMatchObject({
          code: 'upload_unknown',
        })
      await expect(site.uploads.require(2n, [{ name, sha256 }])).rejects.toMatchObject({ code: 'upload_unknown' })
    }
  })
})

describe('the disk', () => {
  const bytes = (letter: string) => Readable.from([Buffer.from(letter.repeat(400))])

  test('is not filled by one company: what is more than its quota is refused, and leaves nothing', async () => {
    const root = join(folder, 'quota')
    const uploads = new Uploads(root, 1000)
    await uploads.save(1n, bytes('a'))
    const both = await Promise.allSettled([uploads.save(1n, bytes('b')), uploads.save(1n, bytes('c'))])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    await expect(uploads.save(1n, bytes('d'))).rejects.toMatchObject({ code: 'uploads_full' })
    // What is there already takes no more of it, and another company has a quota of its own.
    await uploads.save(1n, bytes('a'))
    await uploads.save(2n, bytes('d'))
    expect(readdirSync(join(root, '1'))).toHaveLength(2)
  })

  test('holds as much as the setting says', () => {
    expect(uploadQuota({})).toBe(20 * 1024 ** 3)
    expect(uploadQuota({ COUNTINGHOUSE_UPLOADS_GIB: '3' })).toBe(3 * 1024 ** 3)
    expect(readSettings({ COUNTINGHOUSE_UPLOADS_GIB: 'much' }).wrong).toHaveLength(1)
  })
})
