export { addCustomers, type CustomerChange, changeCustomers, lockCustomers } from './customers.ts'
export {
  findCustomers,
  findOrAddParties,
  findSuppliers,
  type NewParty,
  type Party,
  type PartyKind,
  partiesByIds,
  partiesLike,
  unidentifiedCustomer,
} from './parties.ts'
