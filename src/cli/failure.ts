import { BadInput } from '../kernel/bad-input.ts'
import { DatabaseRefused } from '../kernel/database-refused.ts'
import { Refusal, refusals } from '../kernel/refusal.ts'
import { type ExitCode, UsageError } from './command.ts'

export type Failure = { exitCode: ExitCode; words: string }

/** What a failure of a command means to whoever gave it: the exit code, and what to write on standard error. */
export function failureOf(error: unknown, usage: string): Failure {
  if (error instanceof BadInput) return { exitCode: 2, words: error.message }
  if (error instanceof UsageError) return { exitCode: 2, words: `${error.message} Usage: ${usage}` }
  if (error instanceof Refusal) {
    return { exitCode: 2, words: `${error.code}: ${sentence(error.message)} ${refusals[error.code].remedy}` }
  }
  if (error instanceof DatabaseRefused) return { exitCode: 3, words: error.message }
  if (isConnectionLost(error)) {
    return { exitCode: 3, words: `The database cannot be reached any more: ${sentence(wordsOf(error))}` }
  }
  return {
    exitCode: 1,
    words: `This should not have happened: ${error instanceof Error ? error.stack : String(error)}`,
  }
}

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`)

const systemCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'ENOENT', 'ETIMEDOUT', 'EPIPE', 'EHOSTUNREACH'])

/** SQLSTATE classes: 08 connection, 28 login, 3D no such database, 53 out of resources, 57P the server is ending. */
const connectionStates = /^(08|28|3D|53|57P)/

function isConnectionLost(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if (error instanceof AggregateError) return error.errors.some(isConnectionLost)
  const { code, syscall } = error as NodeJS.ErrnoException
  if (code === undefined) return /^Connection terminated|^Client has encountered a connection error/.test(error.message)
  return (
    (systemCodes.has(code) &&
      (syscall === 'connect' || syscall === 'read' || syscall === 'write' || syscall === 'getaddrinfo')) ||
    connectionStates.test(code)
  )
}

function wordsOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return wordsOf(error.errors[0])
  return error instanceof Error ? error.message : String(error)
}
