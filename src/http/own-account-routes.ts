import type { Context } from 'hono'
import { z } from 'zod'
import { rowsOf } from '../contracts/basic.ts'
import {
  Done,
  Me,
  NewPasskey,
  OwnChange,
  Passkey,
  PasskeyOptions,
  PasswordAgain,
  PasswordChange,
  RecoveryCodes,
  SecondFactor,
  SecondFactorCode,
  Session,
} from '../contracts/identity.ts'
import {
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
  savePasskey,
} from '../modules/identity/index.ts'
import { body, json, newApi, route } from './api.ts'
import { callerOf, fromBrowser, keepCookies } from './callers.ts'
import type { Environment } from './workplace.ts'

const tags = ['Own account']
const done = { done: true as const }
const own = z.object({ id: z.string().max(20) })

/** Whose password is asked for once more. */
const askedAgain = (c: Context<Environment>) => ({
  database: c.var.workplace.database,
  email: callerOf(c).email,
  from: fromBrowser(c),
})

const reading = newApi()
  .openapi(
    route({
      method: 'get',
      path: '/me',
      tags,
      permission: 'signed_in',
      summary: 'Tell who is signed in, and what they may do',
      responses: { 200: json(Me, 'The caller.') },
    }),
    async (c) => {
      const { userId, name, email, installationOwner, memberships } = callerOf(c)
      const companies = [...memberships].map(([id, permissions]) => ({
        companyId: String(id),
        permissions: [...permissions],
      }))
      const secondFactor = await hasSecondFactor(c.var.workplace.database, userId)
      return c.json({ id: userId, name, email, installationOwner, secondFactor, companies }, 200)
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/me/sessions',
      tags,
      permission: 'session',
      summary: 'List the own sessions',
      responses: { 200: json(rowsOf(Session), 'The latest first.') },
    }),
    async (c) => {
      const { userId, session } = callerOf(c)
      const sessions = await listSessions(c.var.workplace.database, userId)
      return c.json({ rows: sessions.map((one) => ({ ...one, current: one.id === session?.id })) }, 200)
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/me/passkeys',
      tags,
      permission: 'session',
      summary: 'List the own passkeys',
      responses: { 200: json(rowsOf(Passkey), 'The passkeys.') },
    }),
    async (c) => c.json({ rows: await listPasskeys(c.var.workplace.database, callerOf(c).userId) }, 200),
  )

const sessions = newApi()
  .openapi(
    route({
      method: 'patch',
      path: '/me',
      tags,
      permission: 'session',
      summary: 'Change the own name',
      request: { body: body(OwnChange) },
      responses: { 200: json(Done, 'Changed.') },
    }),
    async (c) => {
      const { database, callers } = c.var.workplace
      await changeOwnName(database, callerOf(c).userId, c.req.valid('json').name)
      callers.forget()
      return c.json(done, 200)
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/me/sessions/{id}/end',
      tags,
      permission: 'session',
      summary: 'End one of the own sessions',
      request: { params: own, body: body(z.strictObject({})) },
      responses: { 200: json(Done, 'Ended.') },
    }),
    async (c) => {
      await endSession(c.var.workplace.database, callerOf(c).userId, c.req.valid('param').id)
      c.var.workplace.callers.forget()
      return c.json(done, 200)
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/me/password',
      tags,
      permission: 'session',
      summary: 'Change the own password',
      description: 'Ends every other session.',
      request: { body: body(PasswordChange) },
      responses: { 200: json(Done, 'Changed.') },
    }),
    async (c) => {
      const { identity, callers } = c.var.workplace
      keepCookies(c, (await changePassword(identity, c.req.valid('json'), askedAgain(c))).setCookies)
      callers.forget()
      return c.json(done, 200)
    },
  )

const secondFactor = newApi()
  .openapi(
    route({
      method: 'post',
      path: '/me/second-factor',
      tags,
      permission: 'session',
      summary: 'Begin to set up a second factor',
      description: 'It is on once a first code has confirmed it.',
      request: { body: body(PasswordAgain) },
      responses: { 200: json(SecondFactor, 'The secret, and the recovery codes.') },
    }),
    async (c) => {
      const { password } = c.req.valid('json')
      return c.json(await beginSecondFactor(c.var.workplace.identity, password, askedAgain(c)), 200)
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/me/second-factor/confirm',
      tags,
      permission: 'session',
      summary: 'Confirm the second factor with a first code',
      request: { body: body(SecondFactorCode.pick({ code: true })) },
      responses: { 200: json(Done, 'On.') },
    }),
    async (c) => {
      const { database, identity, callers } = c.var.workplace
      const confirmation = { userId: callerOf(c).userId, code: c.req.valid('json').code }
      keepCookies(c, (await confirmSecondFactor(database, identity, confirmation, fromBrowser(c))).setCookies)
      callers.forget()
      return c.json(done, 200)
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/me/second-factor/end',
      tags,
      permission: 'session',
      summary: 'Switch the second factor off',
      request: { body: body(PasswordAgain) },
      responses: { 200: json(Done, 'Off.') },
    }),
    async (c) => {
      const { identity, callers } = c.var.workplace
      keepCookies(c, (await endSecondFactor(identity, c.req.valid('json').password, askedAgain(c))).setCookies)
      callers.forget()
      return c.json(done, 200)
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/me/recovery-codes',
      tags,
      permission: 'session',
      summary: 'Make new recovery codes',
      description: 'The old ones are good no more.',
      request: { body: body(PasswordAgain) },
      responses: { 200: json(RecoveryCodes, 'The codes.') },
    }),
    async (c) => {
      const { password } = c.req.valid('json')
      return c.json({ recoveryCodes: await newRecoveryCodes(c.var.workplace.identity, password, askedAgain(c)) }, 200)
    },
  )

const passkeys = newApi()
  .openapi(
    route({
      method: 'post',
      path: '/me/passkeys/options',
      tags,
      permission: 'session',
      summary: 'Begin to make a passkey',
      request: { body: body(z.strictObject({})) },
      responses: { 200: json(PasskeyOptions, 'What `navigator.credentials.create` takes.') },
    }),
    async (c) => {
      const { options, setCookies } = await beginPasskey(c.var.workplace.identity, fromBrowser(c))
      keepCookies(c, setCookies)
      return c.json(options as z.infer<typeof PasskeyOptions>, 200)
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/me/passkeys',
      tags,
      permission: 'session',
      summary: 'Keep a passkey that the browser made',
      request: { body: body(NewPasskey) },
      responses: { 201: json(Done, 'Kept.') },
    }),
    async (c) => {
      keepCookies(c, (await savePasskey(c.var.workplace.identity, c.req.valid('json'), fromBrowser(c))).setCookies)
      return c.json(done, 201)
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/me/passkeys/{id}/remove',
      tags,
      permission: 'session',
      summary: 'Remove one of the own passkeys',
      request: { params: own, body: body(z.strictObject({})) },
      responses: { 200: json(Done, 'Removed.') },
    }),
    async (c) => {
      await removePasskey(c.var.workplace.database, callerOf(c).userId, c.req.valid('param').id)
      return c.json(done, 200)
    },
  )

export const ownAccountRoutes = [reading, sessions, secondFactor, passkeys].reduce(
  (all, each) => all.route('/', each),
  newApi(),
)
