import { addresses, type Operations, type Problem } from './api.ts'

/** The version of the API that this client was written for. */
export const VERSION = '2026-11-22'

export type ClientOptions = {
  /** Such as `http://localhost:8080`. */
  origin: string
  /** An API key of a company. */
  apiKey?: string
  version?: string
  /** In place of the global `fetch`. */
  fetch?: (request: Request) => Response | Promise<Response>
}

/** What was declined, and why: `problem.code` is a name that stays. */
export class ProblemError extends Error {
  readonly problem: Problem
  constructor(problem: Problem) {
    super(`${problem.code}: ${problem.detail ?? problem.title}`)
    this.name = 'ProblemError'
    this.problem = problem
  }
}

type NoneNeeded<Part> = Record<never, never> extends Part ? true : false
type Part<Name extends string, Type> =
  NoneNeeded<Type> extends true ? { [Key in Name]?: Type } : { [Key in Name]: Type }

/** What an operation is called with: its path, query and body, as far as it has them. */
export type Asked<Name extends keyof Operations> = Part<'path', Operations[Name]['path']> &
  Part<'query', Operations[Name]['query']> &
  (Operations[Name]['body'] extends undefined ? { body?: undefined } : { body: Operations[Name]['body'] }) & {
    /** Repeats of a change with the same key do nothing twice. */
    idempotencyKey?: string
    /** The tag that was read: the change is refused where it says something else by now. */
    ifMatch?: string
  }

type Listing = {
  [Name in keyof Operations]: Operations[Name]['result'] extends { rows: unknown[]; next: string | null } ? Name : never
}[keyof Operations]
type RowOf<Name extends Listing> = Operations[Name]['result'] extends { rows: (infer Row)[] } ? Row : never

type Streaming = {
  [Name in keyof Operations]: Operations[Name] extends { event: unknown } ? Name : never
}[keyof Operations]
type EventOf<Name extends Streaming> = Operations[Name] extends { event: infer Event } ? Event : never

/** An event of a stream: its name, its id to begin again from, and what it tells. */
export type StreamEvent<Data> = { event: string; id: string; data: Data }

/** A request that the API gives, address and body. */
export type GivenCall = { method: string; path: string; body: unknown; idempotencyKey?: string }

/** Calls the operations of the API by their names. */
export class Countinghouse {
  private readonly options: ClientOptions

  constructor(options: ClientOptions) {
    this.options = options
  }

  /** Calls one operation. Throws a `ProblemError` where it is declined. */
  async call<Name extends keyof Operations>(name: Name, asked: Asked<Name>): Promise<Operations[Name]['result']> {
    return (await this.read(name, asked)).result
  }

  /** As `call`, with the tag of what was read, for `ifMatch`. */
  async read<Name extends keyof Operations>(
    name: Name,
    asked: Asked<Name>,
  ): Promise<{ result: Operations[Name]['result']; tag: string | null }> {
    const { fetch = globalThis.fetch } = this.options
    const response = await fetch(this.requestOf(name, asked))
    const result = (await resultOf(response)) as Operations[Name]['result']
    return { result, tag: response.headers.get('etag') }
  }

  /** Sends a request that the API itself gave, such as that of a remedy. Throws a `ProblemError` where it is declined. */
  async follow({ method, path, body, idempotencyKey }: GivenCall): Promise<unknown> {
    const { fetch = globalThis.fetch } = this.options
    const headers = this.headersOf({ idempotencyKey })
    headers.set('content-type', 'application/json')
    const url = new URL(path, this.options.origin)
    const response = await fetch(
      new Request(url, { method: method.toUpperCase(), headers, body: JSON.stringify(body) }),
    )
    return await resultOf(response)
  }

  /** Every row of a list, page after page. */
  async *all<Name extends Listing>(name: Name, asked: Asked<Name>): AsyncGenerator<RowOf<Name>> {
    let after: string | undefined
    do {
      const query = { ...(asked.query as object), ...(after === undefined ? {} : { after }) }
      const page = (await this.call(name, { ...asked, query } as Asked<Name>)) as {
        rows: RowOf<Name>[]
        next: string | null
      }
      yield* page.rows
      after = page.next ?? undefined
    } while (after !== undefined)
  }

  /** Where an operation is, such as for the browser's own `EventSource`. */
  addressOf<Name extends keyof Operations>(name: Name, asked: Asked<Name>): string {
    return this.requestOf(name, asked).url
  }

  /**
   * The events of a stream, as they come. It ends when the server ends it: call it again with the `id` of the last event as `lastEventId` to go on,
   * unless that told the end. Throws a `ProblemError` where it is declined.
   */
  async *events<Name extends Streaming>(
    name: Name,
    asked: Asked<Name> & { lastEventId?: string; signal?: AbortSignal },
  ): AsyncGenerator<StreamEvent<EventOf<Name>>> {
    const { fetch = globalThis.fetch } = this.options
    const request = new Request(this.requestOf(name, asked), asked.signal ? { signal: asked.signal } : {})
    request.headers.set('accept', 'text/event-stream')
    if (asked.lastEventId !== undefined) request.headers.set('last-event-id', asked.lastEventId)
    const response = await fetch(request)
    if (!response.ok) throw new ProblemError((await response.json()) as Problem)
    let text = ''
    const decoder = new TextDecoder()
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk as Uint8Array, { stream: true })
      const blocks = text.split('\n\n')
      text = blocks.pop() ?? ''
      for (const block of blocks) {
        const fields = new Map(block.split('\n').map((line) => [line.split(':', 1)[0], line.replace(/^\w*: ?/, '')]))
        const data = fields.get('data')
        if (data !== undefined)
          yield { event: fields.get('event') ?? 'message', id: fields.get('id') ?? '', data: JSON.parse(data) }
      }
    }
  }

  private requestOf<Name extends keyof Operations>(name: Name, asked: Asked<Name>): Request {
    const [method, template] = addresses[name]
    const path = template.replace(/\{(\w+)\}/g, (_, part: string) =>
      encodeURIComponent(String((asked.path as Record<string, unknown>)[part])),
    )
    const url = new URL(path, this.options.origin)
    for (const [key, value] of Object.entries((asked.query ?? {}) as Record<string, unknown>)) {
      for (const one of [value].flat()) if (one !== undefined) url.searchParams.append(key, String(one))
    }
    const headers = this.headersOf(asked)
    if (method === 'GET') return new Request(url, { method, headers })
    // A change without a body is JSON too: the server takes nothing that a form of another site could send.
    headers.set('content-type', 'application/json')
    return new Request(url, {
      method,
      headers,
      ...(asked.body === undefined ? {} : { body: JSON.stringify(asked.body) }),
    })
  }

  private headersOf({ idempotencyKey, ifMatch }: { idempotencyKey?: string | undefined; ifMatch?: string }): Headers {
    const headers = new Headers({ 'countinghouse-version': this.options.version ?? VERSION })
    if (this.options.apiKey !== undefined) headers.set('authorization', `Bearer ${this.options.apiKey}`)
    if (idempotencyKey !== undefined) headers.set('idempotency-key', idempotencyKey)
    if (ifMatch !== undefined) headers.set('if-match', ifMatch)
    return headers
  }
}

/** What was answered; a `ProblemError` where it was declined. */
async function resultOf(response: Response): Promise<unknown> {
  const isJson = /json/.test(response.headers.get('content-type') ?? '')
  const result = isJson ? await response.json() : await response.text()
  if (response.ok) return result
  throw new ProblemError(
    isJson ? result : { type: 'about:blank', code: 'unexpected', title: result, status: response.status },
  )
}
