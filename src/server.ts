import { mkdirSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import type { ImportRunner } from './jobs/import-runner.ts'
import type { SampleMaker } from './jobs/sample-maker.ts'
import { actingAs, openDatabase } from './kernel/database.ts'
import { DatabaseRefused } from './kernel/database-refused.ts'
import { openDatabaseServer } from './kernel/database-server.ts'
import { whenLauncherEnds } from './kernel/launcher-watch.ts'
import { type Log, logOptions, openLog, withoutQuotes } from './kernel/log.ts'
import { sendsMail } from './kernel/mail-settings.ts'
import { migrate } from './kernel/migrate.ts'
import { readSettings } from './kernel/settings.ts'
import { type SiteSettings, siteSettings } from './kernel/site-settings.ts'
import { version } from './kernel/version.ts'
import type { Uploads } from './modules/intake/index.ts'

const LOOPBACK = '127.0.0.1'
const DEFAULT_PORT = 8080
const say = (line: string): void => void process.stderr.write(`${line}\n`)

type Handler = (request: Request, env?: object) => Response | Promise<Response>

/**
 * Serves until it is told to end by SIGINT or SIGTERM; returns the exit code. The port is taken before anything else is started, so that a
 * port in use leaves nothing behind.
 */
export async function serve(words: readonly string[]): Promise<0 | 2 | 3> {
  const settings = readSettings(process.env)
  const port = portIn(words)
  const [wrong] = [...settings.wrong, ...(typeof port === 'string' ? [port] : [])]
  if (wrong !== undefined || typeof port === 'string') {
    say(wrong ?? '')
    return 2
  }
  const site = siteSettings(process.env)
  if (typeof site === 'string') {
    say(site)
    return 2
  }
  const log = openLog(logOptions(process.env, process.stderr))
  const ending = signalled()
  const handler = Promise.withResolvers<Handler>()
  const first = await listen(LOOPBACK, port, handler.promise)
  if (typeof first === 'string') {
    say(first)
    return 2
  }
  log.info('settings', settings.summary)
  for (const odd of settings.odd) log.warn(odd)
  let server = first
  try {
    const here = `http://localhost:${portOf(server)}`
    const house = await openHouse(log, { ...site, origin: site.origin ?? here })
    handler.resolve(house.handler)
    server = await listenBeyond(site.bind, server, house)
    process.stdout.write(`Countinghouse is at ${site.origin ?? here}\n`)
    if (house.ownerLink !== undefined)
      process.stdout.write(`It has no owner yet: create the owner at ${here}/setup#${house.ownerLink}\n`)
    await ending
    house.end()
    log.info('Ending: finishing what was begun.')
    await sleep(Number(process.env.COUNTINGHOUSE_DRAIN_SECONDS || 0) * 1_000)
    await closeServer(server)
    await house.close()
    return 0
  } catch (error) {
    await closeServer(server)
    if (!(error instanceof DatabaseRefused)) throw error
    say(error.message)
    return 3
  }
}

function portIn(words: readonly string[]): number | string {
  const usage = 'Usage: countinghouse serve [--port 8080]'
  try {
    const { values } = parseArgs({ args: [...words], options: { port: { type: 'string' } }, strict: true })
    const text = values.port ?? process.env.PORT ?? String(DEFAULT_PORT)
    if (/^\d{1,5}$/.test(text) && Number(text) < 65_536) return Number(text)
    return `A port is a number from 0 to 65535, not '${text}'. ${usage}`
  } catch (error) {
    return `${(error as Error).message.split('. ')[0]}. ${usage}`
  }
}

/**
 * Resolves at the first signal, or when the npm that started us has ended: its shell does not pass a signal on. A second
 * signal means impatience and ends the process at once; the database's keeper then ends the database.
 */
function signalled(): Promise<void> {
  return new Promise((done) => {
    let first = true
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(name, () => {
        if (!first) process.exit(1)
        first = false
        done()
      })
    }
    whenLauncherEnds(done, LAUNCHER_LOOK_MS)
  })
}

/** Requests that come before the books are open wait for them. */
async function listen(host: string, port: number, handler: Promise<Handler>): Promise<Server | string> {
  const { getRequestListener } = await import('@hono/node-server')
  const server = createServer(getRequestListener(async (request, env) => (await handler)(request, env)))
  return await new Promise((done, fail) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') takenBy(port).then(done)
      else if (error.code === 'EACCES')
        done(`Port ${port} may not be used by this user; choose another with --port or PORT.`)
      else fail(error)
    })
    server.listen(port, host, () => done(server))
  })
}

/** Whether it is us who run there already is worth a question. */
async function takenBy(port: number): Promise<string> {
  const other = 'choose another with --port or PORT.'
  try {
    const answer = await fetch(`http://${LOOPBACK}:${port}/healthz`, { signal: AbortSignal.timeout(1_000) })
    const { ok, version: running } = (await answer.json()) as { ok?: unknown; version?: unknown }
    if (ok === true && typeof running === 'string') {
      return `Countinghouse ${running} runs on port ${port} already: http://localhost:${port}; for another one ${other}`
    }
  } catch {
    // Whatever it is, it does not answer as we do.
  }
  return `Port ${port} is taken by another program; ${other}`
}

/** Nobody but this machine is served before somebody owns the installation: until then whoever comes first could become its owner. */
async function listenBeyond(host: string, server: Server, { handler, ownerLink }: House): Promise<Server> {
  if (host === LOOPBACK) return server
  if (ownerLink !== undefined) {
    say(`It listens on this machine alone until it has an owner; start it again after that, to listen on ${host}.`)
    return server
  }
  const port = portOf(server)
  await closeServer(server)
  const beyond = await listen(host, port, Promise.resolve(handler))
  if (typeof beyond === 'string') throw new DatabaseRefused(beyond)
  return beyond
}

const portOf = (server: Server): number => {
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

const loadModules = () =>
  Promise.all([
    import('./http/app.ts'),
    import('./jobs/keep-books-sealed.ts'),
    import('./jobs/import-runner.ts'),
    import('./jobs/sample-maker.ts'),
    import('./jobs/post-recurring.ts'),
    import('./jobs/prove-books.ts'),
    import('./jobs/mailer.ts'),
    import('./jobs/work-inbox.ts'),
    import('./modules/intake/index.ts'),
    import('./jobs/webhooks/deliver-webhooks.ts'),
    import('./modules/identity/index.ts'),
  ])

type House = { handler: Handler; ownerLink: string | undefined; end: () => void; close: () => Promise<void> }

/** What the parts say is for whoever runs the server: nothing that people entered. */
const lineTo =
  (log: Log) =>
  (text: string): void =>
    log.warn(withoutQuotes(text))

/** Opens the database while the site's modules load, and starts what runs beside the requests. */
async function openHouse(log: Log, site: SiteSettings & { origin: string }): Promise<House> {
  const line = lineTo(log)
  let ending = false
  const modules = loadModules()
  modules.catch(() => {}) // reported below, once the database is there
  const databaseServer = await openDatabaseServer({ log: (text) => log.info(text) })
  try {
    await migrate(databaseServer.url)
    const [
      { createApp },
      { keepBooksSealed },
      { importRunner },
      { sampleMaker },
      { keepPostingRecurring },
      { proveBooks, keepBooksProven },
      mail,
      { workInbox },
      { Uploads, uploadQuota },
      webhooks,
      { openIdentity, newOwnerLink, keepOrigin },
    ] = await modules
    const urls = { url: databaseServer.url, appUrl: process.env.DATABASE_APP_URL }
    const database = openDatabase(urls)
    const identity = await openIdentity({ database, ...urls, origin: site.origin, secret: site.secret })
    await keepOrigin(database, site.origin)
    const uploads = new Uploads(uploadsFolder(databaseServer.dataFolder), uploadQuota(process.env))
    const [imports, samples] = [importRunner(database, { uploads, log: line }), sampleMaker(database, { log: line })]
    const parts = siteParts(site)
    const app = createApp({
      database,
      version,
      uploads,
      imports,
      samples,
      identity,
      prove: proveBooks,
      log: line,
      observe: ({ status, ...seen }) => (status < 500 ? log.info : log.error)('request', { ...seen, status }),
      ending: () => ending,
      ...parts,
    })
    const jobs = [
      ...[keepBooksSealed, keepBooksProven, keepPostingRecurring].map((start) => start(database, { log: line })),
      webhooks.deliverWebhooks(database, { log: line, reach: parts.reach }),
      samples,
      workInbox(database, { mailer: mail.mailerOf(process.env, line), log: line }),
    ]
    const stopLooking = lookForUnfinished(uploads, { imports, samples }, line)
    return {
      handler: (request, env) => app.fetch(request, env),
      ownerLink: await newOwnerLink(actingAs(database, 'setup')),
      end: () => {
        ending = true
      },
      close: async () => {
        stopLooking()
        // An import ends with its batch; a dry run, which has none, is not waited for.
        const ended = Promise.all(jobs.map((job) => job.stop()))
          .then(identity.close)
          .then(database.close)
        await Promise.race([ended, sleep(GRACE_MS, undefined, { ref: false })])
        await databaseServer.stop()
      },
    }
  } catch (error) {
    await databaseServer.stop()
    throw error
  }
}

/** What an earlier server left unfinished is taken up now, and what one leaves that is killed, a while later. Returns how to stop. */
function lookForUnfinished(
  uploads: Uploads,
  { imports, samples }: { imports: ImportRunner; samples: SampleMaker },
  line: (text: string) => void,
): () => void {
  const later = (error: Error): void => line(`What was left unfinished waits for the next look: ${error.message}`)
  const resume = (): void => {
    imports.resume().catch(later)
    samples.resume().catch(later)
  }
  uploads
    .tidy()
    .catch((error: Error) => line(`Old uploads stay where they are: ${error.message}`))
    .then(resume)
  const looking = setInterval(resume, LOOK_FOR_UNFINISHED_MS).unref()
  return () => {
    clearInterval(looking)
    imports.stop()
  }
}

const siteParts = ({ hosts, behindProxy, requestsPerMinute }: SiteSettings) => ({
  hosts,
  behindProxy,
  sendsMail: sendsMail(process.env),
  reach: { loopback: process.env.COUNTINGHOUSE_WEBHOOKS_LOOPBACK === 'allow' },
  metricsToken: process.env.COUNTINGHOUSE_METRICS_TOKEN,
  ...(requestsPerMinute === undefined ? {} : { requestsPerMinute }),
})

/** Beside the embedded server's data, or where this user alone keeps files that may be lost. */
function uploadsFolder(dataFolder: string | null): string {
  const folder = join(dataFolder ?? join(tmpdir(), `countinghouse-${process.getuid?.() ?? 0}`), 'uploads')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return folder
}

const GRACE_MS = 10_000
const LOOK_FOR_UNFINISHED_MS = 60_000
const LAUNCHER_LOOK_MS = 200

/** Takes no more requests and lets those under way finish, though not for ever. */
function closeServer(server: Server): Promise<void> {
  return new Promise((done) => {
    const timer = setTimeout(() => server.closeAllConnections(), GRACE_MS)
    server.close(() => {
      clearTimeout(timer)
      done()
    })
    server.closeIdleConnections()
  })
}

if (import.meta.main) {
  try {
    process.exitCode = await serve(process.argv.slice(2))
  } catch (error) {
    say(`This should not have happened: ${error instanceof Error ? error.stack : String(error)}`)
    process.exitCode = 1
  }
}
