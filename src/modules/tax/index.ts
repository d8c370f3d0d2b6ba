export {
  addDestinationRules,
  type DestinationReading,
  type DestinationRule,
  defaultDestinationRules,
  destinationReader,
  listDestinationRules,
  type NewDestinationRule,
} from './destinations.ts'
export { listTaxCodes, rateOn, replaceTaxCodes, saveDefaultTaxCodes, type TaxCode } from './tax-codes.ts'
export { taxInGross } from './tax-in-gross.ts'
