import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { killHard, temporaryFolder } from './programs.ts'

const temporary = temporaryFolder()
const watcher = join(temporary.path, 'watcher.ts')
writeFileSync(
  watcher,
  `import { whenLauncherEnds } from '${fileURLToPath(new URL('../../src/kernel/launcher-watch.ts', import.meta.url))}'
   whenLauncherEnds(() => { console.log('launcher ended'); process.exit() }, 20)
   process.on('SIGUSR2', () => { console.log('still here'); process.exit() })
   setInterval(() => {}, 1000)
   console.log(process.pid)`,
)
afterAll(() => temporary.remove())

/** A process of the given name that starts the watcher through a shell, as npm does. */
async function watchedUnder(title: string) {
  const starter = `process.title = '${title}'
    require('node:child_process').spawn('sh', ['-c', '"$0" "$1"; true', process.execPath, '${watcher}'], { stdio: 'inherit' })`
  const launcher = spawn(process.execPath, ['-e', starter], { stdio: ['ignore', 'pipe', 'inherit'] })
  const lines = createInterface(launcher.stdout)
  const said = async () => String((await once(lines, 'line'))[0])
  return { launcher, said, pid: Number(await said()) }
}

test('a killed npm is noticed through the shell between', async () => {
  const { launcher, said } = await watchedUnder('npm start')
  const next = said()
  await killHard(launcher)
  expect(await next).toBe('launcher ended')
})

test('without npm above, the end of a parent means nothing', async () => {
  const { launcher, said, pid } = await watchedUnder('bash')
  const next = said()
  await killHard(launcher)
  // Long after it would have noticed.
  await sleep(200)
  process.kill(pid, 'SIGUSR2')
  expect(await next).toBe('still here')
})
