import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { commands } from '../../src/cli/commands.ts'
import { importFormats } from '../../src/imports/index.ts'
import { BadInput } from '../../src/kernel/bad-input.ts'
import { refusals } from '../../src/kernel/refusal.ts'
import { settings } from '../../src/kernel/settings.ts'
import { roles } from '../../src/ledger/charts/index.ts'
import { checks, exportFormats, reports } from '../../src/reports/index.ts'
import { parseStory } from '../../src/stories/index.ts'
import { refusalPage } from '../../tools/docs/refusal-page.ts'
import { routeRefusalProgram } from '../../tools/docs/route-refusals.ts'
import { layers } from '../../tools/tidy/layers.ts'
import { readRepository } from '../../tools/tidy/repository.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const textOf = (path: string): string => readFileSync(join(root, path), 'utf8')
const filesIn = (folder: string, ending: RegExp): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => ending.test(path))
    .map((path) => join(folder, path))

const missingFrom = (page: string, names: readonly string[]): string[] => {
  const text = textOf(page)
  return names.filter((name) => !text.includes(`\`${name}\``))
}

test('docs/refusals.md is the catalogue of refusals; `npm run refusals` writes it anew', () => {
  expect(missingFrom('docs/refusals.md', Object.keys(refusals))).toEqual([])
  expect(textOf('docs/refusals.md').split('\n')).toEqual(refusalPage().split('\n'))
})

test('the API document tells the refusals that each route can reach; `npm run refusals` writes them anew', () => {
  const written = textOf('src/http/refusals-of-routes.ts').split('\n')
  expect(routeRefusalProgram(readRepository(root)).split('\n')).toEqual(written)
})

describe('the user guide', () => {
  const guide = textOf('docs/user-guide.md')

  test.each(Object.entries(commands))('names the command %s with all of its options', (name, { usage }) => {
    expect(guide).toContain(`countinghouse ${name}`)
    const options = usage.match(/--[a-z-]+/g) ?? []
    expect(options.filter((option) => !guide.includes(option))).toEqual([])
  })

  test('names every report, export and import format', () => {
    expect(missingFrom('docs/user-guide.md', [...Object.keys(reports), ...exportFormats, ...importFormats])).toEqual([])
  })
})

describe('the page of the architecture', () => {
  const rows = [...textOf('docs/architecture.md').matchAll(/^\| (`[^|]*`) \| [^|]* \| ([^|]*?) ?\|$/gm)]
  const folders = rows.flatMap(([, names = '', imports = '']) =>
    [...names.matchAll(/`([^`]+)`/g)].map(([, path = '']) => ({ path, imports: imports.trim() })),
  )

  test('names every folder of the product, and none that is not there', () => {
    const here = readdirSync(join(root, 'src'), { withFileTypes: true }).filter((entry) => entry.isDirectory())
    const named = folders.map(({ path }) => path)
    expect(here.map(({ name }) => `src/${name}`).filter((path) => !named.includes(path))).toEqual([])
    expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([])
  })

  test('says of each layer what it may import, as the house rules hold it to', () => {
    const inWords = folders.filter(({ path, imports }) => path.startsWith('src/') && !/everything/.test(imports))
    const said = inWords.map(({ path, imports }) => {
      const names = imports === 'nothing of ours' ? [] : imports.split(', ')
      return [path.slice('src/'.length), names.filter((name) => name !== 'listed siblings').sort()]
    })
    expect(said).toEqual(said.map(([layer]) => [layer, [...(layers[layer as string] ?? [])].sort()]))
    expect(said.length).toBeGreaterThan(7)
  })
})

describe('the page of operations', () => {
  test('names every setting that the code reads, and so does the list that is validated', () => {
    const read = filesIn('src', /\.ts$/).flatMap((path) => [
      ...textOf(path).matchAll(/\benv\.((?:COUNTINGHOUSE|DATABASE)_[A-Z_]+|PORT)\b/g),
    ])
    expect(read.length).toBeGreaterThan(5)
    const names = read.map(([, name = '']) => name)
    expect(names.filter((name) => !Object.hasOwn(settings, name))).toEqual([])
    expect(missingFrom('docs/operations.md', names)).toEqual([])
  })

  test('names every metric', () => {
    const names = [...textOf('src/http/metrics.ts').matchAll(/'((?:countinghouse|http)_[a-z_]+)'/g)].map(
      ([, name = '']) => name,
    )
    expect(names.length).toBeGreaterThan(6)
    expect(missingFrom('docs/operations.md', names)).toEqual([])
  })
})

describe('the page of accounting', () => {
  test('names every check', () => {
    expect(
      missingFrom(
        'docs/accounting.md',
        checks.map(({ name }) => name),
      ),
    ).toEqual([])
  })

  test('names every rule that posts, and its file', () => {
    const files = filesIn('src/posting', /\.ts$/)
    const rules = files.flatMap((path) => {
      const [, rule] = /(?:rule: |rule = |Entry\(\s*)'([a-z-]+)'/.exec(textOf(path)) ?? []
      return rule === undefined ? [] : [rule, path]
    })
    expect(rules.length).toBeGreaterThan(30)
    expect(missingFrom('docs/accounting.md', rules)).toEqual([])
  })

  test('names every role', () => {
    expect(
      missingFrom(
        'docs/accounting.md',
        roles.map(({ name }) => name),
      ),
    ).toEqual([])
  })
})

describe('the page of stories', () => {
  const page = textOf('docs/stories.md')

  /** What the parser expects where it finds a word that nothing is. */
  const expectedAt = (line: string): string[] => {
    try {
      parseStory('story', `company GB GBP\n${line}`)
    } catch (error) {
      if (error instanceof BadInput) return error.expected.replace(/^.*: /, '').split(', ')
      throw error
    }
    throw new Error(`'${line}' was read`)
  }

  test('shows every verb', () => {
    const verbs = expectedAt('2011-01-31  nonsense')
    expect(verbs).toContain('capture')
    expect(verbs.filter((verb) => !new RegExp(`\`${verb}\\b`).test(page))).toEqual([])
  })

  test('shows every line of the header', () => {
    const words = expectedAt('nonsense')
    expect(words).toContain('processor')
    expect(words.filter((word) => !page.includes(`\`${word} `))).toEqual([])
  })
})

/** The anchors of a page as GitHub names them: its headings in lower case, letters, digits and hyphens. */
const anchorsOf = (text: string): string[] =>
  [...text.matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )

/** What in a page leads nowhere. */
function brokenLinks(page: string): string[] {
  const text = textOf(page)
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/.test(target))
    .filter((target) => {
      const [path = '', anchor] = target.split('#')
      const file = path === '' ? page : relative(root, join(root, dirname(page), path))
      if (!existsSync(join(root, file))) return true
      return anchor !== undefined && !anchorsOf(textOf(file)).includes(anchor)
    })
}

const pages = [
  ...readdirSync(root).filter((name) => name.endsWith('.md')),
  ...['docs', 'src', 'bench', 'test', 'tools', 'db'].flatMap((folder) => filesIn(folder, /\.md$/)),
]

test.each(pages)('the links of %s lead somewhere', (page) => {
  expect(brokenLinks(page)).toEqual([])
})

test('every module has a page of its own', () => {
  const modules = readdirSync(join(root, 'src/modules'))
  expect(modules.length).toBeGreaterThan(10)
  expect(modules.filter((name) => !existsSync(join(root, 'src/modules', name, 'README.md')))).toEqual([])
})
