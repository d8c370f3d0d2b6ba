/** What stands behind the `?` of the address, as text; a name that stands there twice is a list. */
export type Search = Readonly<Record<string, string | readonly string[] | undefined>>

export function parseSearch(text: string): Search {
  const given = new URLSearchParams(text)
  return Object.fromEntries(
    [...new Set(given.keys())].map((name) => {
      const values = given.getAll(name)
      return [name, values.length > 1 ? values : values[0]]
    }),
  )
}

export function writeSearch(search: Readonly<Record<string, unknown>>): string {
  const given = new URLSearchParams()
  for (const [name, value] of Object.entries(search)) {
    for (const one of [value].flat())
      if (one !== undefined && one !== null && one !== '') given.append(name, String(one))
  }
  const text = given.toString()
  return text === '' ? '' : `?${text}`
}
