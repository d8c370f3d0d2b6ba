import type { Node } from 'oxc-parser'
import { findNodes, type Rule } from './repository.ts'

/** Attributes whose text people read or hear. */
const spoken = new Set([
  'aria-label',
  'alt',
  'title',
  'label',
  'placeholder',
  'description',
  'text',
  'header',
  'nothingFound',
])

/** What hands a text on to the attribute that it stands in. */
const passedOn = new Set(['ConditionalExpression', 'LogicalExpression', 'JSXExpressionContainer'])

const letters = /\p{L}{2,}/u

/** Every text that people see comes from a catalogue: none stands in the markup of the pages. */
export const textRule: Rule = (repository) =>
  findNodes(repository, /^web\/.*\.tsx$/, (node, within) => {
    if (node.type === 'JSXText' && letters.test(node.value)) return sentenceOf(node.value)
    if (node.type !== 'Literal' || typeof node.value !== 'string' || !letters.test(node.value)) return undefined
    // What is chosen from is the attribute's own; the argument of a call is not.
    const around = within.find((outer) => !passedOn.has(outer.type))
    const name = around === undefined ? undefined : nameOf(around)
    return name !== undefined && spoken.has(name) ? sentenceOf(node.value) : undefined
  })

const sentenceOf = (text: string): string =>
  `'${text.trim().slice(0, 40)}' stands in the markup: texts come from a catalogue`

const nameOf = (node: Node): string | undefined =>
  node.type === 'JSXAttribute' && node.name.type === 'JSXIdentifier' ? node.name.name : undefined
