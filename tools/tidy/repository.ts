import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type Node, type Program, parseSync } from 'oxc-parser'

/** Something against a rule of the house: where, and a sentence that says what is wrong. */
export type Finding = { path: string; line: number; sentence: string }

/** The repository's texts by their paths, and its programs read. */
export type Repository = {
  readonly texts: ReadonlyMap<string, string>
  readonly programs: ReadonlyMap<string, Source>
}

/** A program as written and as understood. */
export type Source = { path: string; text: string; program: Program; lineAt(offset: number): number }

export type Rule = (repository: Repository) => Finding[]

const notOurs = new Set(['node_modules', '.git', 'data', 'dist', 'coverage'])
const notText = /\.(png|jpe?g|gif|webp|ico|woff2?|gz|zip|pdf)$/

/** Reads every text of the checkout in `folder` that is ours. */
export function readRepository(folder: string): Repository {
  const texts = new Map<string, string>()
  const visit = (path: string): void => {
    for (const name of readdirSync(join(folder, path)).sort()) {
      if (notOurs.has(name) || notText.test(name) || name.endsWith('.log')) continue
      const inner = path === '' ? name : `${path}/${name}`
      if (statSync(join(folder, inner)).isDirectory()) visit(inner)
      else texts.set(inner, readFileSync(join(folder, inner), 'utf8'))
    }
  }
  visit('')
  return repositoryOf(texts)
}

/** A repository of given texts. Throws where a program cannot be read. */
export function repositoryOf(texts: ReadonlyMap<string, string>): Repository {
  const programs = new Map<string, Source>()
  for (const [path, text] of texts) if (/\.(tsx?|js)$/.test(path)) programs.set(path, sourceOf(path, text))
  return { texts, programs }
}

function sourceOf(path: string, text: string): Source {
  const { program, errors } = parseSync(path, text)
  if (errors[0] !== undefined) throw new Error(`${path} cannot be read: ${errors[0].message}`)
  return { path, text, program, lineAt: lineFinder(text) }
}

/** Finds the line, from one, on which a place of a text lies. */
export function lineFinder(text: string): (offset: number) => number {
  const ends = [...text.matchAll(/\n/g)].map((match) => match.index)
  return (offset) => {
    const after = ends.findIndex((end) => end >= offset)
    return (after < 0 ? ends.length : after) + 1
  }
}

/** Calls `see` for every node of a program with the nodes that it stands in, the innermost first. */
export function walk(
  node: Node,
  see: (node: Node, within: readonly Node[]) => void,
  within: readonly Node[] = [],
): void {
  see(node, within)
  const inner = [node, ...within]
  for (const child of childrenOf(node)) walk(child, see, inner)
}

function childrenOf(node: Node): Node[] {
  return Object.values(node).flat().filter(isNode)
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string'

/** Every finding that `look` has about a node of the programs whose path matches. */
export function findNodes(
  { programs }: Repository,
  paths: RegExp,
  look: (node: Node, within: readonly Node[], source: Source) => string | undefined,
): Finding[] {
  const findings: Finding[] = []
  for (const source of programs.values()) {
    if (!paths.test(source.path)) continue
    walk(source.program, (node, within) => {
      const sentence = look(node, within, source)
      if (sentence !== undefined) findings.push({ path: source.path, line: source.lineAt(node.start), sentence })
    })
  }
  return findings
}
