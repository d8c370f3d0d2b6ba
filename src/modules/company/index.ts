export { createCompany, type NewCompany, saveCompany } from './create-company.ts'
