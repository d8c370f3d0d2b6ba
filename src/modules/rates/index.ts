export { addCompanyRates, type NewCompanyRate, type RateOutcome } from './company-rates.ts'
export { findRates, type RateBook, type RateWanted } from './find-rates.ts'
export { listRates, type RateView, rateInWords } from './list-rates.ts'
export { type ReferenceOutcome, type ReferenceRate, saveReferenceRates } from './reference-rates.ts'
