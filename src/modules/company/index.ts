export { companyFacts } from '../../ledger/accounts.ts'
export { createCompany, type NewCompany, nextCompanyId, saveCompany } from './create-company.ts'
export { defaultLineCodeRules } from './default-line-codes.ts'
export { listCompanies } from './list-companies.ts'
