import type { AccountingDate } from '../../kernel/accounting-date.ts'
import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'
import { Refusal } from '../../kernel/refusal.ts'

/** Which of a document's days its entry takes. */
export const postingBases = ['document', 'payment', 'shipment', 'payout'] as const
export type PostingBasis = (typeof postingBases)[number]

/** The days of a document beside its own, as far as its source tells them. */
export type OtherDays = { [basis in Exclude<PostingBasis, 'document'>]?: AccountingDate | null }

/** One version of a rule: for documents of a source, or of one channel of it, from a day of the document on. */
export type PostingDayRule = {
  id: bigint
  source: string
  channel: string
  basis: PostingBasis
  effectiveFrom: AccountingDate
  version: number
  author: string
  reason: string
}

export type NewPostingDayRule = {
  source: string
  channel?: string | undefined
  basis: PostingBasis
  effectiveFrom?: AccountingDate | undefined
  reason?: string | undefined
}

/** Adds the next version of each rule: nothing that was posted changes. Refuses `input_invalid` without a source. */
export async function addPostingDayRules(tx: Tx, rules: readonly NewPostingDayRule[]): Promise<void> {
  for (const { source } of rules) if (source.trim() === '') throw new Refusal('input_invalid', { source: 'is needed' })
  await tx.query(
    `insert into posting_day_rule (company_id, source, channel, basis, effective_from, reason, version)
       select $1, r.source, coalesce(r.channel, ''), r.basis, coalesce(r.effective_from, date '0001-01-01'), coalesce(r.reason, ''),
           row_number() over (partition by r.source, coalesce(r.channel, '') order by r.place)
             + coalesce((select max(o.version) from posting_day_rule o where o.company_id = $1 and o.source = r.source
               and o.channel = coalesce(r.channel, '')), 0)
         from unnest($2::text[], $3::text[], $4::text[], $5::date[], $6::text[]) with ordinality
           as r (source, channel, basis, effective_from, reason, place)`,
    [
      tx.companyId,
      column(rules, (r) => r.source),
      column(rules, (r) => r.channel),
      column(rules, (r) => r.basis),
      column(rules, (r) => r.effectiveFrom),
      column(rules, (r) => r.reason),
    ],
  )
}

/** Every version of every rule, the newest version of each first. */
export const listPostingDayRules = (tx: Tx): Promise<PostingDayRule[]> =>
  tx.query<PostingDayRule>(
    `select id, source, channel, basis, effective_from as "effectiveFrom", version, author, reason from posting_day_rule
      where company_id = $1 order by source, channel, version desc`,
    [tx.companyId],
  )

type Dated = { source: string; channelCode?: string | null; issuedOn: AccountingDate; otherDays?: OtherDays }

/**
 * The day of a document's entry: its channel's rule goes before its source's, the latest version in effect on the document's day counts, and a day
 * that the source does not tell is the document's own. Pure.
 */
export function postingDayOf(document: Dated, rules: readonly PostingDayRule[]): AccountingDate {
  const { source, channelCode = null, issuedOn, otherDays = {} } = document
  const inEffect = (channel: string) =>
    rules.find((r) => r.source === source && r.channel === channel && r.effectiveFrom <= issuedOn)
  const rule = (channelCode ? inEffect(channelCode) : undefined) ?? inEffect('')
  if (rule === undefined || rule.basis === 'document') return issuedOn
  return otherDays[rule.basis] ?? issuedOn
}
