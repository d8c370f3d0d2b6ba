import { afterAll, beforeAll, expect, test } from 'vitest'
import { importEcbRates } from '../../src/imports/ecb-rates/index.ts'
import { BadInput, type ImportResult } from '../../src/imports/index.ts'
import { Refusal } from '../../src/kernel/refusal.ts'
import { goodFiles } from './fuzz-inputs/good-files.ts'
import { nearly, type Random } from './fuzz-inputs/mutations.ts'
import {
  generatedBeancount,
  generatedCsvJournal,
  generatedHledger,
  generatedOpening,
  generatedRates,
  generatedXero,
  openingAsJson,
} from './generated-books.ts'
import { seeded } from './generated-history.ts'
import { expectSound, type ImportDesk, type ImportingCompany, openImportDesk } from './support.ts'

/*
 * Files of earlier books, good ones and such that are nearly good, are imported and posted: each ends in entries that balance, in an exception or
 * in one sentence, and never in a part of what was refused.
 *
 * FUZZ_POSTS: how many files each format gets; 40 unless given, 100 in continuous integration.
 * FUZZ_SEED: which; in the name of each test.
 */
const inputs = Number(process.env.FUZZ_POSTS ?? (process.env.CI === 'true' ? 100 : 40))
const seed = Number(process.env.FUZZ_SEED ?? 1)
const longestSentence = 1_500

let desk: ImportDesk
beforeAll(async () => {
  desk = await openImportDesk()
})
afterAll(() => desk.close())

type FilesOf = Readonly<Record<string, string>>
type Target = {
  name: string
  format: string
  /** How many files one company gets: what comes later meets what is there already. */
  perCompany: number
  /** Good files of a size. */
  generate: (size: number) => FilesOf
  small: FilesOf
}

const targets: Target[] = [
  {
    name: 'a journal as CSV',
    format: 'journal',
    perCompany: 20,
    generate: (size) => ({ 'a.csv': generatedCsvJournal(size) }),
    small: goodFiles.journal,
  },
  {
    name: 'a journal of hledger',
    format: 'journal',
    perCompany: 20,
    generate: (size) => ({ 'a.journal': generatedHledger(size) }),
    small: goodFiles.hledger,
  },
  {
    name: 'a journal of beancount',
    format: 'journal',
    perCompany: 20,
    generate: (size) => ({ 'a.beancount': generatedBeancount(size) }),
    small: goodFiles.beancount,
  },
  {
    name: 'opening balances as CSV',
    format: 'opening-balances',
    perCompany: 3,
    generate: (size) => ({ 'a.csv': generatedOpening(size) }),
    small: goodFiles.opening,
  },
  {
    name: 'opening balances as JSON',
    format: 'opening-balances',
    perCompany: 3,
    generate: (size) => ({ 'a.json': openingAsJson(generatedOpening(size)) }),
    small: goodFiles.openingJson,
  },
  { name: "Xero's tables", format: 'xero-journals', perCompany: 20, generate: generatedXero, small: generatedXero(3) },
]

/** One file of the input is nearly what it was, or none. */
function inputOf({ generate, small }: Target, random: Random): Record<string, string | Buffer> {
  const kind = random()
  const size = 1 + Math.floor(random() * 12)
  if (kind < 0.3) return { ...generate(size) }
  const good = kind < 0.65 ? small : generate(size)
  const names = Object.keys(good)
  const name = names[Math.floor(random() * names.length)] as string
  return { ...good, [name]: nearly(name, good[name] as string, random) }
}

const entriesOf = async (company: ImportingCompany): Promise<number> =>
  (await company.look<{ entries: number }>('select count(*)::int as entries from journal_entry'))[0]?.entries as number

/** What became of an import: its result, or undefined where it ended in one sentence. */
async function outcomeOf(importing: Promise<ImportResult>, about: string): Promise<ImportResult | undefined> {
  try {
    return await importing
  } catch (error) {
    if (!(error instanceof Refusal)) expect(error, `${about}\n${(error as Error)?.stack}`).toBeInstanceOf(BadInput)
    expect((error as Error).message.length, about).toBeLessThan(longestSentence)
    return undefined
  }
}

test.each(targets)(
  `$name: ${inputs} files of seed ${seed} are posted wholly or not at all`,
  async (target) => {
    const random = seeded(seed)
    const came = { posted: 0, refused: 0 }
    let company = await desk.company({ chart: 'generic' })
    for (let round = 0; round < inputs; round += 1) {
      const input = inputOf(target, random)
      const shown = Object.entries(input).map(([name, text]) => `${name}:\n${text.toString('latin1' as never)}`)
      const about = `seed ${seed}, round ${round}\n${shown.join('\n').slice(0, 4_000)}`
      if (round % target.perCompany === 0) {
        await expectSound(company, about)
        company = await desk.company({ chart: 'generic' })
      }
      const before = await entriesOf(company)
      const paths = Object.entries(input).map(([name, text]) => desk.files.write(text, `${target.format}/${name}`))
      const result = await outcomeOf(company.importAs(target.format, paths), about)
      expect((await entriesOf(company)) - before, about).toBe(result?.documents.created ?? 0)
      expect(await company.halfEntries(), about).toEqual([])
      if (result === undefined) came.refused += 1
      else {
        came.posted += 1
        const again = await company.importAs(target.format, paths)
        const { created, existing, refused } = result.documents
        expect(again.documents, about).toEqual({ created: 0, existing: created + existing, refused })
      }
    }
    await expectSound(company, `seed ${seed}, at the end`)
    expect(came.posted).toBeGreaterThan(inputs / 10)
    expect(came.refused).toBeGreaterThan(inputs / 10)
  },
  60_000 + inputs * 2_000,
)

test(`reference rates: ${inputs} files of seed ${seed} are saved wholly or not at all`, async () => {
  const random = seeded(seed)
  const versions = async (): Promise<number> => {
    const { rows } = await desk.database.owner.query<{ rates: number }>(
      'select count(*)::int as rates from reference_rate',
    )
    return rows[0]?.rates as number
  }
  let saved = 0
  for (let round = 0; round < inputs; round += 1) {
    const text = generatedRates(1 + Math.floor(random() * 6), 2000 + Math.floor(random() * 3))
    const content = random() < 0.3 ? text : nearly('a.csv', text, random)
    const about = `seed ${seed}, round ${round}: ${content.toString()}`
    const before = await versions()
    const path = desk.files.write(content, 'rates.csv')
    const outcome = await importEcbRates(desk.database, [path]).catch((error: unknown) => error)
    if (outcome instanceof Error) {
      expect(outcome, `${about}\n${outcome.stack}`).toBeInstanceOf(BadInput)
      expect(await versions(), about).toBe(before)
      continue
    }
    const { created, corrected } = outcome as { created: number; corrected: number }
    expect((await versions()) - before, about).toBe(created + corrected)
    saved += 1
  }
  expect(saved).toBeGreaterThan(inputs / 10)
}, 120_000)
