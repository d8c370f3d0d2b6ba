import type { Node } from 'oxc-parser'
import { findNodes, type Rule, walk } from './repository.ts'

const programs = /^(src|test|bench|tools|bin)\//

/** Tools that take nothing but a default export. */
const configuration = /(^|\/)(vite|vitest|playwright)[^/]*\.config\.ts$/

export const languageRule: Rule = (repository) =>
  findNodes(repository, /./, (node, _within, { path }) => {
    switch (node.type) {
      case 'ExportDefaultDeclaration':
        return configuration.test(path) ? undefined : 'a default export has no name that a search could find'
      case 'TSEnumDeclaration':
        return 'an enum is not erasable: use a union of strings'
      case 'TSModuleDeclaration':
        return node.kind === 'namespace' ? 'a namespace is not erasable: use a file' : undefined
      case 'TSAnyKeyword':
        return '`any` turns the types off: use `unknown`'
      case 'Decorator':
        return 'a decorator is not erasable: call a function'
      default:
        return undefined
    }
  })

const numbers = new Set(['Number', 'parseFloat', 'parseInt'])
const nameOfMoney = /(Minor|_minor)$/

/** Minor units are bigint from end to end. */
export const moneyRule: Rule = (repository) =>
  findNodes(repository, programs, (node) => {
    if (node.type === 'CallExpression') {
      const called = lastName(node.callee)
      if (called === undefined || !numbers.has(called)) return undefined
      const money = node.arguments.map(nameOfMoneyIn).find((name) => name !== undefined)
      return money === undefined ? undefined : `${called} makes a number of ${money}, which is money`
    }
    if (node.type === 'UnaryExpression' && node.operator === '+') {
      const money = nameOfMoneyIn(node.argument)
      return money === undefined ? undefined : `+ makes a number of ${money}, which is money`
    }
    return undefined
  })

function nameOfMoneyIn(node: Node): string | undefined {
  let found: string | undefined
  walk(node, (inner) => {
    if (inner.type === 'Identifier' && nameOfMoney.test(inner.name)) found ??= inner.name
  })
  return found
}

function lastName(node: Node): string | undefined {
  if (node.type === 'Identifier') return node.name
  if (node.type === 'MemberExpression' && node.property.type === 'Identifier') return node.property.name
  return undefined
}

/** Days of the books never pass through `Date`, whose days are those of a clock. */
export const dateRule: Rule = (repository) =>
  findNodes(repository, /^src\/(?!kernel\/)/, (node) =>
    node.type === 'NewExpression' && lastName(node.callee) === 'Date'
      ? '`new Date` outside the kernel: days of the books are not moments'
      : undefined,
  )

/** No test runs alone, and none is left out without a word. */
export const testRule: Rule = (repository) =>
  findNodes(repository, /\.test\.ts$/, (node) => {
    if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return undefined
    const called = lastName(node.callee)
    if (called === 'only') return '`.only` leaves all other tests out'
    if (called !== 'skip') return undefined
    const words = node.arguments.some((argument) => isText(argument) && !isFunctionBeside(node.arguments))
    return words ? undefined : '`.skip` without a word why'
  })

/** A reason is written out, or a constant that several tests share. */
const isText = (node: Node): boolean =>
  node.type === 'TemplateLiteral' ||
  node.type === 'Identifier' ||
  (node.type === 'Literal' && typeof node.value === 'string')

/** `test.skip('name', () => …)`: the text is the test's name, not a reason. */
const isFunctionBeside = (nodes: readonly Node[]): boolean =>
  nodes.some((node) => node.type === 'ArrowFunctionExpression' || node.type === 'FunctionExpression')

const functions = new Set(['ArrowFunctionExpression', 'FunctionExpression', 'FunctionDeclaration'])

/** A loop over something that is there already. One without an end of its own (`for (;;)`) goes through pages, which is another thing. */
const isLoopOverList = (node: Node): boolean =>
  node.type === 'ForOfStatement'
    ? !node.await
    : node.type === 'ForInStatement' || (node.type === 'ForStatement' && node.test !== null)

/** Commands take lists: a query in a loop is a defect. The kernel's migrations are run one by one, of necessity. */
export const loopRule: Rule = (repository) =>
  findNodes(repository, /^src\/(?!kernel\/)/, (node, within) => {
    if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return undefined
    if (lastName(node.callee) !== 'query') return undefined
    const around = within.find((outer) => isLoopOverList(outer) || functions.has(outer.type))
    return around !== undefined && isLoopOverList(around) ? 'a query in a loop: give it a list' : undefined
  })

const kebab = /^(?:[a-z0-9]+(?:-[a-z0-9]+)*)(?:\.[a-z0-9-]+)*$/

/** Files say what they hold, in lower case with hyphens. */
export const nameRule: Rule = ({ programs: all }) =>
  [...all.keys()].flatMap((path) => {
    const name = path.split('/').at(-1) ?? ''
    if (!kebab.test(name)) return [{ path, line: 1, sentence: 'a file’s name is in lower case with hyphens' }]
    if (/^(utils?|helpers?|misc|common)\./.test(name)) {
      return [{ path, line: 1, sentence: 'a file’s name says what it holds, and this one says nothing' }]
    }
    return []
  })
