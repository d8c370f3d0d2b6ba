import { expect, test } from 'vitest'
import {
  generatedBeancount,
  generatedCsvJournal,
  generatedHledger,
  generatedOpening,
  generatedRates,
  generatedXero,
} from './generated-books.ts'
import { seeded } from './generated-history.ts'
import { type Moment, StruckImports } from './struck-imports.ts'

/*
 * An import of earlier books that is killed, or whose PostgreSQL is, and then run again comes to the books of one that nobody disturbed; and
 * between the two no entry is there by half.
 *
 * KILL_ROUNDS: how many times each is tried, each time with other moments; 1 unless given.
 * KILL_SEED: which moments; in the name of each test.
 */
const rounds = Number(process.env.KILL_ROUNDS ?? 1)
const firstSeed = Number(process.env.KILL_SEED ?? 1)
const struck = new StruckImports()
const files = struck.files

/** In every phase; those of a shorter time than the phase takes hit it. */
const momentsOf = (random: () => number): [first: Moment, second: Moment, ...Moment[]] => [
  { phase: 'posting', share: 0, delayMs: Math.floor(random() * 60) },
  { phase: 'reading', share: 0, delayMs: Math.floor(random() * 400) },
  { phase: 'posting', share: 0.2 + random() * 0.4, delayMs: Math.floor(random() * 20) },
  { phase: 'posting', share: 0.6 + random() * 0.3, delayMs: Math.floor(random() * 20) },
  { phase: 'sealing', share: 0, delayMs: Math.floor(random() * 30) },
]

const imports: { name: string; format: string; created: number; batchLines: number; write: () => string[] }[] = [
  {
    name: 'a journal of hledger',
    format: 'journal',
    created: 720,
    batchLines: 100,
    write: () => [files.write(generatedHledger(600), 'books.journal')],
  },
  {
    name: 'a journal of beancount and one as CSV',
    format: 'journal',
    created: 600,
    batchLines: 100,
    write: () => [
      files.write(generatedBeancount(300), 'books.beancount'),
      files.write(generatedCsvJournal(300), 'books.csv'),
    ],
  },
  {
    name: 'opening balances',
    format: 'opening-balances',
    created: 1,
    batchLines: 100,
    write: () => [files.write(generatedOpening(1_500), 'opening.csv')],
  },
  {
    name: "Xero's journals",
    format: 'xero-journals',
    created: 525,
    batchLines: 100,
    write: () => Object.entries(generatedXero(300)).map(([name, text]) => files.write(text, name)),
  },
]

const eachRound = Array.from({ length: rounds }, (_, round) => firstSeed + round)

for (const seed of eachRound) {
  test.each(imports)(
    `$name: killed and run again, nothing is lost or doubled (seed ${seed})`,
    async ({ format, created, batchLines, write }) => {
      const what = { format, paths: write(), batchLines }
      const undisturbed = await struck.company({ chart: 'generic' })
      const { documents } = await undisturbed.importAs(format, what.paths, { batchLines })
      expect(documents).toEqual({ created, existing: 0, refused: 0 })
      const as = await struck.stateOf(undisturbed)
      const [first, second, ...moments] = momentsOf(seeded(seed))

      const company = await struck.company({ chart: 'generic' })
      const ends: unknown[] = []
      for (const moment of [first, second, ...moments]) {
        ends.push(await struck.killed(company, what, moment))
        await struck.expectWhole(company)
      }
      expect(ends[0]).toBe('SIGKILL')
      await struck.expectFinished(company, what, as)

      const another = await struck.company({ chart: 'generic' })
      expect(await struck.withoutServer(another, what, first)).toBe(3)
      await struck.expectWhole(another)
      expect([0, 3]).toContain(await struck.withoutServer(another, what, moments[0] as Moment))
      await struck.expectWhole(another)
      await struck.expectFinished(another, what, as)
    },
    180_000,
  )

  test(`reference rates: killed and run again, all are there once, and never some of them (seed ${seed})`, async () => {
    const days = 4_000
    const what = {
      format: 'ecb-rates',
      paths: [files.write(generatedRates(days, 2000 + 20 * seed), 'rates.csv')],
      batchLines: 1,
    }
    const rates = async (): Promise<number> => {
      const { rows } = await struck.database.owner.query<{ rates: number }>(
        'select count(*)::int as rates from reference_rate',
      )
      return rows[0]?.rates as number
    }
    const before = await rates()
    const random = seeded(seed)
    const none = { id: 0n }
    const ends: unknown[] = []
    // At once, while it reads, and about when it writes.
    for (const delayMs of [0, ...[100, 200, 400].map((most) => Math.floor(random() * most))]) {
      ends.push(await struck.killed(none, what, { phase: 'reading', share: 0, delayMs }))
      expect([0, 2 * days]).toContain((await rates()) - before)
    }
    expect(ends[0]).toBe('SIGKILL')
    expect(ends.every((end) => end === 'SIGKILL' || end === 0)).toBe(true)
    const moment = { phase: 'reading', share: 0, delayMs: Math.floor(100 + random() * 500) }
    expect([0, 3]).toContain(await struck.withoutServer(none, what, moment))
    expect([0, 2 * days]).toContain((await rates()) - before)
    expect(await struck.run(none, what)).toEqual({ end: 0, said: '' })
    expect((await rates()) - before).toBe(2 * days)
  }, 120_000)
}
