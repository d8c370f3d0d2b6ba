export {
  customersByNumber,
  findOrAddParties,
  type NewParty,
  type Party,
  type PartyKind,
  unidentifiedCustomer,
} from './parties.ts'
