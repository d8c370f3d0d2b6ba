import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { postgresProcesses } from '../../src/kernel/embedded/processes.ts'

/** Another program that holds the server; its process and what it was told. */
export type Holder = {
  process: ChildProcess
  url: string
  dataFolder: string
  joined: boolean
  /** Lets it give the server back and waits for its end. */
  finish(): Promise<void>
}

const program = fileURLToPath(new URL('./hold-server.ts', import.meta.url))

type Launch = { env: NodeJS.ProcessEnv; program?: string; node?: string; uid?: number; gid?: number; cwd?: string }

/** Starts a program that holds the server, and waits until it does. Rejects with what it said when it could not. */
export async function holdInAnotherProgram({
  env,
  program: file = program,
  node = process.execPath,
  ...as
}: Launch): Promise<Holder> {
  const { DATABASE_URL: _not, ...rest } = process.env
  const child = spawn(node, [file], { ...as, env: { ...rest, ...env }, stdio: ['pipe', 'pipe', 'pipe'] })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  const ended = once(child, 'exit')
  const line = await Promise.race([once(createInterface(child.stdout), 'line'), ended.then(() => null)])
  if (!line) throw new Error(`exit code ${child.exitCode}: ${said}`)
  const finish = async (): Promise<void> => {
    child.stdin.end()
    await ended
  }
  return { process: child, ...JSON.parse(line[0] as string), finish }
}

/** Ends a program as a power cut would, and waits until the system has noticed. */
export async function killHard(program: ChildProcess): Promise<void> {
  const ended = once(program, 'exit')
  program.kill('SIGKILL')
  await ended
}

/** An empty folder that is removed together with everything the tests put there. */
export function temporaryFolder(): { path: string; remove(): void } {
  const path = mkdtempSync(join(realpathSync(tmpdir()), 'countinghouse-platform-'))
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}

/** Waits for something that must come; the test's own limit ends the waiting. */
export async function eventually<Value>(look: () => Value | Promise<Value>): Promise<NonNullable<Value>> {
  for (;;) {
    const value = await Promise.resolve(look()).catch(() => null)
    if (value) return value
    await sleep(25)
  }
}

/** The PostgreSQL processes of a data folder that live now. */
export const serverProcesses = (folder: string): number[] => postgresProcesses(join(folder, 'postgres-18')) ?? []

/** The process numbers of the keeper and of PostgreSQL's first process. */
export const runningIn = (folder: string): { keeper: number; postmaster: number } =>
  JSON.parse(readFileSync(join(folder, 'running.json'), 'utf8'))
