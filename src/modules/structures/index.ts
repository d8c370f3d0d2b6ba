export { whyItStays } from './end-emptied.ts'
export {
  type LegacyAccount,
  legacyAccountReader,
  listLegacyAccounts,
  rememberLegacyCodes,
  setLegacyAccounts,
} from './legacy-accounts.ts'
export { type AccountMerge, type MergedAccounts, mergeAccounts } from './merge-accounts.ts'
