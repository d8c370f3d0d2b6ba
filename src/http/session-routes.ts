import type { Context } from 'hono'
import { z } from 'zod'
import {
  Acceptance,
  Accepted,
  Done,
  NewOwner,
  NewPassword,
  PasskeyAnswer,
  PasskeyOptions,
  SecondFactorCode,
  SignedIn,
  SignIn,
} from '../contracts/identity.ts'
import { Refusal } from '../kernel/refusal.ts'
import {
  acceptInvitation,
  completeSignIn,
  createOwner,
  passkeyOptions,
  resetPassword,
  signIn,
  signInWithPasskey,
  signOut,
} from '../modules/identity/index.ts'
import { body, json, newApi, route } from './api.ts'
import { fromBrowser, keepCookies } from './callers.ts'
import type { Environment } from './workplace.ts'

const tags = ['Signing in']
const nothing = z.strictObject({})
const done = { done: true as const }

export const sessionRoutes = newApi()
  .openapi(
    route({
      method: 'post',
      path: '/session',
      tags,
      permission: 'public',
      summary: 'Sign in with a password',
      description: 'The answer sets a cookie. Ten failures lock an address for a quarter of an hour.',
      request: { body: body(SignIn) },
      responses: { 200: json(SignedIn, 'Signed in, or a code is needed still.') },
    }),
    async (c) => {
      const { database, identity } = c.var.workplace
      const { secondFactor, setCookies } = await signIn(database, identity, c.req.valid('json'), fromBrowser(c))
      keepCookies(c, setCookies)
      return c.json({ secondFactor }, 200)
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/session/second-factor',
      tags,
      permission: 'public',
      summary: 'Complete a sign-in with a code',
      description: 'Of the authenticator (`totp`), good once; or one of the recovery codes (`recovery`).',
      request: { body: body(SecondFactorCode) },
      responses: { 200: json(Done, 'Signed in.') },
    }),
    async (c) => {
      const { database, identity } = c.var.workplace
      keepCookies(c, (await completeSignIn(database, identity, c.req.valid('json'), fromBrowser(c))).setCookies)
      return c.json(done, 200)
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/session/passkey-options',
      tags,
      permission: 'public',
      summary: 'Begin a sign-in with a passkey',
      request: { body: body(nothing) },
      responses: { 200: json(PasskeyOptions, 'What `navigator.credentials.get` takes.') },
    }),
    async (c) => {
      const { options, setCookies } = await passkeyOptions(c.var.workplace.identity, fromBrowser(c))
      keepCookies(c, setCookies)
      return c.json(options as z.infer<typeof PasskeyOptions>, 200)
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/session/passkey',
      tags,
      permission: 'public',
      summary: 'Sign in with a passkey',
      description: 'It stands for password and second factor.',
      request: { body: body(PasskeyAnswer) },
      responses: { 200: json(Done, 'Signed in.') },
    }),
    async (c) => {
      const { database, identity } = c.var.workplace
      const { response } = c.req.valid('json')
      keepCookies(c, (await signInWithPasskey(database, identity, response, fromBrowser(c))).setCookies)
      return c.json(done, 200)
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/session/end',
      tags,
      permission: 'session',
      summary: 'Sign out',
      request: { body: body(nothing) },
      responses: { 200: json(Done, 'Signed out.') },
    }),
    async (c) => {
      keepCookies(c, (await signOut(c.var.workplace.identity, fromBrowser(c))).setCookies)
      c.var.workplace.callers.forget()
      return c.json(done, 200)
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/setup',
      tags,
      permission: 'public',
      summary: 'Create the owner of the installation',
      description: 'With the token of the link that the server prints at its first start. Once.',
      request: { body: body(NewOwner) },
      responses: { 201: json(Done, 'Created, and signed in.') },
    }),
    async (c) => {
      const { database, identity } = c.var.workplace
      const { token, ...user } = c.req.valid('json')
      await createOwner(database, identity, token, user)
      keepCookies(c, (await signIn(database, identity, user, fromBrowser(c))).setCookies)
      return c.json(done, 201)
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/password-reset',
      tags,
      permission: 'public',
      summary: 'Set a new password by a link',
      description: 'The operator of the machine makes the link. It ends every session of the person.',
      request: { body: body(NewPassword) },
      responses: { 200: json(Done, 'Set.') },
    }),
    async (c) => {
      const { database, identity, callers } = c.var.workplace
      const { token, password } = c.req.valid('json')
      await resetPassword(database, identity, token, password)
      callers.forget()
      return c.json(done, 200)
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/invitations/accept',
      tags,
      permission: 'public',
      summary: 'Accept an invitation',
      description:
        'In the name of whoever is signed in, or as a new person with a name and a password, who is signed in then. Once.',
      request: { body: body(Acceptance) },
      responses: { 200: json(Accepted, 'The company.') },
    }),
    async (c) => {
      const { database, identity, callers } = c.var.workplace
      const { token, name, password } = c.req.valid('json')
      const who = invited(c.var.caller, name, password)
      const { companyId, email } = await acceptInvitation(database, identity, token, who)
      callers.forget()
      if ('password' in who) await signInNew(c, { email, password: who.password })
      return c.json({ companyId: String(companyId) }, 200)
    },
  )

/** Whoever has just joined is signed in. Where their address is locked they have joined all the same, and sign in later. */
async function signInNew(c: Context<Environment>, given: { email: string; password: string }): Promise<void> {
  const { database, identity } = c.var.workplace
  try {
    keepCookies(c, (await signIn(database, identity, given, fromBrowser(c))).setCookies)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
  }
}

function invited(
  caller: { userId: number; session: unknown } | undefined,
  name: string | undefined,
  password: string | undefined,
): { userId: number } | { name: string; password: string } {
  if (caller !== undefined && caller.session !== null) return { userId: caller.userId }
  if (name === undefined || password === undefined) throw new Refusal('not_signed_in')
  return { name, password }
}
