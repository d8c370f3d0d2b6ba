import type { Context } from 'hono'
import { Id } from '../contracts/basic.ts'
import { ImportEvent } from '../contracts/imports.ts'
import { type Database, readCompany } from '../kernel/database.ts'
import { Refusal } from '../kernel/refusal.ts'
import { hasEnded, type ImportProgressView, importProgress } from '../modules/intake/index.ts'
import { companyParams, newApi, route } from './api.ts'
import { importEvent } from './import-view.ts'
import type { Environment } from './workplace.ts'

/** How many streams a server holds open at once, and how many of them one company may have. */
const MOST_STREAMS = 400
const MOST_OF_COMPANY = 40

// A proxy lets go of what is silent for a minute; whoever was signed out meanwhile is noticed when the browser comes again.
const KEEP_ALIVE_MS = 15_000
const LONGEST_MS = 300_000

type StreamOptions = { database: Database; ending?: (() => boolean) | undefined; everyMs?: number }

/** The open streams of a server. Each import is looked at once, however many follow it. */
export class ImportStreams {
  private readonly options: StreamOptions
  private readonly watches = new Map<string, ImportWatch>()
  private readonly open = new Map<bigint, number>()
  private total = 0

  constructor(options: StreamOptions) {
    this.options = options
  }

  /** Follows an import from what it is now. Refuses `too_many_requests` where too many are followed already. */
  follow(companyId: bigint, first: ImportProgressView): ReadableStream<Uint8Array> {
    const own = this.open.get(companyId) ?? 0
    if (this.total >= MOST_STREAMS || own >= MOST_OF_COMPANY) throw new Refusal('too_many_requests')
    this.open.set(companyId, own + 1)
    this.total += 1
    let close = (): void => {}
    const gone = (): void => {
      this.total -= 1
      const left = (this.open.get(companyId) ?? 1) - 1
      if (left === 0) this.open.delete(companyId)
      else this.open.set(companyId, left)
    }
    return new ReadableStream<Uint8Array>({
      start: (controller) => {
        close = this.attach(companyId, first, controller, gone)
      },
      cancel: () => close(),
    })
  }

  private attach(
    companyId: bigint,
    first: ImportProgressView,
    controller: ReadableStreamDefaultController<Uint8Array>,
    gone: () => void,
  ): () => void {
    const key = `${companyId} ${first.id}`
    const watch = this.watches.get(key) ?? new ImportWatch(this.options, companyId, first)
    this.watches.set(key, watch)
    const follower = new Follower(controller, () => {
      watch.leave(follower)
      if (watch.isLeft) this.watches.delete(key)
      gone()
    })
    watch.join(follower, first)
    return () => follower.leave()
  }
}

const encoder = new TextEncoder()

/** One stream: what it was told last, and when. */
class Follower {
  private readonly controller: ReadableStreamDefaultController<Uint8Array>
  private readonly onLeave: () => void
  private readonly began = performance.now()
  private lastSent = 0
  private said = ''
  private left = false

  constructor(controller: ReadableStreamDefaultController<Uint8Array>, onLeave: () => void) {
    this.controller = controller
    this.onLeave = onLeave
    this.send('retry: 2000\n\n')
  }

  /** Tells how far the import is, where that is news; one that reads slower than it is told misses what is between. */
  tell(now: ImportProgressView): void {
    const ended = hasEnded(now.state)
    const text = JSON.stringify(importEvent(now))
    const isFull = (this.controller.desiredSize ?? 0) < -100
    if (text !== this.said && (ended || !isFull)) {
      this.said = text
      this.send(`id: ${now.revision}\nevent: ${ended ? 'ended' : 'progress'}\ndata: ${text}\n\n`)
    } else if (performance.now() - this.lastSent > KEEP_ALIVE_MS) this.send(': still here\n\n')
    if (ended || performance.now() - this.began > LONGEST_MS) this.end()
  }

  /** Ends it from this side: a browser comes again by itself, unless it was told that the import has ended. */
  end(): void {
    if (this.left) return
    this.controller.close()
    this.leave()
  }

  leave(): void {
    if (this.left) return
    this.left = true
    this.onLeave()
  }

  private send(text: string): void {
    this.lastSent = performance.now()
    this.controller.enqueue(encoder.encode(text))
  }
}

/** Looks at one import again and again, as long as anybody follows it. */
class ImportWatch {
  private readonly followers = new Set<Follower>()
  private readonly timer: NodeJS.Timeout
  private looking = false

  constructor(
    { database, ending = () => false, everyMs = 500 }: StreamOptions,
    companyId: bigint,
    { id }: { id: bigint },
  ) {
    const look = async (): Promise<void> => {
      const now = await readCompany(database, companyId, (tx) => importProgress(tx, id))
      for (const follower of [...this.followers]) follower.tell(now)
    }
    this.timer = setInterval(() => {
      if (ending()) for (const follower of [...this.followers]) follower.end()
      if (this.looking || this.followers.size === 0) return
      this.looking = true
      look()
        .catch(() => {}) // the database is away: the next look tells
        .finally(() => {
          this.looking = false
        })
    }, everyMs).unref()
  }

  get isLeft(): boolean {
    return this.followers.size === 0
  }

  join(follower: Follower, first: ImportProgressView): void {
    this.followers.add(follower)
    follower.tell(first)
  }

  leave(follower: Follower): void {
    this.followers.delete(follower)
    if (this.isLeft) clearInterval(this.timer)
  }
}

export const importEventRoutes = newApi().openapi(
  route({
    method: 'get',
    path: '/companies/{companyId}/imports/{importId}/events',
    operationId: 'followImport',
    tags: ['Imports'],
    permission: 'imports.read',
    summary: 'Follow an import by server-sent events',
    description:
      'Tells at once how far it is, then whenever that changes, as `progress`, and `ended` when it is done, failed or cancelled; then the stream ends. Comments keep it open. It ends after some minutes and with the server: come again with `Last-Event-ID`. Whoever was told of the end already is answered by 204, so that a browser does not come again.',
    request: { params: companyParams.extend({ importId: Id }) },
    responses: {
      200: {
        description: 'The events: the data of each is an ImportEvent in JSON.',
        content: { 'text/event-stream': { schema: ImportEvent } },
      },
      204: { description: 'The import has ended, and `Last-Event-ID` says that it is known.' },
    },
  }),
  async (c) => {
    const { workplace, companyId } = c.var
    const id = BigInt(c.req.valid('param').importId)
    const now = await readCompany(workplace.database, companyId, (tx) => importProgress(tx, id))
    if (hasEnded(now.state) && c.req.header('last-event-id') === String(now.revision)) return c.body(null, 204)
    return streamed(c, workplace.streams.follow(companyId, now)) as never
  },
)

const streamed = (c: Context<Environment>, stream: ReadableStream<Uint8Array>): Response =>
  c.body(stream, 200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache, no-transform',
    // nginx keeps answers back to fill its buffers, unless it is told not to.
    'x-accel-buffering': 'no',
  })
