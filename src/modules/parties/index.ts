export {
  customersByNumber,
  findCustomers,
  findOrAddParties,
  type NewParty,
  type Party,
  type PartyKind,
  unidentifiedCustomer,
} from './parties.ts'
