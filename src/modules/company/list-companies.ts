import type { Database } from '../../kernel/database.ts'
import type { CompanyFacts } from '../../ledger/accounts.ts'

/** Every company of the installation, in order of id. Administration: it alone looks across companies, as the owner. */
export async function listCompanies(database: Database): Promise<CompanyFacts[]> {
  const { rows } = await database.owner.query<CompanyFacts>(
    `select id, name, country, base_currency as "baseCurrency", time_zone as "timeZone",
        fiscal_year_start_month::int as "fiscalYearStartMonth", chart from company_list()`,
  )
  return rows
}
