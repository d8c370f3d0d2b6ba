import { layerRule } from './layers.ts'
import { refusalRule } from './refusals.ts'
import type { Finding, Repository, Rule } from './repository.ts'
import { sizeRule } from './sizes.ts'
import { dateRule, languageRule, loopRule, moneyRule, nameRule, testRule } from './syntax.ts'
import { tableRule } from './tables.ts'
import { textRule } from './texts.ts'
import { wordRule } from './words.ts'

const rules: readonly Rule[] = [
  layerRule,
  tableRule,
  sizeRule,
  languageRule,
  moneyRule,
  dateRule,
  testRule,
  loopRule,
  nameRule,
  wordRule,
  textRule,
  refusalRule,
]

/** Everything that is against a rule of the house, in order of place. */
export const tidy = (repository: Repository): Finding[] =>
  rules
    .flatMap((rule) => rule(repository))
    .sort((a, b) => (a.path === b.path ? a.line - b.line : a.path < b.path ? -1 : 1))
