/** What somebody entered and has not saved is kept in the browser's session: a reload, or a page left by mistake, loses nothing. */
const prefix = 'countinghouse.draft.'

export type KeptDraft<Values> = {
  read(): Values | undefined
  keep(values: Values): void
  drop(): void
}

/**
 * The draft of this name at the address of now. It stays that one: while somebody is asked whether they leave, the browser shows already where
 * they are going.
 */
export function draftHere<Values>(name: string): KeptDraft<Values> {
  const at = `${prefix}${window.location.pathname}.${name}`
  return {
    read: () => {
      try {
        return JSON.parse(sessionStorage.getItem(at) ?? 'null') ?? undefined
      } catch {
        return undefined
      }
    },
    keep: (values) => {
      try {
        sessionStorage.setItem(at, JSON.stringify(values))
      } catch {
        // Without storage the page itself still asks before it is left.
      }
    },
    drop: () => {
      try {
        sessionStorage.removeItem(at)
      } catch {
        // There was none.
      }
    },
  }
}

export const readDraft = <Values>(name: string): Values | undefined => draftHere<Values>(name).read()
export const keepDraft = (name: string, values: unknown): void => draftHere(name).keep(values)
export const dropDraft = (name: string): void => draftHere(name).drop()

/** Drops every draft of this browser's session. */
export function dropDrafts(): void {
  try {
    for (const name of Object.keys(sessionStorage)) if (name.startsWith(prefix)) sessionStorage.removeItem(name)
  } catch {
    // There were none.
  }
}
