import { pino } from 'pino'

/** What is logged beside the words: ids, counts and codes. Never a name, an address, a body or a query. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>

export type Log = {
  info(words: string, fields?: LogFields): void
  warn(words: string, fields?: LogFields): void
  error(words: string, fields?: LogFields): void
}

type LogOptions = { format: 'json' | 'text'; level: string; write: (line: string) => void }

/** The log of the server: a line each, as JSON for programs, or as text for whoever watches. */
export function openLog({ format, level, write }: LogOptions): Log {
  const logger = pino(
    {
      level,
      base: { pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    { write: format === 'json' ? write : (line) => write(asText(line)) },
  )
  return {
    info: (words, fields) => logger.info({ ...fields }, words),
    warn: (words, fields) => logger.warn({ ...fields }, words),
    error: (words, fields) => logger.error({ ...fields }, words),
  }
}

/** 2011-01-31T10:00:00.000Z request method=GET route=/healthz status=200 */
function asText(line: string): string {
  const { time, level, msg, pid: _pid, ...fields } = JSON.parse(line) as Record<string, unknown>
  const rest = Object.entries(fields).map(([name, value]) => ` ${name}=${String(value)}`)
  return `${String(time)}${level === 'info' ? '' : ` ${String(level)}:`} ${String(msg)}${rest.join('')}\n`
}

/** The settings of the log as the environment has them. */
export const logOptions = (env: NodeJS.ProcessEnv, stream: NodeJS.WriteStream): LogOptions => ({
  format: env.COUNTINGHOUSE_LOG_FORMAT === 'json' || (!env.COUNTINGHOUSE_LOG_FORMAT && !stream.isTTY) ? 'json' : 'text',
  level: env.COUNTINGHOUSE_LOG_LEVEL || 'info',
  write: (line) => void stream.write(line),
})

/** Everything in quotation marks left out, since databases and parsers quote what people entered. */
export const withoutQuotes = (text: string): string => text.replace(/(["'`])(?:(?!\1).)*\1/gs, '$1…$1')
