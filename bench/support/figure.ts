import { availableParallelism, loadavg } from 'node:os'
import type { BenchServer } from './bench-database.ts'

/** How long a figure measures: pairs of a job and what it is compared with, each side at least so long. */
export type Effort = { pairs: number; sideMs: number }

/** Of a figure of many parts, such as screens, only those whose names begin with one of these; all of them where there is none. */
export type Narrowed = Effort & { only: readonly string[] }

/** One measured figure. A share is of what the job is compared with; the target is at least, or for `ms`, `MB` and `kB` at most. */
export type Measured = {
  name: string
  measured: number
  unit: 'share' | '/s' | 'ms' | 'MB' | 'kB' | 'times'
  target: number
  ok: boolean
  /** How it came about: rates, the single pairs. */
  detail: string
  load: string
}

export type Figure = {
  name: string
  /** Whether it runs without being named. */
  always: boolean
  /** The effort when named, and when all run together within their minutes. */
  effort: { named: Effort; together: Effort }
  measure(server: BenchServer, effort: Narrowed): Promise<Measured[]>
}

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? at(sorted, middle) : (at(sorted, middle - 1) + at(sorted, middle)) / 2
}

const at = (values: readonly number[], index: number): number => values[index] ?? Number.NaN

const load = (): string => `load ${loadavg()[0]?.toFixed(1)} on ${availableParallelism()} cores`

type Bound = { name: string; measured: number; target: number; detail: string }

/** A share that must not fall below its target. */
export const atLeast = ({ name, measured, target, detail }: Bound, unit: Measured['unit'] = 'share'): Measured => ({
  name,
  measured,
  unit,
  target,
  ok: measured >= target,
  detail,
  load: load(),
})

/** A time or a size that must not exceed its target. */
export const atMost = ({ name, measured, target, detail }: Bound, unit: Measured['unit']): Measured => ({
  name,
  measured,
  unit,
  target,
  ok: measured <= target,
  detail,
  load: load(),
})

/** Milliseconds that work takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}

/** The median of the pairs' shares, with the pairs themselves. */
export function shareOfPairs(shares: readonly number[]): { measured: number; pairs: string } {
  const pairs = `${shares.length} pairs: ${shares.map((share) => share.toFixed(2)).join(' ')}`
  return { measured: median(shares), pairs }
}
