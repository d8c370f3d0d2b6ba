import type { Node } from 'oxc-parser'
import { type Finding, type Repository, type Rule, type Source, walk } from './repository.ts'

const catalogue = 'src/kernel/refusal.ts'
const ofConstraints = 'src/kernel/refusal-of-constraint.ts'
const schema = 'db/schema.sql'

type Entry = { name: string; line: number; value: Node }

/** Each reason for a refusal is used by something, and each constraint that stands for one exists. */
export const refusalRule: Rule = (repository) => {
  const source = repository.programs.get(catalogue)
  if (source === undefined) return []
  const database = repository.programs.get(ofConstraints)
  const constraints = database === undefined ? [] : entriesOf(database, 'refusalOfConstraint')
  const states = database === undefined ? [] : entriesOf(database, 'refusalOfState')
  const given = [...constraints, ...states]
  const used = new Set([...literalsOf(repository), ...given.flatMap(({ value }) => textOf(value) ?? [])])
  const finding = (path: string, line: number, sentence: string): Finding => ({ path, line, sentence })
  const existing = repository.texts.get(schema) ?? ''
  return [
    ...entriesOf(source, 'refusals')
      .filter(({ name }) => !used.has(name))
      .map(({ name, line }) => finding(catalogue, line, `${name} is a reason that nothing gives`)),
    ...constraints
      .filter(({ name }) => !new RegExp(`\\b${name}\\b`).test(existing))
      .map(({ name, line }) => finding(ofConstraints, line, `${name} is a constraint that the database does not have`)),
  ]
}

/** The properties of the object that a constant is set to. */
function entriesOf({ program, lineAt }: Source, constant: string): Entry[] {
  const entries: Entry[] = []
  walk(program, (node, within) => {
    if (node.type !== 'Property' || within[0]?.type !== 'ObjectExpression') return
    const declarator = within.find((outer) => outer.type === 'VariableDeclarator')
    if (declarator?.type !== 'VariableDeclarator' || !('name' in declarator.id) || declarator.id.name !== constant)
      return
    if (within.filter((outer) => outer.type === 'ObjectExpression').length > 1) return
    const name = node.key.type === 'Identifier' ? node.key.name : textOf(node.key)
    if (name !== undefined) entries.push({ name, line: lineAt(node.start), value: node.value })
  })
  return entries
}

/** Every text in the product but for the catalogue itself: a code is named where it is given. */
function literalsOf({ programs }: Repository): string[] {
  const texts: string[] = []
  for (const { path, program } of programs.values()) {
    if (!path.startsWith('src/') || path === catalogue) continue
    walk(program, (node) => {
      const text = textOf(node)
      if (text !== undefined) texts.push(text)
    })
  }
  return texts
}

const textOf = (node: Node): string | undefined =>
  node.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined
