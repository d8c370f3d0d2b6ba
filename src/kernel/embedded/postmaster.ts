import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Place } from './place.ts'
import { isTaken, postgresProcesses, signal } from './processes.ts'
import { leaveToOwner } from './running.ts'
import { postgresSettings } from './settings.ts'

/** The running server: its process and the loopback port it listens on. */
export type Postmaster = {
  pid: number
  port: number
  /** Resolves when the process has ended, whoever ended it. */
  ended: Promise<void>
  /** Ends all sessions, writes a checkpoint and resolves when the process has ended. */
  stop(): Promise<void>
}

/** The owner of the database, and of everything in it, on the embedded server. */
export const OWNER = 'countinghouse'

const logOf = (place: Place): string => join(place.folder, 'postgres.log')
const asUser = (place: Place) => ({ ...place.user, cwd: '/', env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' } })

/** Creates the cluster if there is none yet. It appears under its name only when complete, so a kill leaves nothing half made. */
export function createCluster(place: Place, password: string): void {
  removeUnfinished(place)
  if (existsSync(place.cluster)) return
  const unfinished = `${place.cluster}.new-${process.pid}`
  const passwordFile = `${unfinished}.password`
  mkdirSync(unfinished, { mode: 0o700 })
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if (place.user) for (const path of [unfinished, passwordFile]) chownSync(path, place.user.uid, place.user.gid)
  const options = ['--username', OWNER, '--pwfile', passwordFile, '--auth', 'scram-sha-256', '--encoding', 'UTF8']
  // The built-in locale sorts alike on every machine, so that no upgrade of a system's library can spoil an index.
  const locale = ['--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8', '--locale', 'C']
  const initdb = join(place.binaries, 'bin/initdb')
  const result = spawnSync(initdb, ['-D', unfinished, ...options, ...locale], { ...asUser(place), encoding: 'utf8' })
  rmSync(passwordFile)
  if (result.status !== 0) {
    rmSync(unfinished, { recursive: true, force: true })
    throw new Error(`initdb failed in ${place.folder}: ${result.error?.message ?? result.stderr.trim()}`)
  }
  const own = '# Settings that you add below the next line win over those of Countinghouse.\n'
  writeFileSync(join(unfinished, 'postgresql.conf'), `${own}include 'countinghouse.conf'\n`)
  renameSync(unfinished, place.cluster)
}

/** Only one keeper lives per folder, so that what another left unfinished is nobody's. */
function removeUnfinished(place: Place): void {
  for (const name of readdirSync(place.folder)) {
    if (name.startsWith('postgres-18.new-')) rmSync(join(place.folder, name), { recursive: true, force: true })
  }
}

/**
 * Starts PostgreSQL on the cluster and waits until it accepts connections, however long its recovery takes.
 * @param preferredPort taken if it is free, so that running programs find the server again after a restart
 */
export async function startPostmaster(place: Place, preferredPort: number | null): Promise<Postmaster> {
  writeFileSync(join(place.cluster, 'countinghouse.conf'), postgresSettings(), { mode: 0o644 })
  const giveUpAt = Date.now() + 60_000
  for (;;) {
    await clearLeftovers(place)
    const port = await freePort(preferredPort)
    const logStart = existsSync(logOf(place)) ? statSync(logOf(place)).size : 0
    const child = launch(place, port)
    const ended = new Promise<void>((done) => {
      child.once('exit', () => done())
      child.once('error', () => done())
    })
    if (await becomesReady(place, child)) return postmaster(child, port, ended)
    const said = readFileSync(logOf(place)).subarray(logStart).toString('utf8').trim()
    if (!/lock file|shared memory block|could not bind|address already in use/i.test(said) || Date.now() > giveUpAt) {
      throw new Error(`PostgreSQL did not start in ${place.cluster}; ${logOf(place)} says: ${lastLines(said)}`)
    }
    await sleep(100)
  }
}

/** A bad setting is named some lines before the one that says that PostgreSQL gave up. */
const lastLines = (said: string): string => said.split('\n').slice(-3).join(' ')

function launch(place: Place, port: number): ChildProcess {
  if (existsSync(logOf(place)) && statSync(logOf(place)).size > 10_000_000) {
    renameSync(logOf(place), `${logOf(place)}.old`)
  }
  const log = openSync(logOf(place), 'a', 0o600)
  leaveToOwner(place.folder, logOf(place))
  const command = [join(place.binaries, 'bin/postgres'), '-D', place.cluster, '-p', String(port)]
  // Should this keeper be killed, the kernel itself asks PostgreSQL to shut down.
  const [file, ...rest] = hasParentDeathSignal() ? ['setpriv', '--pdeathsig', 'INT', '--', ...command] : command
  const child = spawn(file as string, rest, { ...asUser(place), stdio: ['ignore', log, log] })
  closeSync(log)
  return child
}

let parentDeathSignal: boolean | undefined
function hasParentDeathSignal(): boolean {
  parentDeathSignal ??=
    process.platform === 'linux' && spawnSync('setpriv', ['--pdeathsig', 'INT', '--', 'true']).status === 0
  return parentDeathSignal
}

/** PostgreSQL itself writes `ready` on the eighth line of its pid file; false if the process ends first. */
async function becomesReady(place: Place, child: ChildProcess): Promise<boolean> {
  let failed = false
  child.once('error', () => {
    failed = true
  })
  for (;;) {
    if (failed || child.exitCode !== null || child.signalCode !== null) return false
    const lines = pidFile(place)
    if (Number(lines?.[0]) === child.pid && lines?.[7]?.trim() === 'ready') return true
    await sleep(10)
  }
}

function pidFile(place: Place): string[] | null {
  const path = join(place.cluster, 'postmaster.pid')
  return existsSync(path) ? readFileSync(path, 'utf8').split('\n') : null
}

function postmaster(child: ChildProcess, port: number, ended: Promise<void>): Postmaster {
  const pid = child.pid as number
  const stop = async (): Promise<void> => {
    child.kill('SIGINT')
    await ended
  }
  return { pid, port, ended, stop }
}

/**
 * Makes room for a start. A postmaster that outlived its keeper is asked to shut down. Sessions that outlived a killed
 * postmaster are given time to notice, then ended: none of them can be used any more. The pid file is removed only when
 * its process is certainly no postmaster of this cluster and no session is left.
 */
async function clearLeftovers(place: Place): Promise<void> {
  const lines = pidFile(place)
  if (!lines) return
  const cluster = realpathSync(place.cluster)
  const recorded = Number(lines[0])
  const living = () => postgresProcesses(cluster)
  if (living() === null) return
  for (let waitedMs = 0; ; waitedMs += 50) {
    const left = living() ?? []
    if (left.length === 0) break
    if (left.includes(recorded)) {
      if (waitedMs === 0) signal(recorded, 'SIGINT')
      if (waitedMs === 60_000) signal(recorded, 'SIGQUIT')
    } else if (waitedMs >= 3_000) {
      for (const pid of left) signal(pid, waitedMs >= 6_000 ? 'SIGKILL' : 'SIGQUIT')
    }
    await sleep(50)
  }
  // PostgreSQL takes any process of its user with the recorded number for a rival, a zombie included, and would wait for ever.
  const unchanged = Number(pidFile(place)?.[0]) === recorded
  if (unchanged && isTaken(recorded)) rmSync(join(place.cluster, 'postmaster.pid'))
}

/** The preferred port if nobody listens on it, else one that the system picks. */
async function freePort(preferred: number | null): Promise<number> {
  const tryPort = (port: number) =>
    new Promise<number | null>((done) => {
      const server = createServer()
      server.once('error', () => done(null))
      server.listen({ port, host: '127.0.0.1' }, () => {
        const { port: got } = server.address() as { port: number }
        server.close(() => done(got))
      })
    })
  const port = (preferred && (await tryPort(preferred))) || (await tryPort(0))
  if (port) return port
  throw new Error('No free port was found on 127.0.0.1.')
}
