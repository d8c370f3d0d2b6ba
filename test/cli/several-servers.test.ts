import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createReadStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inCompany, openDatabase, readCompany } from '../../src/kernel/database.ts'
import { createCompany } from '../../src/modules/company/index.ts'
import { importRequest, saveImportRequest, Uploads } from '../../src/modules/intake/index.ts'
import { runChecks } from '../../src/reports/index.ts'
import { generatedHistory } from '../imports/generated-history.ts'
import { fileOf } from '../imports/support.ts'
import { bareDatabase, type TestDatabase } from '../support/database.ts'
import { runSql } from '../support/sql.ts'

const program = fileURLToPath(new URL('../../src/server.ts', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'countinghouse-servers-'))
const servers: ChildProcess[] = []
let server: TestDatabase
beforeAll(async () => {
  server = await bareDatabase()
})
afterAll(async () => {
  await Promise.all(servers.map(ended))
  await server.drop()
  rmSync(folder, { recursive: true, force: true })
})

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const end = once(child, 'close')
  child.kill('SIGTERM')
  await end
}

/** Another server on the same database, with the same folder for uploads; its address. */
async function start(): Promise<{ child: ChildProcess; at: string }> {
  const env = { ...process.env, DATABASE_URL: server.url, TMPDIR: folder, PORT: '' }
  const child = spawn(process.execPath, [program, '--port', '0'], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  servers.push(child)
  let said = ''
  child.stderr.on('data', (text) => {
    said += text
  })
  const line = await Promise.race([once(createInterface(child.stdout), 'line'), once(child, 'exit')])
  const port = /localhost:(\d+)/.exec(String(line[0]))?.[1]
  if (port === undefined) throw new Error(said)
  return { child, at: `http://127.0.0.1:${port}` }
}

test('servers that start at the same moment migrate once, and an import that is found unfinished runs once', async () => {
  const both = await Promise.all([start(), start()])
  for (const { at } of both) expect((await fetch(`${at}/readyz`)).status).toBe(200)
  const names = await runSql<{ name: string }>(server.url, 'select name from migration')
  expect(new Set(names.map(({ name }) => name)).size).toBe(names.length)
  await Promise.all(both.map(({ child }) => ended(child)))

  const database = openDatabase({ url: server.url, connections: 2 })
  const companyId = await createCompany(database, { name: 'Shop', country: 'GB', currency: 'GBP' })
  const file = join(folder, 'orders.csv')
  writeFileSync(file, fileOf(generatedHistory(1, 200)))
  const uploads = new Uploads(join(folder, `countinghouse-${process.getuid?.() ?? 0}`, 'uploads'))
  const { sha256 } = await uploads.save(companyId, createReadStream(file))
  const wanted = { format: 'online-retail', dryRun: false, files: [{ name: 'orders.csv', sha256 }] }
  const request = await inCompany(database, companyId, (tx) => saveImportRequest(tx, wanted))
  await Promise.all([start(), start()])
  for (;;) {
    const { state, message, result } = await readCompany(database, companyId, (tx) => importRequest(tx, request.id))
    if (state === 'running') continue
    expect({ state, message }).toEqual({ state: 'done', message: '' })
    expect(result).toMatchObject({ documents: { created: 200, existing: 0 } })
    break
  }
  expect(await runSql(server.url, 'select from import_run')).toHaveLength(1)
  const { ok } = await readCompany(database, companyId, runChecks)
  expect(ok).toBe(true)
  await database.close()
})
