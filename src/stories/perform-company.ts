import type { AccountingDate } from '../kernel/accounting-date.ts'
import type { Tx } from '../kernel/database.ts'
import { Refusal } from '../kernel/refusal.ts'
import { listTaxNumbers, recordIdentity, saveTaxNumbers } from '../modules/company/index.ts'
import type { Verb } from './story.ts'

type CompanyVerb = Extract<Verb, { verb: 'legal name' | 'register' | 'deregister' }>

export const isOfCompany = (fact: Verb): fact is CompanyVerb =>
  fact.verb === 'legal name' || fact.verb === 'register' || fact.verb === 'deregister'

/** What the company is called before the law, and under which numbers it declares tax, from a day on or up to it. */
export async function performCompany(tx: Tx, fact: CompanyVerb, date: AccountingDate): Promise<void> {
  if (fact.verb === 'legal name') {
    await recordIdentity(tx, { legalName: fact.name }, date)
    return
  }
  const { country, scheme, number } = fact
  const known = await listTaxNumbers(tx)
  if (fact.verb === 'register') {
    await saveTaxNumbers(tx, [...known, { country, scheme, number, validFrom: date }])
    return
  }
  const last = known.findLast((one) => one.country === country && one.scheme === scheme && one.number === number)
  if (last === undefined) throw new Refusal('tax_number_unknown', { number })
  await saveTaxNumbers(
    tx,
    known.map((one) => (one === last ? { ...one, validTo: date } : one)),
  )
}
