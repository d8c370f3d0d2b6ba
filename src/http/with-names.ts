import type { Tx } from '../kernel/database.ts'
import { namedActors } from '../reports/actors.ts'

type Named<Row, Key extends string> = Row & { [Name in Key as `${Name}Name`]: Row[Name & keyof Row] }

/** Rows with the names of those whom the fields name: `author` gets `authorName` beside it, for people. One statement for all of them. */
export async function withNames<const Key extends string, Row extends Readonly<Record<Key, string | null>>>(
  tx: Tx,
  rows: readonly Row[],
  fields: readonly Key[],
): Promise<Named<Row, Key>[]> {
  const actorOf = await namedActors(
    tx,
    rows.flatMap((row) => fields.flatMap((field) => row[field] ?? [])),
  )
  return rows.map((row) => ({
    ...row,
    ...Object.fromEntries(
      fields.map((field) => [`${field}Name`, row[field] === null ? null : actorOf(row[field] as string).name]),
    ),
  })) as Named<Row, Key>[]
}
