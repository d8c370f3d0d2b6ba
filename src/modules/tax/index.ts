export {
  addDestinationRules,
  type DestinationReading,
  type DestinationRule,
  defaultDestinationRules,
  destinationNames,
  destinationReader,
  listDestinationRules,
  type NewDestinationRule,
  nameDestinations,
} from './destinations.ts'
export { isEuMember } from './reference/eu-members.ts'
export { taxesKnownOf, usualTaxAuthority } from './reference/tax-codes.ts'
export { listTaxCodes, rateOn, replaceTaxCodes, saveDefaultTaxCodes, type TaxCode } from './tax-codes.ts'
export { taxInGross } from './tax-in-gross.ts'
