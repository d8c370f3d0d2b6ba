import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createApp } from '../../src/http/app.ts'
import type { ApiVersion } from '../../src/http/versions.ts'
import { importRunner } from '../../src/jobs/import-runner.ts'
import { proveBooks } from '../../src/jobs/prove-books.ts'
import { type Database, openDatabase } from '../../src/kernel/database.ts'
import { Uploads } from '../../src/modules/intake/index.ts'
import { testDatabase } from './database.ts'

/** The whole site on a database of its own, without a port: requests go straight in. */
export type Site = {
  url: string
  database: Database
  app: ReturnType<typeof createApp>
  uploads: Uploads
  /** Everything that the site logged. */
  logged: string[]
  get(path: string, headers?: Record<string, string>): Promise<Response>
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>
  send(method: string, path: string, body: unknown, headers?: Record<string, string>): Promise<Response>
  /** Any other request. */
  ask(path: string, init: RequestInit): Promise<Response>
  close(): Promise<void>
}

type SiteOptions = { versions?: readonly ApiVersion[]; loopback?: boolean }

export async function openSite({ versions, loopback = false }: SiteOptions = {}): Promise<Site> {
  const { url, drop } = await testDatabase()
  const database = openDatabase({ url })
  const folder = await mkdtemp(join(tmpdir(), 'countinghouse-uploads-'))
  const logged: string[] = []
  const log = (line: string): void => void logged.push(line)
  const uploads = new Uploads(folder)
  const imports = importRunner(database, { uploads, log, progressEveryMs: 0 })
  const app = createApp(
    { database, version: '0.0.0', uploads, imports, prove: proveBooks, log, reach: { loopback } },
    versions,
  )
  const ask = async (path: string, init: RequestInit): Promise<Response> =>
    await app.request(new Request(`http://localhost:8080${path}`, init))
  const send: Site['send'] = (method, path, body, headers = {}) =>
    ask(path, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
  return {
    url,
    database,
    app,
    uploads,
    logged,
    get: (path, headers = {}) => ask(path, { headers }),
    post: (path, body, headers = {}) => send('POST', path, body, headers),
    send,
    ask,
    close: async () => {
      await database.close()
      await drop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** A company by way of the API; returns the address of its part of it. */
export async function newCompany(site: Site, name = 'Shop'): Promise<string> {
  const response = await site.post('/api/v1/companies', { name, country: 'GB', currency: 'GBP' })
  const { id } = (await response.json()) as { id: string }
  return `/api/v1/companies/${id}`
}

/** Four documents of an order export: on account, paid, taken back, and one whose code nobody knows. */
export const orderExport = `Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country
536365,85123A,WHITE HANGING HEART,6,2010-12-01 08:26:00,2.55,17850,United Kingdom
536366,71053,WHITE METAL LANTERN,2,2010-12-01 08:28:00,3.39,,United Kingdom
C536367,85123A,WHITE HANGING HEART,-1,2010-12-02 10:00:00,2.55,17850,United Kingdom
536368,DCGSSBOY,BOYS PARTY BAG,1,2010-12-02 11:00:00,3.33,17850,France
`
