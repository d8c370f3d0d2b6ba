import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ImportRunner, importRunner } from '../../src/jobs/import-runner.ts'
import { actingAs, inCompanyAsOwner, openDatabase, type Tx } from '../../src/kernel/database.ts'
import {
  type ImportAction,
  type ImportRequest,
  importChanges,
  importRequest,
  moveImport,
  saveImportRequest,
  Uploads,
} from '../../src/modules/intake/index.ts'
import { runChecks } from '../../src/reports/checks/index.ts'
import { generatedHistory } from '../imports/generated-history.ts'
import { booksOf, fileOf, type ImportDesk, type ImportingCompany, openImportDesk } from '../imports/support.ts'
import { runSql } from '../support/sql.ts'

const documents = 400
const history = fileOf(generatedHistory(3, documents))
const program = fileURLToPath(new URL('../imports/request-in-a-process.ts', import.meta.url))

let desk: ImportDesk
let folder: string
let undisturbed: { books: Record<string, string[]>; created: number; exceptions: number }
const logged: string[] = []

/** A server of its own on the one database. Its batches are small, so that there is a time between them. */
const server = (batchLines = 60): ImportRunner =>
  importRunner(desk.database, {
    uploads: new Uploads(folder),
    log: (line) => logged.push(line),
    progressEveryMs: 0,
    batchLines,
  })

beforeAll(async () => {
  desk = await openImportDesk()
  folder = await mkdtemp(join(tmpdir(), 'countinghouse-uploads-'))
  const company = await desk.company()
  const { documents: issued, exceptions } = await company.importFiles([desk.files.write(history)])
  undisturbed = { books: await booksOf(company), created: issued.created, exceptions: exceptions.opened }
})
afterAll(async () => {
  expect(logged).toEqual([])
  await desk.close()
  await rm(folder, { recursive: true, force: true })
})

async function asked(company: ImportingCompany, held = false): Promise<bigint> {
  const { sha256 } = await new Uploads(folder).save(company.id, Readable.from([history]))
  const files = [{ name: 'history.csv', sha256 }]
  return (await company.work((tx) => saveImportRequest(tx, { format: 'online-retail', dryRun: false, files, held }))).id
}

const move = (company: ImportingCompany, id: bigint, action: ImportAction): Promise<ImportRequest> =>
  company.work((tx) => moveImport(tx, id, action))

/** Waits until an import is as somebody wants it. */
async function until(
  company: ImportingCompany,
  id: bigint,
  isSo: (request: ImportRequest) => boolean,
): Promise<ImportRequest> {
  for (;;) {
    const found = await company.work((tx) => importRequest(tx, id))
    if (isSo(found)) return found
    await new Promise((done) => setTimeout(done, 5))
  }
}

/** Nothing was lost, nothing came twice, and the import knows all of it as its own. */
async function expectWhole(company: ImportingCompany, id: bigint): Promise<void> {
  const done = await until(company, id, ({ state }) => state !== 'running')
  expect(done).toMatchObject({ state: 'done', message: '', problem: null })
  expect(done.result).toMatchObject({
    documents: { created: undisturbed.created, existing: 0, refused: 0 },
    exceptions: { opened: undisturbed.exceptions },
    entries: done.posted.entries,
  })
  expect(done.posted.documents).toBe(undisturbed.created)
  expect(await booksOf(company)).toEqual(undisturbed.books)
  await expectOwnChanges(company, id)
  const { checks } = await company.work(runChecks)
  expect(checks.filter(({ result }) => result === 'broken')).toEqual([])
}

/** What the import is known to have posted is what the accounts of a company hold that had nothing before. */
async function expectOwnChanges(company: ImportingCompany, id: bigint): Promise<void> {
  const changes = await company.work((tx) => importChanges(tx, { requestId: id, asOf: null }))
  const balances = await company.look<{ code: string; balance: bigint }>(
    `select a.code, sum(l.amount_minor)::bigint as balance from journal_line l
      join account a on a.company_id = l.company_id and a.id = l.account_id group by a.code having sum(l.amount_minor) <> 0 order by 1`,
  )
  expect(changes.map(({ code, amountMinor }) => [code, amountMinor])).toEqual(
    balances.map(({ code, balance }) => [code, balance]),
  )
  const [{ entries, known } = { entries: 0n, known: 0n }] = await company.look<{ entries: bigint; known: bigint }>(
    `select (select count(*) from journal_entry) as entries,
        (select sum(last_entry_id - first_entry_id + 1)::bigint from import_posting) as known`,
  )
  expect(known).toBe(entries)
}

const blocksOne = async (tx: Tx): Promise<boolean> =>
  (await tx.query('select from pg_locks where not granted and pg_backend_pid() = any (pg_blocking_pids(pid))')).length >
  0

test('what is asked for while a server is letting go of an import is not forgotten', async () => {
  const company = await desk.company()
  const id = await asked(company, true)
  const others = openDatabase({ url: desk.url, connections: 1 })
  const other = importRunner(others, { uploads: new Uploads(folder), log: (line) => logged.push(line) })
  await inCompanyAsOwner(desk.database, company.id, async (tx) => {
    await tx.query('lock table import_request in access exclusive mode')
    // It has the claim, and looks at an import of which nothing is to be done.
    server().start(company.id, { id })
    while (!(await blocksOne(tx)));
    await tx.query(`update import_request set state = 'checking' where company_id = $1 and id = $2`, [company.id, id])
    other.start(company.id, { id })
    // It found the claim taken.
    while (others.app.totalCount === 0 || others.app.idleCount === 0) await new Promise(setImmediate)
  })
  const { state } = await until(company, id, ({ state }) => state !== 'checking')
  expect(state).toBe('ready')
  await others.close()
})

test('an import that one server runs is paused and gone on with by another, and comes to the same books', async () => {
  const company = await desk.company()
  const id = await asked(company)
  const [one, other] = [server(), server()]
  one.start(company.id, { id })
  await until(company, id, ({ posted }) => posted.documents > 0)
  // Whichever server is asked: it only writes down what is wanted.
  expect(await move(company, id, 'pause')).toMatchObject({ state: 'paused' })
  const paused = await letGo(company, id)
  expect(paused.state).toBe('paused')
  expect(paused.posted.documents).toBeGreaterThan(0)
  expect(paused.posted.documents).toBeLessThan(undisturbed.created)
  await expectOwnChanges(company, id)

  await move(company, id, 'run')
  other.start(company.id, { id })
  one.start(company.id, { id }) // both may be told of it
  await expectWhole(company, id)
})

/** Waits until nobody runs it any more: then whoever ran it has touched it once more. */
async function letGo(company: ImportingCompany, id: bigint): Promise<ImportRequest> {
  const { revision } = await company.work((tx) => importRequest(tx, id))
  return await until(company, id, (now) => now.revision > revision)
}

test('one that is gone on with before its server has noticed the pause goes on', async () => {
  const company = await desk.company()
  const id = await asked(company)
  const one = server()
  one.start(company.id, { id })
  await until(company, id, ({ posted }) => posted.documents > 0)
  await move(company, id, 'pause')
  await move(company, id, 'run')
  await expectWhole(company, id)
})

test('one whose server is killed is taken up by the next, at the same place', async () => {
  const company = await desk.company()
  const id = await asked(company)
  const child = spawn(process.execPath, [program, desk.url, folder, '60'], { stdio: 'inherit' })
  const ended = once(child, 'exit')
  const seen = await until(company, id, ({ posted }) => posted.documents > 0)
  child.kill('SIGKILL')
  await ended
  expect(seen.state).toBe('running')
  const left = await company.work((tx) => importRequest(tx, id))
  expect(left.state).toBe('running')
  expect(left.posted.documents).toBeLessThan(undisturbed.created)
  await server().resume()
  await expectWhole(company, id)
})

test('one that others were asked for after is taken up too, however many they are', async () => {
  const company = await desk.company()
  const id = await asked(company)
  const files = [{ name: 'later.csv', sha256: 'later' }]
  await company.work(async (tx) => {
    for (let later = 0; later < 101; later += 1)
      await saveImportRequest(tx, { format: 'online-retail', dryRun: false, files, held: true })
  })
  await server().resume()
  await expectWhole(company, id)
})

test('one whose files lie with another server is left to that one, until nobody has done anything for it for an hour', async () => {
  const company = await desk.company()
  const files = [{ name: 'elsewhere.csv', sha256: 'elsewhere' }]
  const { id } = await company.work((tx) => saveImportRequest(tx, { format: 'online-retail', dryRun: false, files }))
  await runSql(desk.url, `update import_request set requested_at = now() - interval '3 hours' where id = $1`, [id])
  await server().resume()
  expect(await company.work((tx) => importRequest(tx, id))).toMatchObject({ state: 'running' })
  await runSql(
    desk.url,
    `with quiet as materialized (select set_config('session_replication_role', 'replica', false))
       update import_request set alive_at = now() - interval '61 minutes' from quiet where id = $1`,
    [id],
  )
  await server().resume()
  expect(await company.work((tx) => importRequest(tx, id))).toMatchObject({ state: 'failed' })
})

test('what is cancelled stops, keeps what it had posted, and cannot go on', async () => {
  const company = await desk.company()
  const id = await asked(company)
  server().start(company.id, { id })
  await until(company, id, ({ posted }) => posted.documents > 0)
  await move(company, id, 'cancel')
  const cancelled = await letGo(company, id)
  expect(cancelled.state).toBe('cancelled')
  expect(cancelled.finishedAt).not.toBeNull()
  expect(cancelled.posted.documents).toBeGreaterThan(0)
  expect(cancelled.posted.documents).toBeLessThan(undisturbed.created)
  await expectOwnChanges(company, id)
  await expect(move(company, id, 'run')).rejects.toMatchObject({ code: 'import_not_in_state' })
  await server().resume()
  expect(await company.work((tx) => importRequest(tx, id))).toMatchObject({
    state: 'cancelled',
    posted: cancelled.posted,
  })
})

test('a check writes nothing, says what would be posted, and can be stopped', async () => {
  const company = await desk.company()
  const id = await asked(company, true)
  const before = await company.rowCounts()
  await expect(move(company, id, 'run')).rejects.toMatchObject({ code: 'import_not_in_state' })
  await move(company, id, 'check')
  server().start(company.id, { id })
  const ready = await until(company, id, ({ state }) => state !== 'checking')
  expect(ready).toMatchObject({ state: 'ready', check: { dryRun: true, documents: { created: undisturbed.created } } })
  expect(ready.posted).toMatchObject({ documents: 0, entries: 0 })
  expect(await company.rowCounts()).toEqual(before)

  await move(company, id, 'check')
  server(5).start(company.id, { id })
  await until(company, id, ({ documentsDone }) => documentsDone > 0)
  await move(company, id, 'cancel')
  expect((await letGo(company, id)).state).toBe('cancelled')
  expect(await company.rowCounts()).toEqual(before)
})

test('a server that ends leaves its import to the next one', async () => {
  const company = await desk.company()
  const id = await asked(company)
  const ending = server()
  ending.start(company.id, { id })
  await until(company, id, ({ posted }) => posted.documents > 0)
  ending.stop()
  const next = server()
  for (;;) {
    await next.resume()
    if ((await company.work((tx) => importRequest(tx, id))).state !== 'running') break
    await new Promise((done) => setTimeout(done, 20))
  }
  await expectWhole(company, id)
})

test('it runs in the name of whoever asked for it', async () => {
  const company = await desk.company()
  const { sha256 } = await new Uploads(folder).save(company.id, Readable.from([fileOf([{ number: '1' }])]))
  const database = actingAs(desk.database, 'user:7')
  const mine = Object.assign(Object.create(Object.getPrototypeOf(company)), company, { database }) as ImportingCompany
  const { id } = await mine.work((tx) =>
    saveImportRequest(tx, { format: 'online-retail', dryRun: false, files: [{ name: 'a.csv', sha256 }] }),
  )
  server().start(company.id, { id })
  await until(company, id, ({ state }) => state === 'done')
  const posted = await company.look<{ by: string }>('select distinct posted_by as by from journal_entry')
  expect(posted).toEqual([{ by: 'user:7' }])
})
