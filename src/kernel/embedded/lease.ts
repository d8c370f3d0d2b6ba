import { spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { extname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { DatabaseRefused } from '../database-refused.ts'
import type { Place } from './place.ts'
import { leaveToOwner, readRunning } from './running.ts'
import { folderSecret } from './secret.ts'

/** A hold on the embedded server: it runs at least until the hold is released or this process ends. */
export type Lease = {
  port: number
  /** Whether the server was running already. */
  joined: boolean
  /** Resolves when the server has stopped or is known to be needed by others. */
  release(): Promise<void>
}

/**
 * Joins the running server of a data folder, or starts a keeper that starts it.
 * @throws DatabaseRefused when it cannot be started.
 */
export async function holdServer(place: Place, log: (line: string) => void): Promise<Lease> {
  const hold = await acquire(place, log)
  const port = readRunning(place.folder)?.port
  if (!port) throw new DatabaseRefused(`The embedded server of ${place.folder} did not say where it listens.`)
  let { socket } = hold
  let released = false
  const keepHolding = (): void => {
    socket.once('close', () => {
      if (!released) void reacquire()
    })
  }
  // The keeper was killed, and PostgreSQL with it. Another keeper brings it back on the same port if that is still free.
  const reacquire = async (): Promise<void> => {
    try {
      socket = (await acquire(place, log)).socket
      keepHolding()
      if (readRunning(place.folder)?.port !== port) log('The database came back on another port; please start again.')
    } catch (error) {
      log(`The embedded database is gone: ${(error as Error).message}`)
    }
  }
  keepHolding()
  const release = async (): Promise<void> => {
    if (released) return
    released = true
    await leave(socket)
  }
  return { port, joined: hold.joined, release }
}

type Hold = { socket: Socket; joined: boolean }

async function acquire(place: Place, log: (line: string) => void): Promise<Hold> {
  const secret = folderSecret(place.folder)
  let keeper: StartedKeeper | null = null
  const slow = setTimeout(() => log('The database is still starting; after a crash it first repeats its log.'), 5_000)
  try {
    for (;;) {
      const socket = await reach(secret.address)
      if (socket) {
        const answer = await greet(socket, secret.greeting)
        if (answer === 'ready') return { socket, joined: readRunning(place.folder)?.keeper !== keeper?.pid }
        if (answer !== null) throw new DatabaseRefused(answer)
        keeper = null
      } else if (keeper === null) {
        keeper = startKeeper(place)
      } else if (keeper.failed()) {
        throw new DatabaseRefused(`The embedded database could not be started: ${keeper.said()}`)
      }
      await sleep(10)
    }
  } finally {
    clearTimeout(slow)
  }
}

/** Null when nobody listens. */
function reach(address: string): Promise<Socket | null> {
  return new Promise((done) => {
    const socket = connect({ path: address })
    socket.once('connect', () => done(socket))
    socket.once('error', () => done(null))
  })
}

/** `ready`, the sentence with which the keeper refused, or null when it closed because it was just stopping. */
function greet(socket: Socket, greeting: string): Promise<string | null> {
  return new Promise((done) => {
    let heard = ''
    socket.setEncoding('utf8')
    socket.on('error', () => {})
    socket.on('data', (text: string) => {
      heard += text
      if (heard === 'ready\n') {
        // Holding the server must not keep a program alive that has nothing else to do.
        socket.unref()
        done('ready')
      }
    })
    socket.once('close', () => done(heard.startsWith('refused ') ? heard.slice('refused '.length).trim() : null))
    socket.write(`${greeting}\n`)
  })
}

function leave(socket: Socket): Promise<void> {
  return new Promise((done) => {
    if (socket.destroyed) return done()
    socket.ref()
    socket.once('close', () => done())
    socket.write('leave\n')
  })
}

type StartedKeeper = { pid: number | undefined; failed(): boolean; said(): string }

/** In a session of its own, so that Ctrl-C in a terminal ends the program first and the database after it. */
function startKeeper(place: Place): StartedKeeper {
  const program = fileURLToPath(new URL(`./keeper${extname(import.meta.url)}`, import.meta.url))
  const logPath = join(place.folder, 'keeper.log')
  const log = openSync(logPath, 'w', 0o600)
  leaveToOwner(place.folder, logPath)
  const child = spawn(process.execPath, [program, JSON.stringify(place)], {
    detached: true,
    stdio: ['ignore', log, log],
    env: { ...process.env, NODE_OPTIONS: '' },
  })
  closeSync(log)
  child.unref()
  let exitCode: number | null = null
  child.once('exit', (code) => {
    exitCode = code ?? 1
  })
  child.once('error', () => {
    exitCode = 1
  })
  const failed = (): boolean => exitCode !== null && exitCode !== 0
  return { pid: child.pid, failed, said: () => readFileSync(logPath, 'utf8').trim().split('\n').at(-1) ?? '' }
}
