import { z } from 'zod'

/** What can be set from outside: one line each in the summary at start, and one row each on the page of operations. */
type Setting = {
  /** What it is set to without the variable, in words. */
  usual: string
  /** Shown as set or not, never as what it is. An address is shown without its password. */
  kind?: 'secret' | 'address'
  form: z.ZodType<unknown, string>
}

const anyText = z.string()
const portNumber = z
  .string()
  .regex(/^\d{1,5}$/)
  .refine((text) => Number(text) < 65_536, 'a number from 0 to 65535')
const postgres = z.string().regex(/^postgres(ql)?:\/\//, 'an address such as postgres://owner@host/books')

export const settings: Readonly<Record<string, Setting>> = {
  COUNTINGHOUSE_BEHIND_PROXY: { usual: 'no proxy', form: z.enum(['1']) },
  COUNTINGHOUSE_BIND: { usual: '127.0.0.1', form: anyText },
  COUNTINGHOUSE_DATA: { usual: './data', form: anyText },
  COUNTINGHOUSE_DRAIN_SECONDS: {
    usual: '0: it takes no more requests at once',
    form: z
      .string()
      .regex(/^\d{1,3}$/)
      .refine((text) => Number(text) <= 300, 'a number from 0 to 300'),
  },
  COUNTINGHOUSE_HOSTS: { usual: "this machine's own names", form: anyText },
  COUNTINGHOUSE_LOG_FORMAT: { usual: 'text at a terminal, else json', form: z.enum(['json', 'text']) },
  COUNTINGHOUSE_LOG_LEVEL: { usual: 'info', form: z.enum(['debug', 'info', 'warn', 'error', 'silent']) },
  COUNTINGHOUSE_MAIL_FROM: { usual: 'none', form: anyText },
  COUNTINGHOUSE_METRICS_TOKEN: {
    usual: 'none: metrics for this machine alone',
    kind: 'secret',
    form: z.string().min(16),
  },
  COUNTINGHOUSE_REQUESTS_PER_MINUTE: { usual: 'not limited', form: z.string().regex(/^[1-9]\d{0,8}$/, 'a number') },
  COUNTINGHOUSE_SECRET: { usual: 'one that the database keeps', kind: 'secret', form: z.string().min(32) },
  COUNTINGHOUSE_SHARED: { usual: '../shared, for tests alone', form: anyText },
  COUNTINGHOUSE_SMTP_URL: { usual: 'no letters are sent', kind: 'address', form: anyText },
  COUNTINGHOUSE_UPLOADS_GIB: { usual: '20', form: z.string().regex(/^[1-9]\d{0,5}$/, 'a number of gibibytes') },
  COUNTINGHOUSE_URL: { usual: "this machine's own name", form: anyText },
  COUNTINGHOUSE_WEBHOOKS_LOOPBACK: { usual: 'never to this machine', form: z.enum(['allow']) },
  DATABASE_APP_URL: { usual: "the owner's login", kind: 'address', form: postgres },
  DATABASE_URL: { usual: 'the embedded server', kind: 'address', form: postgres },
  PORT: { usual: '8080', form: portNumber },
}

export type SettingsRead = {
  /** What is wrong with a value, a sentence each; with any of them nothing is started. */
  wrong: string[]
  /** What is odd and does no harm: variables of ours that nothing reads. */
  odd: string[]
  /** Every setting and what holds, secrets masked. */
  summary: Record<string, string>
}

/** Reads and validates the environment. An empty variable is one that is not set. */
export function readSettings(env: NodeJS.ProcessEnv): SettingsRead {
  const wrong: string[] = []
  const summary: Record<string, string> = {}
  for (const [name, { usual, kind, form }] of Object.entries(settings)) {
    const value = env[name]
    if (value === undefined || value === '') {
      summary[name] = `not set (${usual})`
      continue
    }
    const read = form.safeParse(value)
    // A secret that is wrong is still a secret.
    const shown = kind === 'secret' ? 'set' : kind === 'address' ? withoutPassword(value) : value
    if (!read.success) wrong.push(`${name} is ${shown}: ${read.error.issues[0]?.message ?? 'not as expected'}.`)
    summary[name] = shown
  }
  const odd = Object.keys(env)
    .filter((name) => name.startsWith('COUNTINGHOUSE_') && !Object.hasOwn(settings, name))
    .map((name) => `${name} is set, and nothing reads it.`)
  return { wrong, odd, summary }
}

function withoutPassword(address: string): string {
  try {
    const url = new URL(address)
    // A password may also stand behind the question mark, so nothing of that is shown.
    return `${url.protocol}//${url.username === '' ? '' : `${url.username}@`}${url.host}${url.pathname}`
  } catch {
    return 'set'
  }
}
