/**
 * The keeper: a process of its own that runs PostgreSQL for one data folder as long as anybody holds it.
 *
 * Every program that uses the folder keeps a connection to the keeper open. The kernel closes it when the program ends,
 * even by `kill -9`, so no lease can go stale. When the last one is closed, PostgreSQL is shut down. When PostgreSQL
 * itself is killed, it is started again on the same port. When the keeper is killed, the kernel shuts PostgreSQL down.
 *
 * To a program it says `ready` when the server accepts connections, `refused SENTENCE` when it cannot be started,
 * `leave` to a program that may go because others stay, and it closes the connection when all is stopped.
 */
import { rmSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import { fileURLToPath } from 'node:url'
import type { Place } from './place.ts'
import { createCluster, type Postmaster, startPostmaster } from './postmaster.ts'
import { readRunning, writeRunning } from './running.ts'
import { folderSecret } from './secret.ts'

const UNGREETED_MS = 10_000

class Keeper {
  readonly place: Place
  readonly server: Server
  readonly holders = new Set<Socket>()
  postmaster: Postmaster | null = null
  stopping = false

  constructor(place: Place) {
    this.place = place
    this.server = createServer((socket) => this.greet(socket))
  }

  /** Ends quietly when another keeper has the folder. */
  listen(): void {
    const { address } = folderSecret(this.place.folder)
    if (process.platform === 'darwin') rmSync(address, { force: true })
    this.server.once('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EADDRINUSE' ? 0 : 1))
    this.server.listen({ path: address }, () => {
      void this.start()
      setTimeout(() => this.stopIfUnused(), UNGREETED_MS).unref()
    })
    process.on('SIGTERM', () => void this.stop())
    for (const ignored of ['SIGINT', 'SIGHUP'] as const) process.on(ignored, () => {})
  }

  async start(): Promise<void> {
    try {
      const { place } = this
      createCluster(place, folderSecret(place.folder).password)
      const postmaster = await startPostmaster(place, readRunning(place.folder)?.port ?? null)
      this.postmaster = postmaster
      const { port, pid } = postmaster
      writeRunning(place.folder, { port, keeper: process.pid, postmaster: pid })
      void postmaster.ended.then(() => this.restart())
      for (const holder of this.holders) holder.write('ready\n')
      if (this.stopping) await postmaster.stop()
    } catch (error) {
      this.refuse((error as Error).message)
    }
  }

  /** PostgreSQL ended though nobody asked it to. */
  restart(): void {
    this.postmaster = null
    if (!this.stopping) void this.start()
  }

  refuse(sentence: string): void {
    this.stopping = true
    process.exitCode = 1
    const line = `refused ${sentence.replaceAll('\n', ' ')}\n`
    this.server.close(() => process.exit())
    for (const holder of this.holders) holder.end(line)
  }

  greet(socket: Socket): void {
    const { greeting } = folderSecret(this.place.folder)
    let heard = ''
    socket.setEncoding('utf8')
    socket.setTimeout(UNGREETED_MS, () => socket.destroy())
    socket.on('error', () => socket.destroy())
    socket.on('close', () => {
      if (this.holders.delete(socket)) this.stopIfUnused()
    })
    socket.on('data', (text: string) => {
      heard += text
      if (!this.holders.has(socket)) {
        if (!heard.startsWith(`${greeting}\n`)) return void (heard.length > greeting.length && socket.destroy())
        // Too late to hold: the connection closes when all has stopped, and the program starts a keeper of its own.
        if (this.stopping) return void socket.setTimeout(0)
        this.hold(socket)
      }
      if (heard.endsWith('\nleave\n')) this.letGo(socket)
    })
  }

  hold(socket: Socket): void {
    socket.setTimeout(0)
    this.holders.add(socket)
    if (this.postmaster) socket.write('ready\n')
  }

  /** The last one waits until PostgreSQL has stopped, others need not. */
  letGo(socket: Socket): void {
    if (!this.holders.delete(socket)) return
    if (this.holders.size > 0) socket.end('leave\n')
    else void this.stop()
  }

  stopIfUnused(): void {
    if (this.holders.size === 0) void this.stop()
  }

  async stop(): Promise<void> {
    if (this.stopping) return
    this.stopping = true
    await this.postmaster?.stop()
    process.exit()
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.chdir('/')
  new Keeper(JSON.parse(process.argv[2] as string) as Place).listen()
}
