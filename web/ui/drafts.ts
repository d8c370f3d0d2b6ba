/** What somebody entered and has not saved is kept in the browser's session: a reload, or a page left by mistake, loses nothing. */
const prefix = 'countinghouse.draft.'
const nameOf = (name: string): string => `${prefix}${window.location.pathname}.${name}`

export function readDraft<Values>(name: string): Values | undefined {
  try {
    return JSON.parse(sessionStorage.getItem(nameOf(name)) ?? 'null') ?? undefined
  } catch {
    return undefined
  }
}

export function keepDraft(name: string, values: unknown): void {
  try {
    sessionStorage.setItem(nameOf(name), JSON.stringify(values))
  } catch {
    // Without storage the page itself still asks before it is left.
  }
}

export function dropDraft(name: string): void {
  try {
    sessionStorage.removeItem(nameOf(name))
  } catch {
    // There was none.
  }
}

/** Drops every draft of this browser's session. */
export function dropDrafts(): void {
  try {
    for (const name of Object.keys(sessionStorage)) if (name.startsWith(prefix)) sessionStorage.removeItem(name)
  } catch {
    // There were none.
  }
}
