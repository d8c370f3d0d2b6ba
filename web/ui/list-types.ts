import type { ReactNode } from 'react'
import type { Operations } from './api.ts'

/** The operations that answer with rows by pages; of the reports those that have pages. */
export type Listing = {
  [Name in keyof Operations]: Operations[Name]['result'] extends { rows: unknown[]; next?: string | null }
    ? 'next' extends keyof Operations[Name]['result']
      ? Name
      : never
    : never
}[keyof Operations]
export type RowOf<Name extends Listing> = Operations[Name]['result'] extends { rows: (infer Row)[] } ? Row : never
export type QueryOf<Name extends Listing> = Operations[Name]['query']
export type AnswerOf<Name extends Listing> = Operations[Name]['result']

export type Column<Row> = {
  id: string
  header: string
  cell(row: Row): ReactNode
  /** Figures stand on the right. */
  right?: boolean
  /** Shown only when somebody chooses it. */
  optional?: boolean
  /** Left out on a phone. */
  wide?: boolean
  /** Short, and never broken into lines: a number. */
  whole?: boolean
  /** What it is in a file; without it, the column is not exported. */
  text?(row: Row): string
  /** The values of `sort` that put the list in its order. */
  sort?: { ascending: string; descending: string }
}

/** The operations that say how many rows a list has. */
export type Counting = {
  [Name in keyof Operations]: Operations[Name]['result'] extends { count: number | null; more: boolean } ? Name : never
}[keyof Operations]

/** A filter of the list: its name is that of the API, and of the address. */
export type Filter = {
  name: string
  label: string
} & ({ kind: 'text' } | { kind: 'day' } | { kind: 'choice'; options: readonly { value: string; label: string }[] })

export type BulkAction<Row> = {
  id: string
  label: string
  danger?: boolean
  /** `false` says that nothing was done, since somebody thought better of it: the rows stay chosen. */
  run(rows: readonly Row[]): unknown
}

/** The set without a key that it holds, or with one that it does not. */
export function toggled(set: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const other = new Set(set)
  if (!other.delete(key)) other.add(key)
  return other
}
