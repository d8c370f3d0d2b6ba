import { isCountryCode } from '../../kernel/countries.ts'
import { usualCurrency } from '../../kernel/country-currencies.ts'
import { isCurrencyCode } from '../../kernel/currencies.ts'
import { type Database, inCompanyAsOwner, only, type Tx } from '../../kernel/database.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { saveChart } from '../../ledger/accounts.ts'
import { type ChartName, chartForCountry, charts, isChartName } from '../../ledger/charts/index.ts'
import { addMappingRules, defaultMappingRules } from '../../posting/mapping-rules.ts'
import { addLineCodeRules } from '../catalog/index.ts'
import { addDestinationRules, defaultDestinationRules, saveDefaultTaxCodes } from '../tax/index.ts'
import { defaultLineCodeRules } from './default-line-codes.ts'
import { usualTimeZone } from './usual-time-zone.ts'

export type NewCompany = {
  name: string
  /** ISO 3166-1, two letters. */
  country: string
  /** ISO 4217; without it the country's own. */
  currency?: string | undefined
  chart?: string | undefined
  timeZone?: string | undefined
  fiscalYearStartMonth?: number | undefined
}

const author = 'Countinghouse'

/**
 * Creates a company with its chart of accounts, tax codes and mapping, ready to post, and returns its id. Refuses `country_unknown`,
 * `currency_unknown`, `chart_unknown`, `time_zone_unknown`, `input_invalid`.
 */
export async function createCompany(database: Database, company: NewCompany): Promise<bigint> {
  const id = await nextCompanyId(database)
  await inCompanyAsOwner(database, id, (tx) => saveCompany(tx, company))
  return id
}

/** The id of the company that is created next: one that nobody else gets. */
export async function nextCompanyId(database: Database): Promise<bigint> {
  const { rows } = await database.owner.query<{ id: bigint }>(
    `select nextval(pg_get_serial_sequence('company', 'id')) as id`,
  )
  return only(rows).id
}

/** As `createCompany`, in a transaction of the owner's that has the new company's id set. */
export async function saveCompany(tx: Tx, company: NewCompany): Promise<void> {
  const { name, country, fiscalYearStartMonth = 1 } = company
  const currency = company.currency ?? (isCountryCode(country) ? usualCurrency(country) : null) ?? ''
  const chart = chooseChart(company)
  const timeZone = chooseTimeZone(company)
  if (name.trim() === '') throw new Refusal('input_invalid', { name: 'a company needs a name' })
  if (!isCountryCode(country)) throw new Refusal('country_unknown', { country })
  if (!isCurrencyCode(currency)) throw new Refusal('currency_unknown', { currency })
  if (!Number.isInteger(fiscalYearStartMonth) || fiscalYearStartMonth < 1 || fiscalYearStartMonth > 12) {
    throw new Refusal('input_invalid', { fiscalYearStartMonth })
  }
  await tx.query(
    `insert into company (id, name, country, base_currency, time_zone, fiscal_year_start_month, chart)
       overriding system value values ($1, $2, $3, $4, $5, $6, $7)`,
    [tx.companyId, name.trim(), country, currency, timeZone, fiscalYearStartMonth, chart],
  )
  const accounts = await saveChart(tx, charts[chart])
  await addMappingRules(tx, defaultMappingRules(accounts), author)
  await saveDefaultTaxCodes(tx, country)
  await addDestinationRules(tx, defaultDestinationRules(country), author)
  for (const [source, rules] of Object.entries(defaultLineCodeRules)) await addLineCodeRules(tx, source, rules, author)
}

function chooseChart({ chart, country }: NewCompany): ChartName {
  if (chart === undefined) return chartForCountry(country).name
  if (!isChartName(chart)) throw new Refusal('chart_unknown', { chart })
  return chart
}

const chooseTimeZone = ({ timeZone, country }: NewCompany): string => knownTimeZone(timeZone ?? usualTimeZone(country))

/** The name of a time zone as it is kept. Refuses `time_zone_unknown`. */
export function knownTimeZone(zone: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone
  } catch {
    throw new Refusal('time_zone_unknown', { timeZone: zone })
  }
}
