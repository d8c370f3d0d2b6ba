import type { AccountingDate } from '../../kernel/accounting-date.ts'
import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { defaultPaymentNames } from './default-source-names.ts'

/** What a source's name for a payment stands for. `method` is the name that the mapping sees; without one, the name as it stands. */
export type SourceNameMeaning = {
  standsFor: 'clearing' | 'bank' | 'cash' | 'gift_card' | 'ignored' | 'unknown'
  method?: string | null
}

/** A version of a company's rule about a name in a source's files, of a payment or of a tax. */
export type SourceNameRule = {
  id: bigint
  source: string
  about: 'payment' | 'tax'
  /** The lowest wins. */
  priority: number
  /** A regular expression that must match the whole name, without regard to case. */
  pattern: string
  standsFor: SourceNameMeaning['standsFor'] | 'tax_code'
  method: string | null
  taxCode: string | null
  effectiveFrom: AccountingDate
  version: number
}

export type NewSourceNameRule = {
  about: 'payment' | 'tax'
  pattern: string
  standsFor: SourceNameRule['standsFor']
  priority?: number
  method?: string | null
  taxCode?: string | null
  effectiveFrom?: AccountingDate
}

const usualPriority = 50
const longestName = 200

/**
 * Adds the next version of each rule of a source. Refuses `code_pattern_invalid`, `tax_code_unknown`, and `input_invalid` for a rule that says of
 * a payment what only a tax can be, or the other way round.
 */
export const addSourceNameRules = (
  tx: Tx,
  source: string,
  rules: readonly NewSourceNameRule[],
  author: string,
): Promise<void> =>
  addSourceNameRulesOfSources(
    tx,
    rules.map((rule) => ({ ...rule, source })),
    author,
  )

/** As `addSourceNameRules`, of several sources at once. */
export async function addSourceNameRulesOfSources(
  tx: Tx,
  rules: readonly (NewSourceNameRule & { source: string })[],
  author: string,
): Promise<void> {
  for (const rule of rules) refuseInvalid(rule)
  const saved = await tx.query<{ id: bigint }>(
    `insert into source_name_rule (company_id, source, about, priority, pattern, stands_for, method, tax_code_id, effective_from, version, author)
       select $1, r.source, r.about, coalesce(r.priority, ${usualPriority}), r.pattern, r.stands_for, r.method, t.id,
           coalesce(r.effective_from, date '0001-01-01'),
           row_number() over (partition by r.source, r.about, r.pattern order by r.place)
             + coalesce((select max(o.version) from source_name_rule o
               where o.company_id = $1 and o.source = r.source and o.about = r.about and o.pattern = r.pattern), 0), $10
         from unnest($2::text[], $3::text[], $4::int[], $5::text[], $6::text[], $7::text[], $8::text[], $9::date[]) with ordinality
           as r (source, about, priority, pattern, stands_for, method, tax_code, effective_from, place)
         left join tax_code t on t.company_id = $1 and t.code = r.tax_code
         where r.tax_code is null or t.id is not null
       returning id`,
    [
      tx.companyId,
      column(rules, (r) => r.source),
      column(rules, (r) => r.about),
      column(rules, (r) => r.priority),
      column(rules, (r) => r.pattern),
      column(rules, (r) => r.standsFor),
      column(rules, (r) => r.method),
      column(rules, (r) => r.taxCode),
      column(rules, (r) => r.effectiveFrom),
      author,
    ],
  )
  if (saved.length < rules.length)
    throw new Refusal('tax_code_unknown', { codes: rules.flatMap(({ taxCode }) => taxCode ?? []).join(' ') })
}

function refuseInvalid({ about, pattern, standsFor, method, taxCode }: NewSourceNameRule): void {
  try {
    wholeName(pattern)
  } catch {
    throw new Refusal('code_pattern_invalid', { pattern })
  }
  const isOfTax = standsFor === 'tax_code' || standsFor === 'unknown'
  const fits = about === 'tax' ? isOfTax && !method : standsFor !== 'tax_code'
  if (!fits || (standsFor === 'tax_code') !== Boolean(taxCode)) throw new Refusal('input_invalid', { about, standsFor })
}

const wholeName = (pattern: string): RegExp => new RegExp(`^(?:${pattern})$`, 'i')

/** The company's rules of a source, or of all, the first to be asked first. */
export const listSourceNameRules = (tx: Tx, source: string | null = null): Promise<SourceNameRule[]> =>
  tx.query<SourceNameRule>(
    `select r.id, r.source, r.about, r.priority, r.pattern, r.stands_for as "standsFor", r.method, t.code as "taxCode",
        r.effective_from as "effectiveFrom", r.version
      from source_name_rule r left join tax_code t on t.company_id = r.company_id and t.id = r.tax_code_id
      where r.company_id = $1 and ($2::text is null or r.source = $2) order by r.source, r.about, r.priority, r.version desc, r.id`,
    [tx.companyId, source],
  )

type Names = { payment: (name: string, day: AccountingDate) => SourceNameMeaning; tax: TaxNameReader }
/** The company's tax code for a tax's name, null where a rule says that it is unknown, undefined where no rule speaks of it. */
type TaxNameReader = (name: string, day: AccountingDate) => string | null | undefined

/** Reads the names of a source by the company's rules, then by what the product knows of the source. */
export function sourceNameReader(source: string, rules: readonly SourceNameRule[]): Names {
  const ofPayments = compiled(rules.filter(({ about }) => about === 'payment'))
  const ofTaxes = compiled(rules.filter(({ about }) => about === 'tax'))
  const usual = (defaultPaymentNames[source] ?? []).map((rule) => ({ rule, expression: wholeName(rule.pattern) }))
  return {
    payment: (name, day) => {
      const rule = ofPayments(name, day)
      if (rule !== undefined)
        return { standsFor: rule.standsFor as SourceNameMeaning['standsFor'], method: rule.method }
      const known = usual.find(({ expression }) => expression.test(name.slice(0, longestName)))?.rule
      return { standsFor: known?.standsFor ?? 'unknown', method: known?.method ?? null }
    },
    tax: (name, day) => {
      const rule = ofTaxes(name, day)
      return rule === undefined ? undefined : rule.taxCode
    },
  }
}

/** Of each pattern its latest version in effect counts, and of those that match the lowest priority. */
function compiled(rules: readonly SourceNameRule[]): (name: string, day: AccountingDate) => SourceNameRule | undefined {
  const latestFirst = rules.toSorted((a, b) => b.version - a.version || (a.id < b.id ? -1 : 1))
  const expressions = latestFirst.map((rule) => ({ rule, expression: wholeName(rule.pattern) }))
  return (name, day) => {
    const superseded = new Set<string>()
    let found: SourceNameRule | undefined
    for (const { rule, expression } of expressions) {
      if (rule.effectiveFrom > day || superseded.has(rule.pattern)) continue
      superseded.add(rule.pattern)
      const goesBefore = found === undefined || rule.priority < found.priority
      if (goesBefore && expression.test(name.slice(0, longestName))) found = rule
    }
    return found
  }
}
