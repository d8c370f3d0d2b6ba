import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { reports } from '../../src/reports/index.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const textOf = (path: string): string => readFileSync(join(root, path), 'utf8')

/** Every text that the application shows: those of its catalogues, the titles of reports, and what the check of an import offers. */
function shownTexts(): string[] {
  const catalogues = readdirSync(join(root, 'web'), { recursive: true, encoding: 'utf8' }).filter((path) =>
    /(^|[\\/])(texts|names)\.ts$/.test(path),
  )
  const said = catalogues.flatMap((path) =>
    [...textOf(join('web', path)).matchAll(/(?<=[:\s])(?:'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)")(?=,?\n)/g)].map(
      ([, single, double]) => (single ?? double ?? '').replaceAll("\\'", "'"),
    ),
  )
  const remedies = [...textOf('src/http/import-remedies.ts').matchAll(/label: '([^']+)'/g)].map(
    ([, label = '']) => label,
  )
  return [...said, ...remedies, ...Object.values(reports).map(({ title }) => title)]
}

/** A text as a pattern: what stands in double braces is filled in by the application. */
const patternOf = (text: string): RegExp =>
  new RegExp(
    `^${text
      .replace(/[.*+?^$()|[\]\\]/g, '\\$&')
      .replaceAll('{{count}}', '[0-9,]+')
      .replace(/\{\{\w+\}\}/g, '.+')}$`,
  )

// What is but a name to fill in would match anything.
const patterns = shownTexts()
  .filter((text) => /\w/.test(text.replace(/\{\{\w+\}\}/g, '')))
  .map(patternOf)

const quotedIn = (section: string): string[] =>
  [...section.matchAll(/\*\*([^*]+)\*\*/g)].map(([, text = '']) => text.replace(/\s+/g, ' '))

const unknown = (texts: readonly string[]): string[] =>
  texts.filter((text) => !patterns.some((pattern) => pattern.test(text)))

describe('a month of bookkeeping', () => {
  const [, walk = ''] = /\n(## A month of bookkeeping\n.*?)\n## /s.exec(textOf('docs/user-guide.md')) ?? []
  const quoted = quotedIn(walk).filter((text) => text !== 'bold')

  test('quotes screens and buttons as the application writes them', () => {
    expect(quoted.length).toBeGreaterThan(60)
    expect(unknown(quoted)).toEqual([])
  })

  test('would tell of a button that is called otherwise', () => {
    expect(unknown(['Post it now', 'Save and move the lines'])).toEqual(['Post it now', 'Save and move the lines'])
  })

  test('shows pictures that are there, and small', () => {
    const pictures = [...walk.matchAll(/!\[[^\]]+\]\(([^)]+)\)/g)].map(([, path = '']) => join('docs', path))
    expect(pictures.length).toBeGreaterThan(1)
    expect(pictures.filter((path) => !existsSync(join(root, dirname(path), path.split('/').at(-1) ?? '')))).toEqual([])
    expect(pictures.filter((path) => readFileSync(join(root, path)).length > 150_000)).toEqual([])
  })
})
