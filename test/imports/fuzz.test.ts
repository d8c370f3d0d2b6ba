import { existsSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { BadInput } from '../../src/imports/index.ts'
import { Refusal } from '../../src/kernel/refusal.ts'
import { heapNow } from '../support/heap.ts'
import { nearly, type Random } from './fuzz-inputs/mutations.ts'
import { type Target, targets } from './fuzz-inputs/plan-files.ts'
import { seeded } from './generated-history.ts'
import { Files, type ImportDesk, openImportDesk } from './support.ts'

/*
 * Files that are nearly good, and files that are broken in every way we know, end in a plan or in one sentence on what is wrong: never in another
 * error, and never in memory that grows.
 *
 * FUZZ_INPUTS: how many files all formats get together; 2,000 unless given, 7,000 in continuous integration.
 * FUZZ_SEED: which; in the name of each test.
 */
const inputs = Number(process.env.FUZZ_INPUTS ?? (process.env.CI === 'true' ? 7_000 : 2_000))
const seed = Number(process.env.FUZZ_SEED ?? 1)
const ofEach = Math.ceil(inputs / targets.length)
/** One in so many is imported whole, in a dry run: what can be planned, the database must take or decline. */
const wholeEvery = 40
const heapMayGrow = 64_000_000

// Most of what reading a small file takes is the disk: memory serves as one where there is such a folder.
const usualFolder = process.env.TMPDIR
if (existsSync('/dev/shm')) process.env.TMPDIR = '/dev/shm'

let desk: ImportDesk
const files = new Files()
beforeAll(async () => {
  desk = await openImportDesk()
})
afterAll(async () => {
  files.remove()
  await desk.close()
  if (usualFolder === undefined) delete process.env.TMPDIR
  else process.env.TMPDIR = usualFolder
})

/** Writes the good files of a target, one of them with other content, and returns their paths. */
class TargetFiles {
  private readonly good: ReadonlyMap<string, string>
  private readonly target: Target

  constructor(target: Target) {
    this.target = target
    const folder = target.name.replaceAll(' ', '-')
    this.good = new Map(
      Object.entries(target.files).map(([name, text]) => [name, files.write(text, `${folder}/${name}`)]),
    )
  }

  get paths(): string[] {
    return [...this.good.values()]
  }

  with(name: string, content: Buffer): string[] {
    const other = files.write(content, `${this.target.name.replaceAll(' ', '-')}/nearly/${name}`)
    return [...this.good].map(([one, path]) => (one === name ? other : path))
  }

  nearly(random: Random): { name: string; content: Buffer } {
    const names = Object.keys(this.target.files)
    const name = names[Math.floor(random() * names.length)] as string
    return { name, content: nearly(name, this.target.files[name] as string, random) }
  }
}

/** That an error is a sentence for whoever sent the file, or fails. */
function expectSentence(error: unknown, about: string): void {
  if (error instanceof Refusal) return
  expect(error, `${about}\n${(error as Error)?.stack}`).toBeInstanceOf(BadInput)
  expect((error as BadInput).message.length, about).toBeLessThan(1_500)
}

describe(`${ofEach * targets.length} files that are nearly good, of seed ${seed}`, () => {
  test.each(targets)(
    `${ofEach} of $name end in a plan or in one sentence`,
    async (target) => {
      const company = await desk.company(target.company)
      const plan = target.planner(company)
      const written = new TargetFiles(target)
      expect(await plan(written.paths)).toBeGreaterThan(0)
      const random = seeded(seed)
      const came = { planned: 0, refused: 0, whole: 0 }
      let heapBefore = 0
      for (let round = 0; round < ofEach; round += 1) {
        if (round === Math.floor(ofEach / 4)) heapBefore = heapNow() // all that is loaded once is loaded by then
        const { name, content } = written.nearly(random)
        const about = `seed ${seed}, round ${round} of ${target.name}, ${name}: ${JSON.stringify(content.toString('latin1').slice(0, 3_000))}`
        const paths = written.with(name, content)
        try {
          await plan(paths)
          came.planned += 1
          if (target.format === null || came.planned % wholeEvery !== 1) continue
          came.whole += 1
          await company.importAs(target.format, paths, { dryRun: true })
        } catch (error) {
          expectSentence(error, about)
          came.refused += 1
        }
      }
      expect(heapNow() - heapBefore).toBeLessThan(heapMayGrow)
      expect(came.planned, 'they are nearly good').toBeGreaterThan(ofEach / 50)
      expect(came.refused, 'and not quite').toBeGreaterThan(ofEach / 50)
      if (target.format !== null) expect(came.whole, 'some are imported whole').toBeGreaterThan(0)
    },
    120_000 + ofEach * 200,
  )
})

test.each(targets.filter(({ format }) => format === null))(
  'a field of $name that fills the screen is told in part',
  async (target) => {
    const plan = target.planner(await desk.company(target.company))
    const [name, text] = Object.entries(target.files)[0] as [string, string]
    const [head, first] = text.split('\n') as [string, string]
    const long = 'x'.repeat(70_000)
    const wrong = [`${head}${long}\n`, `${head}\n${first.replace(/\d(?=[^\d]*$)/, long)}\n`]
    for (const content of wrong) {
      const error = await plan([files.write(content, `long-${name}`)]).catch((reason: Error) => reason)
      expect(error).toBeInstanceOf(BadInput)
      expect((error as BadInput).message.length).toBeLessThan(400)
    }
  },
)

/** The formats that hold no more than a document at a time. */
const boundedFormats = new Set(['online-retail', 'orders', 'shopify-orders', 'olist', 'northwind'])

describe('a file that fills the memory', () => {
  const opening = (name: string, text: string): string =>
    name.endsWith('.json')
      ? '[{"order":"'
      : name.endsWith('.sql')
        ? `INSERT "Orders" VALUES('`
        : `${text.split('\n')[0]}\n"`

  test.each(targets.filter(({ format }) => format !== null && boundedFormats.has(format)))(
    'of $name is refused, and memory stays bounded',
    async (target) => {
      const plan = target.planner(await desk.company(target.company))
      const [name, text] = Object.entries(target.files)[0] as [string, string]
      const bomb = gzipSync(Buffer.concat([Buffer.from(opening(name, text)), Buffer.alloc(80_000_000, 'a')]))
      const paths = [
        files.write(bomb, `bomb-${name}.gz`),
        ...Object.entries(target.files)
          .slice(1)
          .map(([other, content]) => files.write(content, `with-${other}`)),
      ]
      const before = process.memoryUsage().rss
      await expect(plan(paths)).rejects.toBeInstanceOf(BadInput)
      expect(process.memoryUsage().rss - before).toBeLessThan(400_000_000)
    },
    60_000,
  )
})
