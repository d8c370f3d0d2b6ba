import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { invoiceOnce, rename, unpaid } from '../../clients/typescript/examples/invoice.ts'
import { Countinghouse, ProblemError, VERSION } from '../../clients/typescript/src/index.ts'
import { apiVersions } from '../../src/http/versions.ts'
import { clientProgram, readApiDocument } from '../../tools/docs/client-types.ts'
import { openSite, type Site } from '../support/site.ts'

let site: Site
let books: Countinghouse
let companyId: string
beforeAll(async () => {
  site = await openSite()
  books = new Countinghouse({ origin: 'http://localhost:8080', fetch: (request) => site.app.request(request) })
  const company = await books.call('createCompanies', { body: { name: 'Shop', country: 'GB', currency: 'GBP' } })
  companyId = company.id
})
afterAll(() => site.close())

test('the client is that of the API document; `npm run client` writes it anew', async () => {
  const written = readFileSync(new URL('../../clients/typescript/src/api.ts', import.meta.url), 'utf8')
  expect(written.split('\n')).toEqual(clientProgram(await readApiDocument()).split('\n'))
  expect(VERSION).toBe(apiVersions.at(-1)?.date)
})

test('an invoice is issued once, however often the example is run, and read back with what is open', async () => {
  expect([await invoiceOnce(books, companyId, 'INV-1'), await invoiceOnce(books, companyId, 'INV-1')]).toEqual([
    '23.98',
    '23.98',
  ])
  for (const number of ['INV-2', 'INV-3']) await invoiceOnce(books, companyId, number)
  expect((await unpaid(books, companyId, '17850')).sort()).toEqual(['INV-1', 'INV-2', 'INV-3'])
})

test('a change is made on what was read', async () => {
  const { rows } = await books.call('listCustomers', { path: { companyId }, query: { number: '17850' } })
  const customerId = rows[0]?.id ?? ''
  expect(await rename(books, companyId, customerId, 'Anna Smith')).toBe(true)
  const change = { path: { companyId, customerId }, body: { name: 'x' }, ifMatch: '"old"' }
  await expect(books.call('changeCustomer', change)).rejects.toMatchObject({ problem: { code: 'changed_meanwhile' } })
})

test('what is declined is thrown with its problem', async () => {
  const error = await books
    .call('getDocument', { path: { companyId, documentId: '999' } })
    .catch((found: unknown) => found)
  expect(error).toBeInstanceOf(ProblemError)
  expect((error as ProblemError).problem).toMatchObject({ status: 404, code: 'document_unknown' })
  const old = new Countinghouse({
    origin: 'http://localhost:8080',
    version: '2000-01-01',
    fetch: (one) => site.app.request(one),
  })
  await expect(old.call('listCompanies', {})).rejects.toMatchObject({ problem: { code: 'version_unknown' } })
})
