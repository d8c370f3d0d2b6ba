export { type ApiKey, createApiKey, listApiKeys, revokeApiKey } from './api-keys.ts'
export { type AuditedChange, listAudit, listInstallationAudit } from './audit.ts'
export { type Caller, Callers, permissionsIn } from './callers.ts'
export { type Identity, keepOrigin, keptOrigin, openIdentity } from './identity.ts'
export {
  beginPasskey,
  beginSecondFactor,
  changeOwnName,
  changePassword,
  confirmSecondFactor,
  endSecondFactor,
  endSession,
  hasSecondFactor,
  listPasskeys,
  listSessions,
  newRecoveryCodes,
  removePasskey,
  type Session,
  savePasskey,
} from './own-account.ts'
export {
  acceptInvitation,
  addMember,
  changeMembers,
  endMembers,
  type Invitation,
  invite,
  listInvitations,
  listMembers,
  type Member,
  withdrawInvitation,
} from './people.ts'
export { RequestLimits } from './request-limits.ts'
export {
  completeSignIn,
  type ForBrowser,
  type FromBrowser,
  passkeyOptions,
  signIn,
  signInWithPasskey,
  signOut,
} from './sign-in.ts'
export {
  createOwner,
  hasOwner,
  listUsers,
  newOwnerLink,
  newResetLink,
  removeSecondFactor,
  resetPassword,
} from './users.ts'
