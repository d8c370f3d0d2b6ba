import { z } from 'zod'
import { Id, rowsOf } from '../contracts/basic.ts'
import {
  ApiKey,
  AuditLog,
  Done,
  Invitation,
  Member,
  MemberChange,
  NewApiKey,
  NewInvitation,
} from '../contracts/identity.ts'
import { inCompany, readCompany, type Tx } from '../kernel/database.ts'
import type { Permission } from '../kernel/permissions.ts'
import {
  type AuditedChange,
  changeMembers,
  createApiKey,
  endMembers,
  invite,
  listApiKeys,
  listAudit,
  listInstallationAudit,
  listInvitations,
  listMembers,
  revokeApiKey,
  type Invitation as StoredInvitation,
  type ApiKey as StoredKey,
  withdrawInvitation,
} from '../modules/identity/index.ts'
import { writeInvitation } from '../modules/inbox/index.ts'
import { namedActors } from '../reports/actors.ts'
import { auditedNames, namedIn } from '../reports/audited-names.ts'
import { accountsById, type NamedAccount } from '../reports/named-accounts.ts'
import { body, companyParams, json, newApi, route } from './api.ts'
import { callerOf } from './callers.ts'
import { command } from './command.ts'

const tags = ['People']
const done = { done: true as const }
const memberParams = companyParams.extend({ userId: z.string().regex(/^[1-9][0-9]{0,8}$/) })
const withTextId = <Row extends StoredInvitation | StoredKey>(row: Row): Omit<Row, 'id'> & { id: string } => ({
  ...row,
  id: String(row.id),
})

const members = newApi()
  .openapi(
    route({
      method: 'get',
      path: '/companies/{companyId}/people',
      tags,
      permission: 'people.read',
      summary: 'List the members of the company',
      request: { params: companyParams },
      responses: { 200: json(rowsOf(Member), 'The members, with what they may do.') },
    }),
    async (c) => c.json({ rows: await readCompany(c.var.workplace.database, c.var.companyId, listMembers) }, 200),
  )
  .openapi(
    route({
      method: 'patch',
      path: '/companies/{companyId}/people/{userId}',
      tags,
      permission: 'people.manage',
      summary: 'Change what a member may do',
      request: { params: memberParams, body: body(MemberChange) },
      responses: { 200: json(Done, 'Changed, from now on.') },
    }),
    async (c) => {
      const change = { userId: Number(c.req.valid('param').userId), ...c.req.valid('json') }
      const response = await command(c, 200, async (tx) => {
        await changeMembers(tx, [change])
        return done
      })
      c.var.workplace.callers.forget()
      return response
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/companies/{companyId}/people/{userId}/end',
      tags,
      permission: 'people.manage',
      summary: 'End a membership',
      description: 'With the API keys that the member has for the company.',
      request: { params: memberParams, body: body(z.strictObject({})) },
      responses: { 200: json(Done, 'Ended, from now on.') },
    }),
    async (c) => {
      const response = await command(c, 200, async (tx) => {
        await endMembers(tx, [Number(c.req.valid('param').userId)])
        return done
      })
      c.var.workplace.callers.forget()
      return response
    },
  )

const invitations = newApi()
  .openapi(
    route({
      method: 'get',
      path: '/companies/{companyId}/invitations',
      tags,
      permission: 'people.read',
      summary: 'List the invitations',
      request: { params: companyParams },
      responses: { 200: json(rowsOf(Invitation), 'The newest first.') },
    }),
    async (c) => {
      const rows = await readCompany(c.var.workplace.database, c.var.companyId, listInvitations)
      return c.json({ rows: rows.map(withTextId) }, 200)
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/companies/{companyId}/invitations',
      tags,
      permission: 'people.manage',
      summary: 'Invite a person',
      description:
        'The answer holds a link, good once and for seven days; where mail is set up, the person gets it by letter, too. It takes no idempotency key, so that no answer with a link is kept.',
      request: { params: companyParams, body: body(NewInvitation) },
      responses: { 201: json(Invitation, 'The invitation, with its link.') },
    }),
    async (c) => {
      const { database, identity, sendsMail: mailed } = c.var.workplace
      const wanted = c.req.valid('json')
      const made = await inCompany(database, c.var.companyId, async (tx) => {
        const { invitation, token } = await invite(tx, wanted)
        const link = `${identity.origin}/join#${token}`
        if (mailed) await writeInvitation(tx, { ...invitation, link })
        return { ...withTextId(invitation), link, mailed }
      })
      return c.json(made, 201)
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/companies/{companyId}/invitations/{invitationId}/withdraw',
      tags,
      permission: 'people.manage',
      summary: 'Withdraw an invitation',
      request: { params: companyParams.extend({ invitationId: Id }), body: body(z.strictObject({})) },
      responses: { 200: json(Done, 'Withdrawn.') },
    }),
    async (c) =>
      await command(c, 200, async (tx) => {
        await withdrawInvitation(tx, BigInt(c.req.valid('param').invitationId))
        return done
      }),
  )

const managesPeople = (permissions: ReadonlySet<Permission> | undefined): boolean =>
  permissions?.has('people.manage') ?? false

const keys = newApi()
  .openapi(
    route({
      method: 'get',
      path: '/companies/{companyId}/api-keys',
      tags,
      permission: 'company.read',
      summary: 'List the API keys',
      description: 'The own ones; to whoever manages people, those of everybody.',
      request: { params: companyParams },
      responses: { 200: json(rowsOf(ApiKey), 'The newest first.') },
    }),
    async (c) => {
      const whose = managesPeople(c.var.permissions) ? null : callerOf(c).userId
      const rows = await readCompany(c.var.workplace.database, c.var.companyId, (tx) => listApiKeys(tx, whose))
      return c.json({ rows: rows.map(withTextId) }, 200)
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/companies/{companyId}/api-keys',
      tags,
      permission: 'session',
      summary: 'Make an API key',
      description:
        'For this company, for some of what you may do, until it expires. The answer alone holds the key. It takes no idempotency key, so that it is kept nowhere.',
      request: { params: companyParams, body: body(NewApiKey) },
      responses: { 201: json(ApiKey, 'The key.') },
    }),
    async (c) => {
      const holder = { userId: callerOf(c).userId, permissions: c.var.permissions as ReadonlySet<Permission> }
      const wanted = c.req.valid('json')
      const { apiKey, key } = await inCompany(c.var.workplace.database, c.var.companyId, (tx) =>
        createApiKey(tx, holder, wanted),
      )
      return c.json({ ...withTextId(apiKey), key }, 201)
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/companies/{companyId}/api-keys/{keyId}/revoke',
      tags,
      permission: 'session',
      summary: 'Revoke an API key',
      description: 'An own one; whoever manages people revokes any.',
      request: { params: companyParams.extend({ keyId: Id }), body: body(z.strictObject({})) },
      responses: { 200: json(Done, 'Revoked.') },
    }),
    async (c) => {
      const whose = managesPeople(c.var.permissions) ? null : callerOf(c).userId
      const response = await command(c, 200, async (tx) => {
        await revokeApiKey(tx, BigInt(c.req.valid('param').keyId), whose)
        return done
      })
      c.var.workplace.callers.forget()
      return response
    },
  )

const auditQuery = z.object({
  table: z.string().max(100).optional(),
  actor: z.string().max(200).optional(),
  after: Id.optional().meta({ description: 'The `next` of the page before.' }),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
})

type Named = AuditedChange & {
  actorName: string
  accounts: Record<string, NamedAccount>
  names: Record<string, string>
}

const auditPage = (rows: readonly Named[], limit: number) => {
  const last = rows.length === limit ? rows.at(-1) : undefined
  return {
    rows: rows.map((row) => ({ ...row, id: String(row.id) })),
    next: last === undefined ? null : String(last.id),
  }
}

/** The ids of accounts in a row as the log keeps it. */
const accountsIn = (row: Record<string, unknown> | null): string[] =>
  Object.entries(row ?? {}).flatMap(([name, value]) =>
    /(^|_)account_id$/.test(name) && /^[1-9][0-9]{0,17}$/.test(String(value)) ? [String(value)] : [],
  )

/** The changes with the names of those who made them, and of what they are about. */
async function named(tx: Tx, changes: Promise<AuditedChange[]>) {
  const rows = await changes
  const actorOf = await namedActors(
    tx,
    rows.map(({ actor }) => actor),
  )
  const idsOf = ({ before, after }: AuditedChange) => [...new Set([...accountsIn(before), ...accountsIn(after)])]
  const accounts = await accountsById(tx, rows.flatMap(idsOf))
  const names = await auditedNames(
    tx,
    rows.flatMap(({ before, after }) => [before, after]),
  )
  const keysOf = ({ before, after }: AuditedChange) => [...new Set([...namedIn(before), ...namedIn(after)])]
  return rows.map((row) => ({
    ...row,
    actorName: actorOf(row.actor).name,
    accounts: Object.fromEntries(idsOf(row).flatMap((id) => (accounts.has(id) ? [[id, accounts.get(id)]] : []))),
    names: Object.fromEntries(keysOf(row).flatMap((key) => (names.has(key) ? [[key, names.get(key)]] : []))),
  })) as Named[]
}

const audit = newApi()
  .openapi(
    route({
      method: 'get',
      path: '/audit',
      tags,
      permission: 'installation',
      summary: 'Read the audit log of the installation',
      description:
        'Every change of what belongs to no company: people, their passwords, second factors and passkeys (only that they changed), and links. The latest first.',
      request: { query: auditQuery },
      responses: { 200: json(AuditLog, 'The changes.') },
    }),
    async (c) => {
      const { after, ...search } = c.req.valid('query')
      const rows = await listInstallationAudit(c.var.workplace.database, {
        ...search,
        after: after === undefined ? undefined : BigInt(after),
      })
      return c.json(
        auditPage(
          rows.map((row) => ({ ...row, actorName: row.actor, accounts: {}, names: {} })),
          search.limit,
        ),
        200,
      )
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/companies/{companyId}/audit-log',
      tags,
      permission: 'audit.read',
      summary: 'Read the audit log',
      description:
        'Every change of settings, mappings and rules (`company`) or of people (`people`), the latest first.',
      request: {
        params: companyParams,
        query: auditQuery.extend({ area: z.enum(['company', 'people']).default('company') }),
      },
      responses: { 200: json(AuditLog, 'The changes.') },
    }),
    async (c) => {
      const { after, ...search } = c.req.valid('query')
      const rows = await readCompany(c.var.workplace.database, c.var.companyId, (tx) =>
        named(tx, listAudit(tx, { ...search, after: after === undefined ? undefined : BigInt(after) })),
      )
      return c.json(auditPage(rows, search.limit), 200)
    },
  )

export const peopleRoutes = [members, invitations, keys, audit].reduce((all, each) => all.route('/', each), newApi())
