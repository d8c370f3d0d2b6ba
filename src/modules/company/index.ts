export { companyFacts } from '../../ledger/accounts.ts'
export { type CompanyChange, changeCompany, lockCompany } from './change-company.ts'
export {
  type CurrentIdentity,
  currentIdentity,
  type IdentityVersion,
  listIdentityVersions,
  recordIdentity,
  withdrawIdentities,
} from './company-identity.ts'
export { createCompany, type NewCompany, nextCompanyId, saveCompany } from './create-company.ts'
export { defaultLineCodeRules } from './default-line-codes.ts'
export { listCompanies } from './list-companies.ts'
export { nameRestoredCompany } from './name-restored-company.ts'
export { type CompanyProposal, proposeCompanies } from './propose-companies.ts'
export type { WrittenIdentity } from './read-identity.ts'
export { listTaxNumbers, saveTaxNumbers, type TaxNumber, type WrittenTaxNumber } from './tax-numbers.ts'
