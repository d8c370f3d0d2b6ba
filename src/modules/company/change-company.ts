import type { Tx } from '../../kernel/database.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { companyFacts } from '../../ledger/accounts.ts'
import { knownTimeZone } from './create-company.ts'

/** What is to be otherwise; what is left out stays. Country, currency and chart stay anyway, and may be given as they are. */
export type CompanyChange = {
  name?: string | undefined
  /** An IANA name. Days of the books that are entered stay; 'today' is another from now on. */
  timeZone?: string | undefined
  /** The month, 1 to 12. */
  fiscalYearStartMonth?: number | undefined
  country?: string | undefined
  baseCurrency?: string | undefined
  chart?: string | undefined
}

/** Locks the company of the transaction, so that nobody else changes it meanwhile. */
export async function lockCompany(tx: Tx): Promise<void> {
  await tx.query('select from company c where c.id = $1 for no key update of c', [tx.companyId])
}

/**
 * Changes what the company is called, where its days begin and, as long as nothing is posted, when its fiscal year begins: the database waits for
 * whoever posts, and looks then. Refuses `company_fixed` for what the books rest on, `time_zone_unknown`, `input_invalid`.
 */
export async function changeCompany(tx: Tx, change: CompanyChange): Promise<void> {
  const now = await companyFacts(tx)
  for (const name of ['country', 'baseCurrency', 'chart'] as const) {
    const wanted = change[name]
    if (wanted !== undefined && wanted !== now[name]) throw new Refusal('company_fixed', { [name]: now[name] })
  }
  const { name = now.name, fiscalYearStartMonth = now.fiscalYearStartMonth } = change
  const timeZone = change.timeZone === undefined ? now.timeZone : knownTimeZone(change.timeZone)
  if (name.trim() === '') throw new Refusal('input_invalid', { name: 'a company needs a name' })
  if (!Number.isInteger(fiscalYearStartMonth) || fiscalYearStartMonth < 1 || fiscalYearStartMonth > 12)
    throw new Refusal('input_invalid', { fiscalYearStartMonth })
  await tx.query('update company set name = $2, time_zone = $3, fiscal_year_start_month = $4 where id = $1', [
    tx.companyId,
    name.trim(),
    timeZone,
    fiscalYearStartMonth,
  ])
}
