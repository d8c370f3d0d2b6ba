import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createApp } from '../../src/http/app.ts'
import type { ApiVersion } from '../../src/http/versions.ts'
import { importRunner } from '../../src/jobs/import-runner.ts'
import { proveBooks } from '../../src/jobs/prove-books.ts'
import { sampleMaker } from '../../src/jobs/sample-maker.ts'
import { type Database, openDatabase } from '../../src/kernel/database.ts'
import { type Identity, newOwnerLink, openIdentity } from '../../src/modules/identity/index.ts'
import { Uploads } from '../../src/modules/intake/index.ts'
import { conforming } from './conforming.ts'
import { testDatabase } from './database.ts'

type App = ReturnType<typeof createApp>

/** The whole site on a database of its own, without a port: requests go straight in. */
export type Site = {
  url: string
  database: Database
  /** Asks in the name of the owner of the installation, unless the request says who asks. */
  app: Pick<App, 'routes' | 'request' | 'fetch'>
  /** As it is for a browser that nobody has signed in with. */
  bare: App
  uploads: Uploads
  identity: Identity
  /** The cookie of the owner of the installation, in whose name `get` and `post` ask; a header `cookie: ''` asks as nobody. */
  cookie: string
  /** Everything that the site logged. */
  logged: string[]
  get(path: string, headers?: Record<string, string>): Promise<Response>
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>
  send(method: string, path: string, body: unknown, headers?: Record<string, string>): Promise<Response>
  /** Any other request. */
  ask(path: string, init: RequestInit): Promise<Response>
  close(): Promise<void>
}

type SiteOptions = {
  /** Whose database it is on; one of its own otherwise. That stays when the site closes. */
  on?: string
  versions?: readonly ApiVersion[]
  loopback?: boolean
  sendsMail?: boolean
  ending?: () => boolean
  /** Whether sample companies are made; what is being made stops when it closes. */
  makesSamples?: boolean
  /** Is handed what begins each check or run of an import; it begins at once without it. */
  beginsImport?: (begin: () => void) => void
}

export async function openSite({
  on,
  versions,
  loopback = false,
  sendsMail = false,
  ending = () => false,
  makesSamples = false,
  beginsImport = (begin) => begin(),
}: SiteOptions = {}): Promise<Site> {
  const { url, drop, database } = await databaseOf(on)
  const folder = await mkdtemp(join(tmpdir(), 'countinghouse-uploads-'))
  const logged: string[] = []
  const log = (line: string): void => void logged.push(line)
  const uploads = new Uploads(folder)
  const runner = importRunner(database, { uploads, log, progressEveryMs: 0 })
  const imports = { start: (...which: Parameters<typeof runner.start>) => beginsImport(() => runner.start(...which)) }
  const identity = await openIdentity({ database, url, origin: 'http://localhost:8080' })
  const samples = makesSamples ? sampleMaker(database, { log }) : undefined
  const site = createApp(
    {
      database,
      version: '0.0.0',
      uploads,
      imports,
      ...(samples === undefined ? {} : { samples }),
      identity,
      prove: proveBooks,
      log,
      reach: { loopback },
      sendsMail,
      ending,
    },
    versions,
  )
  const app = versions === undefined ? conforming(site) : site
  const cookie = await ownersCookie(app, database)
  const ask = async (
    path: string,
    { headers, ...init }: RequestInit & { headers: Record<string, string> },
  ): Promise<Response> =>
    await app.request(new Request(`http://localhost:8080${path}`, { ...init, headers: { cookie, ...headers } }))
  const send: Site['send'] = (method, path, body, headers = {}) =>
    ask(path, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
  return {
    url,
    database,
    app: signedIn(app, cookie),
    bare: app,
    uploads,
    identity,
    cookie,
    logged,
    get: (path, headers = {}) => ask(path, { headers }),
    post: (path, body, headers = {}) => send('POST', path, body, headers),
    send,
    ask,
    close: async () => {
      await samples?.stop()
      await identity.close()
      await database.close()
      await drop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function databaseOf(on: string | undefined) {
  const { url, drop } = on === undefined ? await testDatabase() : { url: on, drop: async () => {} }
  return { url, drop, database: openDatabase({ url }) }
}

export const owner = { name: 'Olive', email: 'olive@shop.example', password: 'a long sentence nobody guesses' }

/** Creates the owner of the installation, as the first page does, and returns the cookie of their session. */
async function ownersCookie(app: App, database: Database): Promise<string> {
  const token = await newOwnerLink(database)
  const request = new Request('http://localhost:8080/api/v1/setup', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token, ...owner }),
  })
  const response = await app.request(request)
  if (response.status !== 201) throw new Error(await response.text())
  return cookieOf(response)
}

/** The same site, where a request that does not say who asks is the owner's. */
function signedIn(app: App, cookie: string): Site['app'] {
  const fetch: App['fetch'] = (request, ...rest) => {
    if (!request.headers.has('cookie') && !request.headers.has('authorization')) request.headers.set('cookie', cookie)
    return app.fetch(request, ...rest)
  }
  const request: App['request'] = async (input, init, ...rest) =>
    await fetch(input instanceof Request && init === undefined ? input : new Request(String(input), init), ...rest)
  return { routes: app.routes, fetch, request }
}

/** The cookies that an answer sets, as the browser sends them back. */
export const cookieOf = (response: Response): string =>
  response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')

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
