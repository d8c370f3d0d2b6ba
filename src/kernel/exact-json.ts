/** Writes a value as JSON that may hold bigints, which have no form there: as `{"$minor":"12"}`. */
export const exactJson = (value: unknown): string =>
  JSON.stringify(value, (_name, part) => (typeof part === 'bigint' ? { $minor: String(part) } : part))

/** Gives parsed JSON that `exactJson` wrote its bigints back. */
export const fromExactJson = (parsed: unknown): unknown =>
  JSON.parse(JSON.stringify(parsed), (_name, part) =>
    typeof part === 'object' && part !== null && '$minor' in part ? BigInt(part.$minor) : part,
  )
