import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { importRunner } from '../../src/jobs/import-runner.ts'
import { inCompany } from '../../src/kernel/database.ts'
import { saveImportRequest } from '../../src/modules/intake/index.ts'
import { newCompany, openSite, orderExport, type Site } from '../support/site.ts'

type Import = {
  id: string
  state: string
  message: string
  result: {
    documents: { created: number; existing: number }
    preview: unknown[]
    exceptions: { opened: number }
  } | null
}

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterAll(() => site.close())

async function upload(
  company: string,
  content: string | Uint8Array<ArrayBuffer>,
  name: string,
): Promise<{ name: string; sha256: string }> {
  const type = name.endsWith('.gz') ? 'application/gzip' : 'text/csv'
  const request = new Request(`http://localhost:8080${company}/imports/files?name=${encodeURIComponent(name)}`, {
    method: 'POST',
    headers: { 'content-type': type },
    body: content,
  })
  const response = await site.app.request(request)
  expect(response.status).toBe(201)
  return (await response.json()) as { name: string; sha256: string }
}

async function ended(company: string, id: string): Promise<Import> {
  for (;;) {
    const found = (await (await site.get(`${company}/imports/${id}`)).json()) as Import
    if (found.state !== 'running') return found
    await new Promise((done) => setTimeout(done, 20))
  }
}

async function run(company: string, files: object[], dryRun: boolean): Promise<Import> {
  const response = await site.post(`${company}/imports`, { format: 'online-retail', files, dryRun })
  expect(response.status).toBe(202)
  return await ended(company, ((await response.json()) as Import).id)
}

const balanceRows = async (company: string): Promise<{ role: string; balance: { amount: string } }[]> =>
  ((await (await site.get(`${company}/reports/trial-balance`)).json()) as { rows: [] }).rows

test('files are uploaded, looked at without writing, imported, and add nothing a second time', async () => {
  const company = await newCompany(site)
  const { name, sha256 } = await upload(company, orderExport, 'orders.csv')
  const looked = await run(company, [{ name, sha256 }], true)
  expect(looked).toMatchObject({ state: 'done', result: { dryRun: true, documents: { created: 4 } } })
  expect(looked.result?.preview.length).toBeGreaterThan(0)
  expect(await balanceRows(company)).toEqual([])

  const done = await run(company, [{ name, sha256 }], false)
  expect(done).toMatchObject({ state: 'done', result: { documents: { created: 4, existing: 0 } } })
  const balances = await balanceRows(company)
  expect(balances.find(({ role }) => role === 'payment_clearing')?.balance.amount).toBe('7.97')
  const exceptions = (await (await site.get(`${company}/exceptions`)).json()) as { rows: { kind: string }[] }
  expect(exceptions.rows.map(({ kind }) => kind)).toEqual(['unknown_code'])

  const again = await run(company, [{ name, sha256 }], false)
  expect(again).toMatchObject({ state: 'done', result: { documents: { created: 0, existing: 4 } } })
  expect(await balanceRows(company)).toEqual(balances)
})

test('a compressed file is the same file', async () => {
  const company = await newCompany(site)
  const packed = await upload(company, new Uint8Array(gzipSync(orderExport)), 'orders.csv.gz')
  expect(await run(company, [packed], false)).toMatchObject({ state: 'done', result: { documents: { created: 4 } } })
})

test('a file that cannot be read says where, what stood there and what was expected; nothing is stored', async () => {
  const company = await newCompany(site)
  const bad = await upload(company, orderExport.replace('3.39', 'cheap'), 'bad.csv')
  const failed = await run(company, [bad], false)
  expect(failed.state).toBe('failed')
  expect(failed.message).toMatch(/^bad\.csv:3:\d+: .*cheap.*; /)
  expect(await balanceRows(company)).toEqual([])
})

test('files that were not uploaded, formats that nobody knows and names that are no CSV are refused', async () => {
  const company = await newCompany(site)
  const ask = async (body: object) => (await (await site.post(`${company}/imports`, body)).json()) as { code: string }
  const file = await upload(company, orderExport, 'orders.csv')
  expect(await ask({ format: 'online-retail', files: [{ name: 'x', sha256: 'a'.repeat(64) }] })).toMatchObject({
    code: 'upload_unknown',
  })
  expect(await ask({ format: 'tea-leaves', files: [file] })).toMatchObject({ code: 'import_format_unknown' })
  expect(
    (
      await site.app.request(
        new Request(`http://localhost:8080${company}/imports/files?name=a.exe`, {
          method: 'POST',
          headers: { 'content-type': 'text/csv' },
          body: 'x',
        }),
      )
    ).status,
  ).toBe(400)
  expect(await (await site.get(`${company}/imports/999`)).json()).toMatchObject({ code: 'import_unknown' })
})

test('the same key starts one import', async () => {
  const company = await newCompany(site)
  const file = await upload(company, orderExport, 'orders.csv')
  const body = { format: 'online-retail', files: [file], dryRun: false }
  const headers = { 'idempotency-key': 'import-1' }
  const [first, second] = [
    await site.post(`${company}/imports`, body, headers),
    await site.post(`${company}/imports`, body, headers),
  ]
  const { id } = (await first.json()) as Import
  expect(await second.json()).toMatchObject({ id })
  await ended(company, id)
  const { rows } = (await (await site.get(`${company}/imports`)).json()) as { rows: Import[] }
  expect(rows.map((row) => row.id)).toEqual([id])
})

test('what a server left unfinished is taken up by the next one', async () => {
  const company = await newCompany(site)
  const companyId = BigInt(company.split('/').at(-1) as string)
  const file = await upload(company, orderExport, 'orders.csv')
  const { id } = await inCompany(site.database, companyId, (tx) =>
    saveImportRequest(tx, { format: 'online-retail', dryRun: false, files: [file] }),
  )
  await importRunner(site.database, { uploads: site.uploads, log: () => {} }).resume()
  expect(await ended(company, String(id))).toMatchObject({ state: 'done', result: { documents: { created: 4 } } })
})
