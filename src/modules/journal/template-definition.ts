import { type Decimal, formatDecimal, parseDecimal } from '../../kernel/decimal.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { isRole } from '../../ledger/charts/index.ts'
import { type ReversesOn, reversals } from './post-journals.ts'

/** What a parameter of a template is filled with. */
export type ParameterKind = 'amount' | 'percent' | 'text' | 'account' | 'customer' | 'supplier'

export type TemplateParameter = { name: string; kind: ParameterKind; label: string; default?: string | undefined }

/**
 * A line of a template: its account by code, by role, or as the parameter `accountOf` says; so many percent of an amount, all of it where no
 * percentage stands, or the rest that makes the journal balance. `percent` is a number or the name of a parameter.
 */
export type TemplateLine = {
  account?: string | undefined
  role?: string | undefined
  accountOf?: string | undefined
  side: 'debit' | 'credit'
  amount?: string | undefined
  percent?: string | undefined
  rest?: boolean | undefined
  /** The parameter that names the customer or the supplier. */
  party?: string | undefined
  /** On a tax account: the code by its name, and the amount parameter that says what was taxed. */
  taxCode?: string | undefined
  taxBase?: string | undefined
}

/** A template as data. `{name}` in the description stands for a parameter, `{month}` and `{date}` for the day of the journal. */
export type TemplateDefinition = {
  description: string
  parameters: readonly TemplateParameter[]
  lines: readonly TemplateLine[]
  reverse?: ReversesOn | null | undefined
}

export type NewTemplate = { name: string; title: string; reason?: string; definition: TemplateDefinition }

/** Refuses `template_invalid` for a template that could not be filled in. */
export function refuseUnusable({ name, definition }: NewTemplate): void {
  const refuse = (wrong: string): never => {
    throw new Refusal('template_invalid', { template: name, wrong })
  }
  const { parameters, lines, description, reverse } = definition
  const kinds = new Map(parameters.map((parameter) => [parameter.name, parameter.kind]))
  if (kinds.size < parameters.length) refuse('two parameters of one name')
  if (lines.length < 2) refuse('less than two lines')
  if (lines.filter(({ rest }) => rest === true).length > 1) refuse('two lines that take the rest')
  if (reverse !== null && reverse !== undefined && !reversals.includes(reverse)) refuse(`reverse ${reverse}`)
  for (const [index, line] of lines.entries()) {
    const wrong = wrongIn(line, kinds)
    if (wrong !== undefined) refuse(`line ${index + 1}: ${wrong}`)
  }
  for (const [, word = ''] of description.matchAll(/\{([^}]*)\}/g))
    if (!kinds.has(word) && word !== 'month' && word !== 'date') refuse(`no parameter ${word}`)
}

function wrongIn(line: TemplateLine, kinds: ReadonlyMap<string, ParameterKind>): string | undefined {
  const { account, role, accountOf, amount, percent, rest, party, taxCode, taxBase } = line
  if ([account, role, accountOf].filter((name) => name !== undefined).length !== 1)
    return 'it names one of account, role and accountOf'
  if (role !== undefined && !isRole(role)) return `no role ${role}`
  if (accountOf !== undefined && kinds.get(accountOf) !== 'account') return `no account parameter ${accountOf}`
  if (party !== undefined && kinds.get(party) !== 'customer' && kinds.get(party) !== 'supplier')
    return `no customer or supplier parameter ${party}`
  if (taxBase !== undefined && kinds.get(taxBase) !== 'amount') return `no amount parameter ${taxBase}`
  if (taxBase !== undefined && taxCode === undefined) return 'what was taxed needs a tax code'
  if (rest === true) return amount === undefined && percent === undefined ? undefined : 'the rest has no amount'
  if (amount === undefined || kinds.get(amount) !== 'amount') return `no amount parameter ${amount ?? ''}`
  if (percent === undefined || kinds.get(percent) === 'percent') return undefined
  return percentOf(percent) === undefined ? `no percentage ${percent}` : undefined
}

/** A percentage from 0 to 100, as a share of one. */
export function percentOf(text: string): Decimal | undefined {
  const value = /^\d{1,3}(\.\d{1,6})?$/.test(text) ? parseDecimal(text) : undefined
  if (value === undefined) return undefined
  const share = { unscaled: value.unscaled, scale: value.scale + 2 }
  return share.unscaled > 10n ** BigInt(share.scale) ? undefined : share
}

/** Two definitions that say the same are one text. */
export const definitionText = (definition: TemplateDefinition): string =>
  JSON.stringify({
    description: definition.description,
    reverse: definition.reverse ?? null,
    parameters: definition.parameters.map(({ name, kind, label, default: usual }) => ({
      name,
      kind,
      label,
      ...(usual === undefined ? {} : { default: usual }),
    })),
    lines: definition.lines.map(
      ({ account, role, accountOf, side, amount, percent, rest, party, taxCode, taxBase }) => ({
        account,
        role,
        accountOf,
        side,
        amount,
        percent: percent !== undefined && parseDecimal(percent) !== undefined ? plain(percent) : percent,
        rest,
        party,
        taxCode,
        taxBase,
      }),
    ),
  })

const plain = (percent: string): string => formatDecimal(parseDecimal(percent) as Decimal)
