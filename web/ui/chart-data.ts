import type { Amount } from './exact.ts'

/** What is drawn: for each place an amount of each series, in their order; places lead to what their amounts are made of. */
export type ChartData = {
  label: string
  /** Two at most: the first is what is looked at, the second stands beside it. */
  series: readonly string[]
  places: readonly { key: string; name: string; amounts: readonly (Amount | null)[]; to?: string | undefined }[]
  /** Places follow each other in time, or by age: columns. Otherwise they are parts of a whole: rows, by name. */
  inOrder: boolean
}
