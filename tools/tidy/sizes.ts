import type { Node } from 'oxc-parser'
import { type Finding, type Repository, type Rule, type Source, walk } from './repository.ts'

/** A function ends before its 70th line and a file before its 400th, save for those in the ratchet, which may only shrink. */
const limits = { function: 69, file: 399 }

export const ratchetPath = 'tools/tidy/ratchet.json'

/** Lines of what was too long when its rule came, by path or by `path#function`. */
export type Ratchet = Readonly<Record<string, number>>

type Size = { path: string; line: number; key: string; lines: number; limit: number }

/** Everything within its limit, and every exception exactly as long as the ratchet says. */
export const sizeRule: Rule = (repository) => {
  const ratchet = readRatchet(repository.texts.get(ratchetPath))
  const sizes = sizesOf(repository)
  const findings = sizes.flatMap((size) => lookAt(size, ratchet[size.key]))
  const known = new Set(sizes.map((size) => size.key))
  const stale = Object.keys(ratchet).filter((key) => !known.has(key))
  return [...findings, ...stale.map((key) => inRatchet(`${key} is gone: remove it`))]
}

export const readRatchet = (text: string | undefined): Ratchet => JSON.parse(text ?? '{}') as Ratchet

/** What the ratchet let grow since an earlier one. */
export const ratchetGrowth = (earlier: Ratchet, now: Ratchet): Finding[] =>
  Object.entries(now)
    .filter(([key, lines]) => lines > (earlier[key] ?? 0))
    .map(([key]) => inRatchet(`${key} grew: the ratchet only shrinks`))

const inRatchet = (sentence: string): Finding => ({ path: ratchetPath, line: 1, sentence })

function lookAt({ path, line, key, lines, limit }: Size, exception: number | undefined): Finding[] {
  if (exception === undefined) {
    return lines > limit ? [{ path, line, sentence: `${key} has ${lines} lines, ${limit} are allowed` }] : []
  }
  if (lines > exception) return [{ path, line, sentence: `${key} grew from ${exception} to ${lines} lines` }]
  if (lines <= limit) return [inRatchet(`${key} is short enough now: remove it`)]
  return lines < exception ? [inRatchet(`${key} has shrunk to ${lines} lines: write that down`)] : []
}

function sizesOf({ programs }: Repository): Size[] {
  return [...programs.values()].flatMap((source) => {
    if (source.text.startsWith('// Written by `npm run')) return [] // by a program, for programs
    const lines = source.text.split('\n').length - (source.text.endsWith('\n') ? 1 : 0)
    const file: Size = { path: source.path, line: 1, key: source.path, lines, limit: limits.file }
    return [file, ...functionsOf(source)]
  })
}

const functions = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'])

function functionsOf({ path, program, lineAt }: Source): Size[] {
  const sizes: Size[] = []
  walk(program, (node, within) => {
    if (!functions.has(node.type) || isGroupOfTests(within[0])) return
    const line = lineAt(node.start)
    const key = `${path}#${nameOf(node, within[0]) ?? `line ${line}`}`
    sizes.push({ path, line, key, lines: lineAt(node.end) - line + 1, limit: limits.function })
  })
  return sizes
}

/** What `describe` is given is a chapter, not a function: its tests are counted one by one. */
function isGroupOfTests(parent: Node | undefined): boolean {
  if (parent?.type !== 'CallExpression') return false
  const names: string[] = []
  walk(parent.callee, (node) => {
    if (node.type === 'Identifier') names.push(node.name)
  })
  return names[0] === 'describe'
}

function nameOf(node: Node, parent: Node | undefined): string | undefined {
  if ('id' in node && node.id !== null && 'name' in node.id) return String(node.id.name)
  if (parent?.type === 'VariableDeclarator' && 'name' in parent.id) return parent.id.name
  if (parent?.type === 'MethodDefinition' && 'name' in parent.key) return String(parent.key.name)
  return undefined
}
