import { describe, expect, test } from 'vitest'
import { circlesOf } from '../../tools/tidy/layers.ts'
import { repositoryOf } from '../../tools/tidy/repository.ts'
import { tidy } from '../../tools/tidy/rules.ts'
import { ratchetGrowth } from '../../tools/tidy/sizes.ts'

/** What is found in a repository of these texts, as it is printed. */
const found = (texts: Record<string, string>): string[] =>
  tidy(repositoryOf(new Map(Object.entries(texts)))).map(({ path, line, sentence }) => `${path}:${line}: ${sentence}`)

const empty = 'export {}\n'
const importing = (from: string, to: string, target: string): Record<string, string> => ({
  [from]: `// One line of words.\nimport { one } from '${to}'\nexport { one }\n`,
  [target]: empty,
})

describe('layers', () => {
  const allowed: [from: string, to: string, target: string][] = [
    ['src/ledger/post.ts', '../kernel/money.ts', 'src/kernel/money.ts'],
    ['src/ledger/post.ts', './seal.ts', 'src/ledger/seal.ts'],
    ['src/modules/sales/ship.ts', '../tax/index.ts', 'src/modules/tax/index.ts'],
    ['src/modules/sales/ship.ts', './lines.ts', 'src/modules/sales/lines.ts'],
    ['src/stories/play.ts', '../reports/trial-balance.ts', 'src/reports/trial-balance.ts'],
    ['src/http/routes.ts', '../modules/tax/index.ts', 'src/modules/tax/index.ts'],
    ['src/server.ts', './http/app.ts', 'src/http/app.ts'],
    ['test/ledger/a.test.ts', '../../src/modules/tax/inner.ts', 'src/modules/tax/inner.ts'],
    ['bench/run.ts', '../test/support/books.ts', 'test/support/books.ts'],
    ['web/admin/src/areas/a/list.tsx', '../../../../ui/money.tsx', 'web/ui/money.tsx'],
    ['web/ui/money.tsx', '../../clients/typescript/src/api.ts', 'clients/typescript/src/api.ts'],
    ['web/ui/money.tsx', './money.module.css', 'web/ui/money.module.css'],
    ['web/ui/form.tsx', '../../src/contracts/basic.ts', 'src/contracts/basic.ts'],
  ]
  test.each(allowed)('%s may import %s', (from, to, target) => {
    expect(found(importing(from, to, target))).toEqual([])
  })

  const refused: [from: string, to: string, target: string, sentence: string][] = [
    ['src/kernel/a.ts', '../ledger/b.ts', 'src/ledger/b.ts', 'kernel may not import ledger (src/ledger/b.ts)'],
    ['src/ledger/a.ts', '../posting/b.ts', 'src/posting/b.ts', 'ledger may not import posting (src/posting/b.ts)'],
    [
      'src/posting/a.ts',
      '../modules/tax/index.ts',
      'src/modules/tax/index.ts',
      'posting may not import modules (src/modules/tax/index.ts)',
    ],
    ['src/reports/a.ts', '../posting/b.ts', 'src/posting/b.ts', 'reports may not import posting (src/posting/b.ts)'],
    ['src/imports/a.ts', '../ledger/b.ts', 'src/ledger/b.ts', 'imports may not import ledger (src/ledger/b.ts)'],
    ['src/http/a.ts', '../cli/b.ts', 'src/cli/b.ts', 'http may not import cli (src/cli/b.ts)'],
    ['web/ui/a.tsx', '../admin/src/b.tsx', 'web/admin/src/b.tsx', 'ui may not import admin (web/admin/src/b.tsx)'],
    [
      'web/admin/src/a.tsx',
      '../../../src/modules/tax/index.ts',
      'src/modules/tax/index.ts',
      'admin may not import modules (src/modules/tax/index.ts)',
    ],
    ['src/http/a.ts', '../../web/ui/b.ts', 'web/ui/b.ts', 'http may not import ui (web/ui/b.ts)'],
    ['src/http/a.ts', '../server.ts', 'src/server.ts', 'http imports src/server.ts, which wires it'],
    [
      'src/other.ts',
      './http/a.ts',
      'src/http/a.ts',
      'src/other.ts stands beside the layers, where only src/server.ts, src/cli.ts do',
    ],
    [
      'src/strange/a.ts',
      '../kernel/b.ts',
      'src/kernel/b.ts',
      'strange is a layer that the table of layers does not know',
    ],
    [
      'src/modules/tax/a.ts',
      '../sales/index.ts',
      'src/modules/sales/index.ts',
      'the module tax may not import the module sales',
    ],
    [
      'src/modules/strange/a.ts',
      '../tax/index.ts',
      'src/modules/tax/index.ts',
      'strange is a module that the list of modules does not know',
    ],
    [
      'src/modules/sales/a.ts',
      '../tax/rates.ts',
      'src/modules/tax/rates.ts',
      'src/modules/tax/rates.ts is inside a module, whose index.ts tells what others may use',
    ],
    [
      'src/imports/a.ts',
      '../modules/tax/rates.ts',
      'src/modules/tax/rates.ts',
      'src/modules/tax/rates.ts is inside a module, whose index.ts tells what others may use',
    ],
    ['src/kernel/a.ts', '../../test/b.ts', 'test/b.ts', 'the product imports test/b.ts, which is no part of it'],
    ['src/kernel/a.ts', './gone.ts', 'src/kernel/b.ts', 'src/kernel/gone.ts is imported and does not exist'],
  ]
  test.each(refused)('%s may not import %s', (from, to, target, sentence) => {
    expect(found(importing(from, to, target))).toEqual([`${from}:2: ${sentence}`])
  })

  test('are looked at in every form of an import', () => {
    const target = { 'src/posting/b.ts': empty }
    const forms = [
      `export { b } from '../posting/b.ts'`,
      `export * from '../posting/b.ts'`,
      `import type { B } from '../posting/b.ts'`,
      `const b = await import('../posting/b.ts')`,
    ]
    for (const form of forms) expect(found({ 'src/ledger/a.ts': form, ...target }), form).toHaveLength(1)
  })

  test('know no circle among modules', () => {
    expect(circlesOf()).toEqual([])
    expect(circlesOf({ tax: ['sales'], sales: ['tax'] })).toEqual(['tax calls sales, which does not stand before it'])
  })
})

describe('tables', () => {
  const at = (path: string, statement: string) => found({ [path]: `export const statement = ${statement}\n` })

  test('are written by their owner', () => {
    expect(at('src/ledger/a.ts', '`insert into journal_line (company_id) values ($1)`')).toEqual([])
    expect(at('src/modules/sales/a.ts', '`select 1 from journal_line for update of journal_line`')).toEqual([])
    expect(at('test/ledger/a.ts', `'delete from journal_line'`)).toEqual([])
  })

  const foreign = [
    '`insert into journal_line (company_id) values ($1)`',
    '`with a as (select 1) update journal_line set line_no = 1`',
    "'delete  from journal_line where true'",
    `\`INSERT INTO journal_line \${columns}\``,
    `\`\${head} insert into journal_line\``,
    '`truncate journal_line`',
    '`merge into journal_line`',
  ]
  test.each(foreign)('are not written by others: %s', (statement) => {
    const sentence = 'journal_line is written here, and belongs to src/ledger/'
    expect(at('src/modules/sales/a.ts', statement)).toEqual([`src/modules/sales/a.ts:1: ${sentence}`])
  })

  test('have an owner', () => {
    expect(found({ 'db/migrations/0009_a.sql': '-- Words.\ncreate table orphan (\n' })).toEqual([
      'db/migrations/0009_a.sql:2: orphan has no owner in tools/tidy/tables.ts',
    ])
  })
})

describe('sizes', () => {
  const lines = (count: number) => '  one()\n'.repeat(count)
  const long = `export function long() {\n${lines(68)}}\n`
  const path = 'src/kernel/long.ts'
  const ratchet = (exceptions: Record<string, number>) => ({ 'tools/tidy/ratchet.json': JSON.stringify(exceptions) })

  test('of a function stay under 70 lines', () => {
    expect(found({ [path]: `export function short() {\n${lines(67)}}\n` })).toEqual([])
    expect(found({ [path]: long })).toEqual([`${path}:1: ${path}#long has 70 lines, 69 are allowed`])
    expect(found({ [path]: `export const long = () => {\n${lines(68)}}\n` })).toHaveLength(1)
  })

  test('of a group of tests are those of its tests', () => {
    expect(found({ 'test/a.test.ts': `describe('a', () => {\n${lines(90)}})\n` })).toEqual([])
    expect(found({ 'test/a.test.ts': `describe.each([])('a', () => {\n${lines(90)}})\n` })).toEqual([])
    expect(found({ 'test/a.test.ts': `test('a', () => {\n${lines(90)}})\n` })).toHaveLength(1)
  })

  test('of a file stay under 400 lines', () => {
    expect(found({ [path]: lines(399) })).toEqual([])
    expect(found({ [path]: lines(400) })).toEqual([`${path}:1: ${path} has 400 lines, 399 are allowed`])
  })

  test('of exceptions only shrink', () => {
    const key = `${path}#long`
    expect(found({ [path]: long, ...ratchet({ [key]: 70 }) })).toEqual([])
    expect(found({ [path]: long, ...ratchet({ [key]: 69 }) })).toEqual([`${path}:1: ${key} grew from 69 to 70 lines`])
    const inRatchet = (sentence: string) => [`tools/tidy/ratchet.json:1: ${sentence}`]
    expect(found({ [path]: long, ...ratchet({ [key]: 71 }) })).toEqual(
      inRatchet(`${key} has shrunk to 70 lines: write that down`),
    )
    expect(found({ [path]: empty, ...ratchet({ [path]: 500 }) })).toEqual(
      inRatchet(`${path} is short enough now: remove it`),
    )
    expect(found(ratchet({ [path]: 500 }))).toEqual(inRatchet(`${path} is gone: remove it`))
    expect(ratchetGrowth({ a: 500, b: 80 }, { a: 499, b: 80 })).toEqual([])
    expect(ratchetGrowth({ a: 500 }, { a: 501 })).toHaveLength(1)
    expect(ratchetGrowth({ a: 500 }, { b: 80 })).toHaveLength(1)
  })
})

describe('the language', () => {
  const bad: [text: string, sentence: string][] = [
    ['export default 1', 'a default export has no name that a search could find'],
    ['enum A { B }', 'an enum is not erasable: use a union of strings'],
    ['namespace A { export const b = 1 }', 'a namespace is not erasable: use a file'],
    ['let a: any', '`any` turns the types off: use `unknown`'],
    ['const a = b as unknown as any[]', '`any` turns the types off: use `unknown`'],
    ['@one class A {}', 'a decorator is not erasable: call a function'],
    ['Number(line.amountMinor)', 'Number makes a number of amountMinor, which is money'],
    ['Number(row.amount_minor)', 'Number makes a number of amount_minor, which is money'],
    ['Number(-totalMinor / 100n)', 'Number makes a number of totalMinor, which is money'],
    ['Number.parseFloat(amountMinor)', 'parseFloat makes a number of amountMinor, which is money'],
    ['parseInt(amountMinor, 10)', 'parseInt makes a number of amountMinor, which is money'],
    ['const a = +amountMinor', '+ makes a number of amountMinor, which is money'],
    ['new Date(0)', '`new Date` outside the kernel: days of the books are not moments'],
    ['new globalThis.Date()', '`new Date` outside the kernel: days of the books are not moments'],
    ['for (const a of b) await tx.query(a)', 'a query in a loop: give it a list'],
    ['for (let i = 0; i < 9; i++) { const a = await tx.query(i) }', 'a query in a loop: give it a list'],
  ]
  test.each(bad)('has no %s', (text, sentence) => {
    expect(found({ 'src/modules/tax/a.ts': `${text}\n` })).toEqual([`src/modules/tax/a.ts:1: ${sentence}`])
  })

  const good = [
    'const company = { default: 1 }',
    `const words = 'any enum, namespace or export default'`,
    'declare module "vitest" { interface A { b: string } }',
    'Number(row.count)',
    'Number(minorOfDay)',
    'const a = Date.now()',
    'for (;;) await tx.query(page)',
    'for await (const page of pages) await tx.query(page)',
    'for (const a of b) later.push(() => tx.query(a))',
  ]
  test.each(good)('has %s', (text) => {
    expect(found({ 'src/modules/tax/a.ts': `${text}\n` })).toEqual([])
  })

  test('is freer where a tool or the kernel needs it', () => {
    expect(found({ 'vitest.config.ts': 'export default {}\n' })).toEqual([])
    expect(found({ 'src/kernel/a.ts': 'new Date()\n' })).toEqual([])
  })
})

describe('tests', () => {
  const inTest = (text: string) => found({ 'test/a.test.ts': `${text}\n` })

  test('run all, or say why not', () => {
    expect(inTest(`test('a', () => {})`)).toEqual([])
    expect(inTest(`context.skip('only root can be two users')`)).toEqual([])
    expect(inTest(`context.skip(!there, \`\${folder} is not there\`)`)).toEqual([])
    expect(inTest('context.skip(noSharedHistory)')).toEqual([])
    expect(inTest('context.skip()')).toEqual(['test/a.test.ts:1: `.skip` without a word why'])
    expect(inTest(`test.skip('a', () => {})`)).toEqual(['test/a.test.ts:1: `.skip` without a word why'])
    expect(inTest(`describe.only('a', () => {})`)).toEqual(['test/a.test.ts:1: `.only` leaves all other tests out'])
  })
})

describe('names', () => {
  test('of files are in lower case with hyphens and say something', () => {
    const named = (name: string) => found({ [`src/kernel/${name}`]: empty }).length
    for (const good of ['money.ts', 'accounting-date.ts', 'money.property.test.ts']) expect(named(good), good).toBe(0)
    for (const bad of ['Money.ts', 'accountingDate.ts', 'two_words.ts', 'utils.ts', 'helpers.ts']) {
      expect(named(bad), bad).toBe(1)
    }
  })
})

describe('texts of the pages', () => {
  test.each([
    ['<p>Hello there</p>', "'Hello there' stands in the markup: texts come from a catalogue"],
    ['<img alt="A house" />', "'A house' stands in the markup: texts come from a catalogue"],
    ["<a title={one ? 'Open it' : ''} />", "'Open it' stands in the markup: texts come from a catalogue"],
  ])('%s', (markup, sentence) => {
    expect(found({ 'web/ui/a.tsx': `// One line of words.\nexport const a = ${markup}\n` })).toEqual([
      `web/ui/a.tsx:2: ${sentence}`,
    ])
  })

  test.each([
    "<p>{t('hello')}</p>",
    '<p> · </p>',
    '<a className="link" />',
    "<a title={t(one ? 'open' : 'shut')} />",
    '<b>–</b>',
  ])('%s is right', (markup) => {
    expect(found({ 'web/ui/a.tsx': `// One line of words.\nexport const a = ${markup}\n` })).toEqual([])
  })
})

describe('words', () => {
  const slash = '/'
  const inText = (text: string) => found({ 'docs/a.md': `A line.\n${text}\n` })

  test('are true on every machine', () => {
    for (const good of [
      '/var/lib/countinghouse',
      'https://example.com/work/one',
      './home/page.md',
      'npm run bench',
      'data/work',
    ]) {
      expect(inText(good), good).toEqual([])
    }
    for (const bad of [`${slash}home/ann`, `${slash}work/main`, `see ${slash}root/books`, `${slash}Users/ann/`]) {
      expect(inText(bad), bad).toEqual([
        `docs/a.md:2: a path of one machine: ${bad.replace('see ', '').replace(/\/$/, '')}`,
      ])
    }
    for (const bad of [`registry.${'npmjs'}.org`, `npm-mirror.${'example'}.com`, `regi${'stry='}https://example.com`]) {
      expect(inText(bad), bad).toHaveLength(1)
    }
  })
})

describe('refusals', () => {
  const catalogue = `const refusals = {
    used: { title: 'used' },
    mapped: { title: 'mapped' },
    idle: { title: 'idle' },
  }
`
  const ofConstraints = `export const refusalOfConstraint = {
    there: 'mapped',
    gone: 'mapped',
  }
`
  test('are given by something, and their constraints exist', () => {
    const texts = {
      'src/kernel/refusal.ts': catalogue,
      'src/kernel/refusal-of-constraint.ts': ofConstraints,
      'src/ledger/a.ts': `throw new Refusal('used')\n`,
      'db/schema.sql': 'constraint there check (true)\n-- gone_too\n',
    }
    expect(found(texts)).toEqual([
      'src/kernel/refusal-of-constraint.ts:3: gone is a constraint that the database does not have',
      'src/kernel/refusal.ts:4: idle is a reason that nothing gives',
    ])
  })
})
