import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { temporaryFolder } from './programs.ts'

/** A checkout in little, whose bundler only counts how often it ran and writes one file. */
let temporary: ReturnType<typeof temporaryFolder>
const at = (path: string): string => join(temporary.path, path)

function put(path: string, content: string): void {
  mkdirSync(dirname(at(path)), { recursive: true })
  writeFileSync(at(path), content)
}

const bundler = `import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
appendFileSync('runs', 'x')
const source = readFileSync('web/admin/main.ts', 'utf8')
if (source.includes('wrong')) process.exit(1)
const out = process.argv[process.argv.indexOf('--outDir') + 1]
mkdirSync(out + '/assets', { recursive: true })
writeFileSync(out + '/index.html', source)
writeFileSync(out + '/assets/index-1.js', source)
`

beforeEach(() => {
  temporary = temporaryFolder()
  put('package.json', '{"type":"module"}')
  put('package-lock.json', '{}')
  for (const folder of ['web/ui', 'clients/typescript/src', 'src/contracts', 'src/kernel']) put(`${folder}/x.ts`, 'x')
  put('web/admin/main.ts', 'one')
  put('node_modules/vite/bin/vite.js', bundler)
  mkdirSync(at('node_modules/node/bin'), { recursive: true })
  writeFileSync(at('node_modules/node/bin/node'), `#!/bin/sh\nexec '${process.execPath}' "$@"\n`)
  chmodSync(at('node_modules/node/bin/node'), 0o755)
  mkdirSync(at('tools'))
  cpSync(fileURLToPath(new URL('../../tools/build-admin.js', import.meta.url)), at('tools/build-admin.js'))
})
afterEach(() => temporary.remove())

function build(): { status: number | null; stderr: string } {
  const program = `import { buildAdmin } from ${JSON.stringify(pathToFileURL(at('tools/build-admin.js')))}
try { buildAdmin(${JSON.stringify(temporary.path)}) } catch (error) { console.error(error.message); process.exitCode = 1 }`
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    cwd: temporary.path,
    encoding: 'utf8',
  })
  return { status, stderr }
}

const runs = (): number => (existsSync(at('runs')) ? readFileSync(at('runs'), 'utf8').length : 0)
const built = (): string => readFileSync(at('dist/admin/index.html'), 'utf8')

test('is built once, said in one line, with what browsers take beside each file', () => {
  expect(build()).toEqual({ status: 0, stderr: 'Building the pages; this takes a few seconds.\n' })
  expect(build()).toEqual({ status: 0, stderr: '' })
  expect(runs()).toBe(1)
  expect(readdirSync(at('dist/admin/assets')).sort()).toEqual(['index-1.js', 'index-1.js.br', 'index-1.js.gz'])
  expect(readdirSync(at('dist'))).toEqual(['admin'])
})

test('is built anew where a source changed, came or went, and not where it only looks newer', () => {
  build()
  utimesSync(at('web/admin/main.ts'), new Date(), new Date(Date.now() + 60_000))
  expect(build().stderr).toBe('')
  put('web/admin/main.ts', 'two')
  build()
  expect([runs(), built()]).toEqual([2, 'two'])
  put('src/contracts/new.ts', 'new')
  build()
  expect(runs()).toBe(3)
})

test('what was built stays where the next build fails, which is said', () => {
  build()
  put('web/admin/main.ts', 'wrong')
  const failed = build()
  expect(failed.status).toBe(1)
  expect(failed.stderr).toContain('The pages could not be built; what was said stands above.')
  expect(built()).toBe('one')
  expect(readdirSync(at('dist'))).toEqual(['admin'])
})

test('where nothing can be written, what is built is served, and only what is missing is an error', () => {
  writeFileSync(at('dist'), 'a file in its place')
  const failed = build()
  expect(failed.status).toBe(1)
  expect(failed.stderr).toContain('cannot be written')
})
