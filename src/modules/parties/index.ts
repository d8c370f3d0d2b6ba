export {
  findCustomers,
  findOrAddParties,
  findSuppliers,
  type NewParty,
  type Party,
  type PartyKind,
  unidentifiedCustomer,
} from './parties.ts'
