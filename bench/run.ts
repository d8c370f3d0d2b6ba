/**
 * `npm run bench [NAME…] [--json] [--quick] [--only=SCREEN…]`: measures and says, a line a figure, what was measured, its target, whether it holds, and how busy the machine
 * was. Without names it takes shorter turns and leaves out the sizes that take minutes to fill. `--quick` takes one short pair of
 * each, to see that a bench runs: no figure to go by. `--only` measures no other screens than those whose addresses begin so. Ends with 1 where a figure is short.
 */
import { bulkJournals } from './bulk-journals.ts'
import { httpReads } from './http-reads.ts'
import { importHistory } from './import-history.ts'
import { largePosting, largeReports, millionPosting, millionReports } from './large-books.ts'
import { mappingPreview } from './mapping-preview.ts'
import { postingBatch } from './posting-batch.ts'
import { postingHot } from './posting-hot.ts'
import { screensOfMillion } from './screens.ts'
import { startBenchServer } from './support/bench-database.ts'
import type { Figure, Measured } from './support/figure.ts'

const figures: readonly Figure[] = [
  postingBatch,
  postingHot,
  importHistory,
  mappingPreview,
  millionPosting,
  millionReports,
  httpReads,
  screensOfMillion,
  bulkJournals,
  largePosting,
  largeReports,
]

const quick = { pairs: 1, sideMs: 2_000 }
const words = process.argv.slice(2)
const names = words.filter((word) => !/^--(json|quick|only=.*)$/.test(word))
const only = words.flatMap((word) => (word.startsWith('--only=') ? [word.slice('--only='.length)] : []))
const json = words.includes('--json')
const unknown = names.filter((name) => !figures.some((figure) => figure.name === name))
if (unknown.length > 0) {
  console.error(`There is no figure ${unknown.join(', ')}; there are ${figures.map(({ name }) => name).join(', ')}.`)
  process.exit(2)
}

const signs: Record<Measured['unit'], (value: number) => string> = {
  share: (value) => value.toFixed(2),
  times: (value) => `${value.toFixed(2)}×`,
  ms: (value) => `${value.toFixed(1)} ms`,
  '/s': (value) => `${value.toFixed(0)} /s`,
  MB: (value) => `${value.toFixed(0)} MB`,
  kB: (value) => `${value.toFixed(0)} kB`,
}

function lineOf({ name, measured, unit, target, ok, detail, load }: Measured): string {
  const bound = `${unit === 'share' || unit === '/s' ? 'at least' : 'at most'} ${signs[unit](target)}`
  return `${name.padEnd(28)} ${signs[unit](measured).padStart(9)}  ${bound.padEnd(18)} ${ok ? 'ok   ' : 'short'}  ${load}; ${detail}`
}

const server = await startBenchServer()
const measured: Measured[] = []
try {
  for (const figure of figures) {
    if (names.length === 0 ? !figure.always : !names.includes(figure.name)) continue
    const effort = words.includes('--quick') ? quick : names.length === 0 ? figure.effort.together : figure.effort.named
    for (const one of await figure.measure(server, { ...effort, only })) {
      measured.push(one)
      if (!json) console.log(lineOf(one))
    }
  }
} finally {
  await server.stop()
}
if (json) console.log(JSON.stringify({ figures: measured }))
process.exitCode = measured.every(({ ok }) => ok) ? 0 : 1
