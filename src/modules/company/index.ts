export { createCompany, type NewCompany, saveCompany } from './create-company.ts'
export { listCompanies } from './list-companies.ts'
