import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { generatedHistory } from '../imports/generated-history.ts'
import { fileOf } from '../imports/support.ts'
import { temporaryFolder } from './programs.ts'

// What `npm pack` makes is installed into an empty folder, as somebody would who never saw the source, and used from there.
const root = fileURLToPath(new URL('../..', import.meta.url))
const temporary = temporaryFolder()
const folder = temporary.path
const minutes = 60_000

const { DATABASE_URL: _books, DATABASE_APP_URL: _login, ...rest } = process.env
const env = { ...rest, COUNTINGHOUSE_DATA: join(folder, 'data') }

const run = (command: string, words: readonly string[], cwd = folder) => {
  const { status, stdout, stderr } = spawnSync(command, words, { cwd, env, encoding: 'utf8' })
  return { status, stdout, stderr }
}
const countinghouse = (...words: string[]) => run('npx', ['countinghouse', ...words])

let unreachable = ''
beforeAll(() => {
  const packed = run('npm', ['pack', '--silent', '--pack-destination', folder], root)
  if (packed.status !== 0) throw new Error(packed.stderr)
  writeFileSync(join(folder, 'package.json'), '{ "private": true }')
  const [archive = ''] = readdirSync(folder).filter((name) => name.endsWith('.tgz'))
  const installed = run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', `./${archive}`])
  const noNetwork = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENOTCACHED/.test(installed.stderr)
  if (installed.status !== 0 && (!noNetwork || process.env.CI === 'true')) throw new Error(installed.stderr)
  unreachable = installed.status === 0 ? '' : 'the registry of packages cannot be reached'
}, 5 * minutes)
afterAll(() => temporary.remove())

test('an installed package keeps books: company, import, report, and the site', {
  timeout: 2 * minutes,
}, async (context) => {
  context.skip(unreachable !== '', unreachable)
  const installed = join(folder, 'node_modules/countinghouse')
  expect(existsSync(join(installed, 'src'))).toBe(false)
  expect(existsSync(join(installed, 'test'))).toBe(false)
  const created = countinghouse('company', 'create', 'Shop', '--country', 'GB', '--currency', 'GBP')
  expect(created, created.stderr).toMatchObject({ status: 0, stdout: '1\n' })
  writeFileSync(join(folder, 'orders.csv'), fileOf(generatedHistory(1, 10)))
  const imported = countinghouse('import', 'online-retail', 'orders.csv', '--company', '1', '--json')
  expect(JSON.parse(imported.stdout), imported.stderr).toMatchObject({ documents: { created: 10 } })
  const balance = countinghouse('report', 'trial-balance', '--company', '1', '--format', 'json')
  expect(JSON.parse(balance.stdout).rows.length).toBeGreaterThan(3)
  const backup = countinghouse('backup', 'books.backup', '--json')
  expect(JSON.parse(backup.stdout), backup.stderr).toMatchObject({ kind: 'installation' })
  await siteAnswers()
})

async function siteAnswers(): Promise<void> {
  const server = spawn('npx', ['countinghouse', 'serve', '--port', '0'], { cwd: folder, env, detached: true })
  try {
    const [line] = (await once(createInterface(server.stdout), 'line')) as [string]
    const port = /localhost:(\d+)/.exec(line)?.[1]
    const read = async (path: string) =>
      await fetch(`http://127.0.0.1:${port}${path}`, { headers: { accept: 'text/html' } })
    expect(await (await read('/healthz')).json()).toMatchObject({ ok: true })
    expect(await (await read('/')).text()).toContain('Countinghouse')
    expect((await read('/assets/style.css')).headers.get('content-type')).toContain('text/css')
    const script = /src="(\/assets\/index-[\w-]+\.js)"/.exec(await (await read('/setup')).text())?.[1]
    expect((await read(script ?? '/assets/none')).headers.get('cache-control')).toContain('immutable')
    expect((await read('/readyz')).status).toBe(200)
  } finally {
    const ended = once(server, 'close')
    // The whole group: npx starts a shell, which starts the launcher.
    process.kill(-(server.pid ?? 0), 'SIGTERM')
    await ended
  }
}
