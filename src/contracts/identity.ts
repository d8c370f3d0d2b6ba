import { z } from 'zod'
import { type Permission, type PermissionSet, permissionNames, permissionSets } from '../kernel/permissions.ts'
import { Id } from './basic.ts'

const setNames = Object.keys(permissionSets) as [PermissionSet, ...PermissionSet[]]
const names = permissionNames as [Permission, ...Permission[]]

export const PermissionSetName = z.enum(setNames).meta({ id: 'PermissionSet', example: 'bookkeeper' })
export const PermissionName = z.enum(names).meta({ id: 'Permission', example: 'reports.read' })

const Password = z.string().min(1).max(200).meta({ format: 'password' })
const Email = z.email().max(254).meta({ example: 'anna@shop.example' })
const Token = z.string().min(1).max(100).meta({ description: 'The token of the link.' })
const PersonName = z.string().trim().min(1).max(200).meta({ example: 'Anna' })

export const SignIn = z.strictObject({ email: Email, password: Password }).meta({ id: 'SignIn' })

export const SignedIn = z
  .object({
    secondFactor: z
      .boolean()
      .meta({ description: 'Whether a code is still needed; the cookies of the answer go with it.' }),
  })
  .meta({ id: 'SignedIn' })

export const SecondFactorCode = z
  .strictObject({ kind: z.enum(['totp', 'recovery']).default('totp'), code: z.string().min(1).max(40) })
  .meta({ id: 'SecondFactorCode' })

/** What the browser's WebAuthn takes and gives; its form is that of the standard. */
export const PasskeyOptions = z.record(z.string(), z.unknown()).meta({ id: 'PasskeyOptions' })
export const PasskeyAnswer = z
  .strictObject({ response: z.record(z.string(), z.unknown()) })
  .meta({ id: 'PasskeyAnswer', description: 'The credential as the browser gave it, as JSON.' })
export const NewPasskey = PasskeyAnswer.extend({ name: PersonName }).meta({ id: 'NewPasskey' })

export const NewOwner = z
  .strictObject({ token: Token, name: PersonName, email: Email, password: Password })
  .meta({ id: 'NewOwner' })
export const NewPassword = z.strictObject({ token: Token, password: Password }).meta({ id: 'NewPassword' })
export const PasswordChange = z.strictObject({ current: Password, next: Password }).meta({ id: 'PasswordChange' })
export const OwnChange = z.strictObject({ name: PersonName }).meta({ id: 'OwnChange' })
export const PasswordAgain = z.strictObject({ password: Password }).meta({ id: 'PasswordAgain' })
export const Acceptance = z
  .strictObject({ token: Token, name: PersonName.optional(), password: Password.optional() })
  .meta({ id: 'Acceptance', description: 'Name and password make a new person; whoever is signed in leaves them out.' })
export const Accepted = z.object({ companyId: Id }).meta({ id: 'Accepted' })

export const Me = z
  .object({
    id: z.number().int(),
    name: z.string(),
    email: z.string(),
    installationOwner: z.boolean(),
    secondFactor: z.boolean().meta({ description: 'Whether signing in takes a second factor.' }),
    companies: z.array(z.object({ companyId: Id, permissions: z.array(PermissionName) })),
  })
  .meta({ id: 'Me' })

export const Session = z
  .object({
    id: z.string(),
    since: z.string(),
    expiresAt: z.string(),
    address: z.string().nullable(),
    browser: z.string().nullable(),
    current: z.boolean(),
  })
  .meta({ id: 'Session' })

export const SecondFactor = z
  .object({
    uri: z.string().meta({ description: 'An otpauth: address, for an authenticator.' }),
    recoveryCodes: z.array(z.string()),
  })
  .meta({ id: 'SecondFactor', description: 'Shown this once.' })
export const RecoveryCodes = SecondFactor.pick({ recoveryCodes: true }).meta({ id: 'RecoveryCodes' })
export const Passkey = z
  .object({ id: z.string(), name: z.string(), since: z.string().nullable() })
  .meta({ id: 'Passkey' })
export const Done = z.object({ done: z.literal(true) }).meta({ id: 'Done' })

export const Member = z
  .object({
    userId: z.number().int(),
    name: z.string(),
    email: z.string(),
    permissionSet: PermissionSetName,
    secondFactor: z.boolean(),
    since: z.string(),
  })
  .meta({ id: 'Member' })
export const MemberChange = z
  .strictObject({
    permissionSet: PermissionSetName,
    from: PermissionSetName.optional().meta({
      description:
        'What the member might do as it was read: refused (`changed_meanwhile`) where that is another by now.',
    }),
  })
  .meta({ id: 'MemberChange' })

export const NewInvitation = z
  .strictObject({ email: Email, permissionSet: PermissionSetName })
  .meta({ id: 'NewInvitation' })
export const Invitation = z
  .object({
    id: Id,
    email: z.string(),
    permissionSet: PermissionSetName,
    invitedBy: z.string(),
    invitedAt: z.string(),
    expiresAt: z.string(),
    state: z.enum(['open', 'accepted', 'withdrawn', 'expired']),
    link: z
      .string()
      .optional()
      .meta({ description: 'For the invited person: shown when it is made, and never again.' }),
    mailed: z.boolean().optional().meta({ description: 'Whether a letter with the link is on its way to them.' }),
  })
  .meta({ id: 'Invitation' })

export const NewApiKey = z
  .strictObject({
    name: PersonName,
    scopes: z.array(PermissionName).min(1).max(permissionNames.length),
    days: z.number().int().min(1).max(366).default(90).meta({ description: 'After how many days it expires.' }),
  })
  .meta({ id: 'NewApiKey' })
export const ApiKey = z
  .object({
    id: Id,
    userId: z.number().int(),
    name: z.string(),
    hint: z.string().meta({ description: 'How it begins.' }),
    scopes: z.array(PermissionName),
    createdAt: z.string(),
    expiresAt: z.string(),
    state: z.enum(['active', 'revoked', 'expired']),
    key: z.string().optional().meta({ description: 'The key itself: shown when it is made, and never again.' }),
  })
  .meta({ id: 'ApiKey' })

export const AuditedChange = z
  .object({
    id: Id,
    area: z.enum(['company', 'people']),
    table: z.string(),
    operation: z.enum(['insert', 'update', 'delete']),
    before: z.record(z.string(), z.unknown()).nullable(),
    after: z.record(z.string(), z.unknown()).nullable(),
    actor: z.string().meta({ example: 'user:7' }),
    actorName: z.string().meta({ example: 'Anna' }),
    at: z.string(),
    accounts: z
      .record(z.string(), z.object({ code: z.string(), name: z.string() }))
      .meta({ description: 'The accounts that `before` and `after` name by their ids, by id.' }),
    names: z.record(z.string(), z.string()).meta({
      description: 'What else they name by its id, by column and id, as people call it today.',
      example: { 'item_id 7': 'MUG Mug' },
    }),
  })
  .meta({ id: 'AuditedChange' })
export const AuditLog = z.object({ rows: z.array(AuditedChange), next: z.string().nullable() }).meta({ id: 'AuditLog' })
