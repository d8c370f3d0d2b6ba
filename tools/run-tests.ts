/**
 * `npm test`: the types, the linter, unused code, the house rules, then every test, each of these checks counted as one
 * test. The last line is `N passed, N failed, N skipped`. With arguments, only the tests whose files they name.
 * With CI=true a skipped test is a failure: there, everything that a test needs can be installed.
 */
import { spawn } from 'node:child_process'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startVitest, type TestModule, type Vitest } from 'vitest/node'

type Tally = { passed: number; failed: number; skipped: string[] }

const root = dirname(dirname(fileURLToPath(import.meta.url)))
process.chdir(root)
process.env.PATH = `${join(root, 'node_modules/.bin')}${delimiter}${process.env.PATH}`

const checks: [name: string, command: string[]][] = [
  ['types', ['tsc', '--noEmit']],
  ['types of the pages', ['tsc', '--noEmit', '--project', 'web']],
  ['style', ['biome', 'check', '--error-on-warnings', '.']],
  ['unused code', ['knip']],
  ['house rules', [process.execPath, 'tools/tidy/tidy.ts']],
]

/** All at once: some of them use one core alone. Each says what it found when it ends. */
async function runChecks(): Promise<Tally> {
  const tally: Tally = { passed: 0, failed: 0, skipped: [] }
  const runs = checks.map(async ([name, [file, ...args]]) => {
    const child = spawn(file as string, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    const said: Buffer[] = []
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => said.push(part))
    const passed = await new Promise<boolean>((done) => {
      child.once('error', (error) => said.push(Buffer.from(`${error.message}\n`)))
      child.once('close', (code) => done(code === 0))
    })
    if (passed) tally.passed += 1
    else tally.failed += 1
    process.stdout.write(Buffer.concat(said))
    console.log(`${passed ? 'passed' : 'FAILED'}: ${name}`)
  })
  await Promise.all(runs)
  return tally
}

async function runTests(filters: string[]): Promise<Tally> {
  let vitest: Vitest
  try {
    vitest = await startVitest('test', filters, { run: true, watch: false })
  } catch (error) {
    console.error(error)
    return { passed: 0, failed: 1, skipped: [] }
  }
  const tally = tallyOf(vitest.state.getTestModules())
  tally.failed += vitest.state.getUnhandledErrors().length
  await vitest.close()
  return tally
}

/** A file or group that fails outside its tests counts as one failure: its tests may never have run. */
function tallyOf(modules: TestModule[]): Tally {
  const tests = modules.flatMap((module) => [...module.children.allTests()])
  const groups = modules.flatMap((module) => [module, ...module.children.allSuites()])
  const inState = (state: string) => tests.filter((test) => test.result().state === state)
  const skipped = inState('skipped').map((test) => {
    const result = test.result()
    const note = result.state === 'skipped' ? result.note : undefined
    return `${test.module.relativeModuleId}: ${test.fullName} (${note ?? 'no reason given'})`
  })
  const failed = inState('failed').length + inState('pending').length
  return {
    passed: inState('passed').length,
    failed: failed + groups.filter((group) => group.errors().length > 0).length,
    skipped,
  }
}

const filters = process.argv.slice(2)
const before: Tally = filters.length > 0 ? { passed: 0, failed: 0, skipped: [] } : await runChecks()
const tests = await runTests(filters)
const { skipped } = tests
const passed = before.passed + tests.passed
let failed = before.failed + tests.failed
for (const test of skipped) console.log(`skipped: ${test}`)
if (process.env.CI === 'true' && skipped.length > 0) {
  failed += 1
  console.log('FAILED: nothing may be skipped here')
}
if (passed + failed === 0) {
  failed += 1
  console.log('FAILED: no test was found')
}
process.exitCode = failed > 0 ? 1 : 0
console.log(`${passed} passed, ${failed} failed, ${skipped.length} skipped`)
