export {
  type LegacyAccount,
  legacyAccountReader,
  listLegacyAccounts,
  rememberLegacyCodes,
  setLegacyAccounts,
} from './legacy-accounts.ts'
export { mergeAccounts } from './merge-accounts.ts'
