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
    const isJson = /json/.test(response.headers.get('content-type') ?? '')
    const result = isJson ? await response.json() : await response.text()
    if (!response.ok)
      throw new ProblemError(
        isJson ? result : { type: 'about:blank', code: 'unexpected', title: result, status: response.status },
      )
    return { result, tag: response.headers.get('etag') }
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

  private requestOf<Name extends keyof Operations>(name: Name, asked: Asked<Name>): Request {
    const [method, template] = addresses[name]
    const path = template.replace(/\{(\w+)\}/g, (_, part: string) =>
      encodeURIComponent(String((asked.path as Record<string, unknown>)[part])),
    )
    const url = new URL(path, this.options.origin)
    for (const [key, value] of Object.entries((asked.query ?? {}) as Record<string, unknown>)) {
      for (const one of [value].flat()) if (one !== undefined) url.searchParams.append(key, String(one))
    }
    const headers = new Headers({ 'countinghouse-version': this.options.version ?? VERSION })
    if (this.options.apiKey !== undefined) headers.set('authorization', `Bearer ${this.options.apiKey}`)
    if (asked.idempotencyKey !== undefined) headers.set('idempotency-key', asked.idempotencyKey)
    if (asked.ifMatch !== undefined) headers.set('if-match', asked.ifMatch)
    if (asked.body === undefined) return new Request(url, { method, headers })
    headers.set('content-type', 'application/json')
    return new Request(url, { method, headers, body: JSON.stringify(asked.body) })
  }
}
