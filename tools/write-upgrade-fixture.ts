/**
 * `node tools/write-upgrade-fixture.ts COMMIT FILE`: writes a backup of books that an earlier version kept, for the test of upgrades. The program of
 * that commit migrates an empty database and fills it, with the stories of its own tests and a generated history, nothing of anybody's. Only the
 * backup is taken with today's program, which leaves the schema as it is.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { writeBackup } from '../src/backup/index.ts'
import { openDatabase } from '../src/kernel/database.ts'
import { openDatabaseServer } from '../src/kernel/database-server.ts'
import { generatedHistory } from '../test/imports/generated-history.ts'
import { fileOf } from '../test/imports/support.ts'

const [commit = '', file = ''] = process.argv.slice(2)
const stories = ['fees-and-payouts', 'gift-cards', 'on-account', 'partly-shipped-return', 'prepaid-order', 'year-end']
const root = fileURLToPath(new URL('..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'countinghouse-fixture-'))
const checkout = join(folder, 'checkout')

function run(command: string, words: readonly string[], env: NodeJS.ProcessEnv = {}, cwd = root): string {
  const done = spawnSync(command, words, { cwd, env: { ...process.env, ...env }, encoding: 'utf8' })
  // Stories and imports may end with 1: they leave exceptions for a person to look at.
  if (done.status !== 0 && done.status !== 1) throw new Error(`${words.join(' ')}: ${done.stderr}`)
  return done.stdout.trim()
}

const server = await openDatabaseServer({ env: { ...process.env, COUNTINGHOUSE_DATA: join(folder, 'data') } })
try {
  run('git', ['worktree', 'add', '--detach', checkout, commit])
  symlinkSync(join(root, 'node_modules'), join(checkout, 'node_modules'))
  const then = (...words: string[]): string =>
    run(process.execPath, ['src/cli.ts', ...words], { DATABASE_URL: server.url }, checkout)
  then('story', ...stories.map((name) => `test/books/${name}.txt`), '--keep')
  const history = join(folder, 'history.csv')
  writeFileSync(history, fileOf(generatedHistory(7, 120)))
  const company = then('company', 'create', 'Generated', '--country', 'GB', '--currency', 'GBP')
  then('import', 'online-retail', history, '--company', company)
  then('period', 'close', '2011-01', '--company', company)
  const database = openDatabase({ url: server.url })
  const written = await writeBackup(database, resolve(file))
  await database.close()
  console.log(`${written.companies.length} companies, ${written.rows} rows, ${written.bytes} bytes`)
} finally {
  await server.stop()
  run('git', ['worktree', 'remove', '--force', checkout])
  rmSync(folder, { recursive: true, force: true })
}
