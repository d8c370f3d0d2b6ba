/** Where people reach the server, from the environment: by default on this machine alone. */
export type SiteSettings = {
  /** Such as https://books.example.com; undefined for this machine's own name and the port that is taken. */
  origin: string | undefined
  /** The address to listen on once the installation has an owner. */
  bind: string
  hosts: ReadonlySet<string>
  behindProxy: boolean
  secret: string | undefined
  requestsPerMinute: number | undefined
}

/** Reads the settings, or says in a sentence what is wrong with one. */
export function siteSettings(env: NodeJS.ProcessEnv): SiteSettings | string {
  const { COUNTINGHOUSE_URL, COUNTINGHOUSE_BIND, COUNTINGHOUSE_SECRET, COUNTINGHOUSE_BEHIND_PROXY } = env
  const rate = env.COUNTINGHOUSE_REQUESTS_PER_MINUTE
  const origin = COUNTINGHOUSE_URL ? originOf(COUNTINGHOUSE_URL) : undefined
  if (COUNTINGHOUSE_URL && origin === undefined)
    return `COUNTINGHOUSE_URL is an address such as https://books.example.com, not '${COUNTINGHOUSE_URL}'.`
  if (COUNTINGHOUSE_SECRET && COUNTINGHOUSE_SECRET.length < 32)
    return 'COUNTINGHOUSE_SECRET has 32 letters or more, chosen at random.'
  if (rate && !/^[1-9][0-9]{0,8}$/.test(rate)) return `COUNTINGHOUSE_REQUESTS_PER_MINUTE is a number, not '${rate}'.`
  const named = (env.COUNTINGHOUSE_HOSTS ?? '').split(',').map((name) => name.trim().toLowerCase())
  const hosts = [...named, ...(origin === undefined ? [] : [new URL(origin).hostname])].filter((name) => name !== '')
  return {
    origin,
    bind: COUNTINGHOUSE_BIND || '127.0.0.1',
    hosts: new Set(hosts),
    behindProxy: COUNTINGHOUSE_BEHIND_PROXY === '1',
    secret: COUNTINGHOUSE_SECRET || undefined,
    requestsPerMinute: rate ? Number(rate) : undefined,
  }
}

function originOf(text: string): string | undefined {
  try {
    const { protocol, origin, pathname } = new URL(text)
    return /^https?:$/.test(protocol) && pathname === '/' ? origin : undefined
  } catch {
    return undefined
  }
}
