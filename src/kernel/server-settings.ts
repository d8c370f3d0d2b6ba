/** What a server says of itself; the version as PostgreSQL numbers it, 150004 for 15.4. */
export type ServerSettings = {
  version: number
  fsync: string
  full_page_writes: string
  synchronous_commit: string
}

const OLDEST_VERSION = 15

/** Turned off, each of these makes PostgreSQL lose, after a crash, what it had confirmed. */
const DURABILITY = ['fsync', 'full_page_writes', 'synchronous_commit'] as const

/** The sentence that says why books cannot be kept on such a server, or null when they can. */
export function refusalOf(settings: ServerSettings): string | null {
  const version = Math.floor(settings.version / 10_000)
  if (version < OLDEST_VERSION) {
    return `The database server is PostgreSQL ${version}; Countinghouse needs PostgreSQL ${OLDEST_VERSION} or later.`
  }
  const off = DURABILITY.find((name) => settings[name] === 'off')
  if (!off) return null
  return `The database server runs with ${off} = off and would lose confirmed postings in a crash; turn ${off} on and start again.`
}
