import { randomUUID } from 'node:crypto'
import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { z } from 'zod'
import type { Problem } from '../contracts/basic.ts'
import { DatabaseRefused } from '../kernel/database-refused.ts'
import { Refusal, refusals } from '../kernel/refusal.ts'

/** What can be wrong with a request itself, whatever it asks. */
const requestProblems = {
  not_found: {
    status: 404,
    title: 'There is nothing at this address',
    remedy: 'Check the address; those of the API are listed at /api.',
  },
  method_unknown: { status: 405, title: 'This address does not take that method', remedy: 'Look it up at /api.' },
  cross_site: {
    status: 403,
    title: 'Requests from other sites are declined',
    remedy: 'Send the request from this site, or from a program.',
  },
  host_unknown: {
    status: 421,
    title: 'This server does not answer to that name',
    remedy: 'Use localhost or 127.0.0.1.',
  },
  version_unknown: {
    status: 400,
    title: 'There is no such version of the API',
    remedy: 'Send one of the versions that the problem names, or none for the newest.',
  },
  body_too_large: { status: 413, title: 'The request is too large', remedy: 'Send less at once.' },
  body_type: {
    status: 415,
    title: 'The body is not of the expected type',
    remedy: 'Send JSON with Content-Type: application/json.',
  },
} as const

export type RequestProblemCode = keyof typeof requestProblems

/** A request that is wrong in itself. Expected refusals of the business are a `Refusal`. */
export class RequestProblem extends Error {
  readonly code: RequestProblemCode
  constructor(code: RequestProblemCode, detail?: string) {
    super(detail ?? requestProblems[code].title)
    this.code = code
  }
}

/** The request does not have the form that the API document states. */
export class InvalidRequest extends Error {
  readonly issues: z.core.$ZodIssue[]
  constructor(issues: z.core.$ZodIssue[]) {
    super('The request is not of the expected form')
    this.issues = issues
  }
}

/** Turns anything that was thrown into problem details. What nobody expected is logged under an id, which the answer gives. */
export function problemOf(error: unknown, log: (line: string) => void): Problem {
  if (error instanceof Refusal) return refused(error)
  if (error instanceof RequestProblem) {
    return { ...named(error.code), ...requestProblems[error.code], detail: error.message }
  }
  if (error instanceof InvalidRequest) return invalid(error)
  if (error instanceof HTTPException && error.status < 500) {
    const { title, remedy } = refusals.input_invalid
    return { ...named('input_invalid'), title, remedy, status: error.status, detail: error.message }
  }
  const instance = `urn:uuid:${randomUUID()}`
  log(`${instance} ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
  if (isDatabaseGone(error)) {
    const title = 'The database cannot be reached'
    return { ...named('database_unreachable'), title, status: 503, remedy: 'Try again in a moment.', instance }
  }
  const remedy = 'Nothing was stored. Try again; if it stays, report the id.'
  return { ...named('unexpected'), title: 'Something went wrong on our side', status: 500, remedy, instance }
}

const named = (code: string) => ({ type: `/api#${code}`, code })

function refused({ code, message, detail }: Refusal): Problem {
  const context = Object.fromEntries(Object.entries(detail).map(([name, value]) => [name, String(value)]))
  return { ...named(code), ...refusals[code], detail: message, context }
}

/** A list of ten thousand can be wrong ten thousand times; the first mistakes tell enough. */
const MOST_ERRORS = 100

function invalid({ issues }: InvalidRequest): Problem {
  const errors = issues.slice(0, MOST_ERRORS).map((issue) => ({ at: issue.path.join('.'), message: issue.message }))
  const detail = errors.map(({ at, message }) => (at === '' ? message : `${at}: ${message}`)).join('; ')
  return { ...named('input_invalid'), ...refusals.input_invalid, detail, errors }
}

function isDatabaseGone(error: unknown): boolean {
  if (error instanceof DatabaseRefused) return true
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (/^(08|53|57P)/.test(code) || code === 'ECONNREFUSED' || code === 'ECONNRESET') return true
  return error instanceof Error && /^Connection terminated/.test(error.message)
}

/** When to try again what has too many of its kind under way: soon, since nobody knows when one of them ends. */
const TRY_AGAIN_SECONDS = 5

/** Answers with problem details. */
export function answerProblem(c: Context, problem: Problem): Response {
  const isSoonAgain = problem.status === 429 && !c.res.headers.has('retry-after')
  return c.body(JSON.stringify(problem), problem.status as 400, {
    'content-type': 'application/problem+json',
    ...(isSoonAgain ? { 'retry-after': String(TRY_AGAIN_SECONDS) } : {}),
  })
}

/** Every code that a problem can carry, with its words: for the documentation. */
export const problemCatalogue = (): { code: string; status: number; title: string; remedy: string }[] =>
  Object.entries({ ...refusals, ...requestProblems })
    .map(([code, words]) => ({ code, ...words }))
    .sort((a, b) => (a.code < b.code ? -1 : 1))
