import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually, killHard, temporaryFolder } from './programs.ts'

/** The launcher as it stands in an installed package, and a command line that shows what reaches it. */
const temporary = temporaryFolder()
const launcher = join(temporary.path, 'countinghouse/bin/countinghouse.js')
afterAll(() => temporary.remove())

beforeAll(() => {
  const folder = (path: string) => mkdirSync(join(temporary.path, path), { recursive: true })
  for (const path of ['countinghouse/bin', 'countinghouse/dist', 'node/bin']) folder(path)
  cpSync(fileURLToPath(new URL('../../bin/countinghouse.js', import.meta.url)), launcher)
  symlinkSync(process.execPath, join(temporary.path, 'node/bin/node'))
  writeFileSync(join(temporary.path, 'countinghouse/package.json'), '{"type":"module"}')
  writeFileSync(
    join(temporary.path, 'countinghouse/dist/cli.js'),
    `if (process.argv[2] === 'wait') {
       process.on('SIGTERM', () => { console.log('asked to end'); process.exit(5) })
       console.log(process.pid)
       setInterval(() => {}, 1000)
     } else {
       for await (const text of process.stdin) console.log(process.argv.slice(2).join('|') + '<' + text)
       console.error('a word aside')
       process.exitCode = 2
     }`,
  )
})

test('arguments, standard input and output and the exit code pass through', () => {
  const result = spawnSync('node', [launcher, 'import', 'two words', ''], { encoding: 'utf8', input: 'rows' })
  expect(result).toMatchObject({ status: 2, stdout: 'import|two words|<rows\n', stderr: 'a word aside\n' })
})

test('a signal reaches the program, which decides how it ends', async () => {
  const child = spawn('node', [launcher, 'wait'], { stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  await eventually(() => said.includes('\n'))
  child.kill('SIGTERM')
  expect(await once(child, 'exit')).toEqual([5, null])
  expect(said).toContain('asked to end')
})

test('a killed launcher takes the program with it', async () => {
  const child = spawn('node', [launcher, 'wait'], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = await once(child.stdout.setEncoding('utf8'), 'data')
  await killHard(child)
  await eventually(() => {
    try {
      return !process.kill(Number(line), 0)
    } catch {
      return true
    }
  })
})
