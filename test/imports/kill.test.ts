import { beforeAll, expect, test } from 'vitest'
import type { NewCompany } from '../../src/modules/company/index.ts'
import { generatedHistory, seeded } from './generated-history.ts'
import { generatedNorthwind, generatedOlist, generatedOrders, generatedShopifyOrders } from './generated-orders.ts'
import { type BooksAndRows, type Importing, type Moment, StruckImports } from './struck-imports.ts'

/*
 * An import that is killed, or whose PostgreSQL is, and then run again comes to the books of one that nobody disturbed; and between the two no
 * entry is there by half.
 *
 * KILL_ROUNDS: how many times each of both is tried, each time with other moments; 1 unless given.
 * KILL_SEED: which moments; in the name of each test.
 * KILL_FILES: a folder or file to import in place of the generated history, KILL_BATCH its lines in a batch.
 */
const rounds = Number(process.env.KILL_ROUNDS ?? 1)
const seed = Number(process.env.KILL_SEED ?? 1)
const batchLines = process.env.KILL_BATCH ?? '150'

const struck = new StruckImports()
let history: Importing
let expected: BooksAndRows
beforeAll(async () => {
  const path = process.env.KILL_FILES ?? struck.files.write(generatedHistory(seed, 400))
  history = { format: 'online-retail', paths: [path], batchLines }
  const undisturbed = await struck.company()
  await undisturbed.importFiles([path])
  expected = await struck.stateOf(undisturbed)
})

/** Moments in every phase; those of a shorter time than the phase takes hit it. */
const momentsOf = (random: () => number): Moment[] => [
  { phase: 'reading', share: 0, delayMs: Math.floor(random() * 400) },
  { phase: 'posting', share: random() * 0.4, delayMs: Math.floor(random() * 20) },
  { phase: 'posting', share: 0.4 + random() * 0.5, delayMs: Math.floor(random() * 20) },
  { phase: 'linking', share: 0, delayMs: Math.floor(random() * 30) },
  { phase: 'sealing', share: 0, delayMs: Math.floor(random() * 30) },
]

const eachRound = Array.from({ length: rounds }, (_, round) => seed + round)

test.each(eachRound)(
  'an import that is killed and run again loses and doubles nothing (seed %i)',
  async (roundSeed) => {
    const company = await struck.company()
    const ends: unknown[] = []
    for (const moment of momentsOf(seeded(roundSeed))) {
      ends.push(await struck.killed(company, history, moment))
      await struck.expectWhole(company)
    }
    expect(ends.slice(0, 3)).toEqual(['SIGKILL', 'SIGKILL', 'SIGKILL'])
    await struck.expectFinished(company, history, expected)
  },
  60_000 + 30_000 * rounds,
)

test.each(eachRound)(
  'an import whose PostgreSQL is killed says so, and run again loses and doubles nothing (seed %i)',
  async (roundSeed) => {
    const company = await struck.company()
    const ends: unknown[] = []
    for (const moment of momentsOf(seeded(roundSeed)).slice(1)) {
      ends.push(await struck.withoutServer(company, history, moment))
      await struck.expectWhole(company)
    }
    expect(ends.slice(0, 2)).toEqual([3, 3])
    expect(ends.slice(2).every((end) => end === 3 || end === 0)).toBe(true)
    await struck.expectFinished(company, history, expected)
  },
  60_000 + 60_000 * rounds,
)

/** The imports of orders that are killed, with how many documents come of their files. */
const orderImports: { format: string; documents: number; write: () => string[]; company?: Partial<NewCompany> }[] = [
  { format: 'orders', documents: 480, write: () => [struck.files.write(generatedOrders(400), 'orders.jsonl')] },
  {
    format: 'shopify-orders',
    documents: 454,
    write: () => [struck.files.write(generatedShopifyOrders(400), 'shopify.csv')],
  },
  {
    format: 'olist',
    documents: 400,
    company: { country: 'BR', currency: 'BRL' },
    write: () =>
      Object.entries(generatedOlist(400)).map(([name, text]) => struck.files.write(text, `marketplace/${name}`)),
  },
  {
    format: 'northwind',
    documents: 400,
    company: { country: 'US', currency: 'USD' },
    write: () => [struck.files.write(generatedNorthwind(400), 'wholesaler.sql')],
  },
]

test.each(orderImports)(
  `an import of $format that is killed, or whose PostgreSQL is, and run again loses and doubles nothing (seed ${seed})`,
  async ({ format, documents, write, company: of }) => {
    const what = { format, paths: write(), batchLines }
    const undisturbed = await struck.company(of)
    const { documents: done } = await undisturbed.importAs(format, what.paths)
    expect(done).toEqual({ created: documents, existing: 0, refused: 0 })
    const as = await struck.stateOf(undisturbed)
    const moments = momentsOf(seeded(seed)).slice(1)

    const company = await struck.company(of)
    const ends: unknown[] = []
    for (const moment of moments.slice(0, 3)) ends.push(await struck.killed(company, what, moment))
    expect(ends).toContain('SIGKILL')
    await struck.expectFinished(company, what, as)

    const another = await struck.company(of)
    const stops: unknown[] = []
    for (const moment of moments.slice(0, 2)) stops.push(await struck.withoutServer(another, what, moment))
    expect(stops).toContain(3)
    await struck.expectFinished(another, what, as)
  },
  120_000,
)
