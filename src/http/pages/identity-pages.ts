import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Context, MiddlewareHandler } from 'hono'
import { html } from 'hono/html'
import { readCompany } from '../../kernel/database.ts'
import { type Caller, hasOwner, listApiKeys, listPasskeys, listSessions } from '../../modules/identity/index.ts'
import { callerOf, refuseUnpermitted } from '../callers.ts'
import type { Environment } from '../workplace.ts'
import { type Frame, type Html, page, readFrame } from './page.ts'

type C = Context<Environment>

/** Whoever looks at a page without having signed in is led to where they can; programs are told. */
export const signedInFirst: MiddlewareHandler<Environment> = async (c, next) => {
  if (c.var.caller === undefined && c.req.header('accept')?.includes('text/html')) {
    if (!(await hasOwner(c.var.workplace.database))) return c.redirect('/setup')
    const { pathname, search } = new URL(c.req.url)
    return c.redirect(pathname === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(pathname + search)}`)
  }
  callerOf(c)
  await next()
}

/** The pages before the books: signing in, the first owner, invitations and new passwords; and one's own account. */
export function addIdentityPages(app: OpenAPIHono<Environment>): void {
  app.get('/sign-in', async (c) => {
    if (c.var.caller !== undefined) return c.redirect('/')
    if (!(await hasOwner(c.var.workplace.database))) return c.redirect('/setup')
    return c.html(door('Sign in', signInForm()))
  })
  app.get('/setup', async (c) =>
    (await hasOwner(c.var.workplace.database)) ? c.redirect('/sign-in') : c.html(door('Welcome', setupForm())),
  )
  app.get('/join', (c) => c.html(door('You are invited', joinForm(c.var.caller))))
  app.get('/reset', (c) => c.html(door('A new password', resetForm())))
  app.use('/account', signedInFirst)
  app.get('/account', accountPage)
}

const door = (title: string, content: Html): Html => html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · Countinghouse</title>
<link rel="icon" href="/assets/icon.svg">
<link rel="stylesheet" href="/assets/style.css">
<script src="/assets/identity.js" defer></script>
</head>
<body class="door">
<main id="content">
<p class="brand"><img src="/assets/icon.svg" alt="" width="28" height="28"> Countinghouse</p>
<h1>${title}</h1>
${content}
</main>
</body>
</html>`

const problem = html`<p class="problem" role="alert" hidden></p>`
const newPassword = html`<label>Password <input name="password" type="password" required minlength="12" maxlength="128" autocomplete="new-password">
<small>12 letters or more. A sentence is easy to remember and hard to guess.</small></label>`

const signInForm = (): Html => html`<form id="sign-in">
<label>E-mail address <input name="email" type="email" required autocomplete="username webauthn" autofocus></label>
<label>Password <input name="password" type="password" required autocomplete="current-password"></label>
<button class="primary">Sign in</button>
<button type="button" id="with-passkey" hidden>Use a passkey</button>
${problem}
</form>
<form id="second-factor" hidden>
<p>Your authenticator shows a code of six digits.</p>
<label>Code <input name="code" required autocomplete="one-time-code" inputmode="text" maxlength="40"></label>
<label class="check"><input type="checkbox" name="recovery"> It is one of my recovery codes</label>
<button class="primary">Go on</button>
${problem}
</form>`

const setupForm =
  (): Html => html`<p>This installation has no owner yet. Whoever has the link that the server printed when it was started creates the owner.</p>
<form id="setup">
<label id="token-field">Token of the link <input name="token" required autocomplete="off"></label>
<label>Your name <input name="name" required maxlength="200" autocomplete="name"></label>
<label>E-mail address <input name="email" type="email" required autocomplete="username"></label>
${newPassword}
<button class="primary">Create the owner</button>
${problem}
</form>`

const joinForm = (caller: Caller | undefined): Html =>
  caller === undefined
    ? html`<p>Whoever has an account already <a href="/sign-in">signs in</a> first, and then opens the link again.</p>
<form id="join">
<label>Your name <input name="name" required maxlength="200" autocomplete="name"></label>
${newPassword}
<button class="primary">Join</button>
${problem}
</form>`
    : html`<form id="join"><p>You are signed in as ${caller.email}.</p><button class="primary">Join</button>${problem}</form>`

const resetForm = (): Html => html`<form id="reset">
${newPassword}
<button class="primary">Set the password</button>
${problem}
</form>`

async function accountPage(c: C): Promise<Response> {
  const caller = callerOf(c)
  refuseUnpermitted(c, 'session')
  const { database } = c.var.workplace
  const frame = await readFrame(c)
  const sessions = await listSessions(database, caller.userId)
  const passkeys = await listPasskeys(database, caller.userId)
  const keys = await Promise.all(
    frame.companies.map(async (company) => ({
      company,
      keys: (await readCompany(database, company.id, (tx) => listApiKeys(tx, caller.userId))).filter(
        ({ state }) => state === 'active',
      ),
    })),
  )
  const content = html`<div class="head"><h1>${caller.name}</h1><span class="quiet">${caller.email}</span>
<button id="sign-out">Sign out</button></div>
${problem}
<h2>Sessions</h2>
<table class="rows"><thead><tr><th>Since</th><th class="wide">Browser</th><th>From</th><th></th></tr></thead><tbody>
${sessions.map(
  (
    session,
  ) => html`<tr><td>${session.since.replace('T', ' ').slice(0, 16)}</td><td class="wide">${session.browser ?? ''}</td>
<td>${session.address ?? ''}</td><td class="actions">${
    session.id === caller.session?.id
      ? 'this one'
      : html`<button data-post="/api/v1/me/sessions/${session.id}/end">End</button>`
  }</td></tr>`,
)}</tbody></table>
${passkeyPart(passkeys)}
${secondFactorPart()}
${passwordPart()}
${keyPart(frame, keys)}`
  return await c.html(page(frame, { title: 'Account', area: 'account', content, scripts: ['identity.js'] }))
}

const passkeyPart = (passkeys: { id: string; name: string }[]): Html => html`<h2>Passkeys</h2>
<p class="quiet">A passkey signs in with the lock of your device, without a password.</p>
${passkeys.map(
  ({ id, name }) => html`<p>${name} <button data-post="/api/v1/me/passkeys/${id}/remove">Remove</button></p>`,
)}
<form id="add-passkey" class="fields"><label>Name <input name="name" required maxlength="200" placeholder="My laptop"></label>
<button>Add a passkey</button>${problem}</form>`

const secondFactorPart = (): Html => html`<h2>Second factor</h2>
<p class="quiet">With it, signing in takes a code of an authenticator beside the password.</p>
<form id="begin-factor" class="fields"><label>Password <input name="password" type="password" required autocomplete="current-password"></label>
<button>Set up</button> <button type="button" id="end-factor">Switch off</button>${problem}</form>
<div id="factor" hidden>
<p>Enter this in your authenticator, or <a id="factor-link">open it there</a>: <code id="factor-secret"></code></p>
<p>Keep these recovery codes where you find them without your telephone. Each is good once.</p><pre id="recovery-codes"></pre>
<form id="confirm-factor" class="fields"><label>Code <input name="code" required inputmode="numeric" autocomplete="one-time-code"></label>
<button class="primary">Confirm</button>${problem}</form></div>`

const passwordPart = (): Html => html`<h2>Password</h2>
<form id="change-password" class="fields"><label>Now <input name="current" type="password" required autocomplete="current-password"></label>
<label>New <input name="next" type="password" required minlength="12" maxlength="128" autocomplete="new-password"></label>
<button>Change</button>${problem}</form>`

type KeysOfCompany = {
  company: Frame['companies'][number]
  keys: { id: bigint; name: string; hint: string; scopes: string[]; expiresAt: string }[]
}

const keyPart = (frame: Frame, companies: KeysOfCompany[]): Html => html`<h2>API keys</h2>
${companies.flatMap(({ company, keys }) =>
  keys.map(
    (
      key,
    ) => html`<p><b>${key.name}</b> ${key.hint}… for ${company.name}, until ${key.expiresAt.slice(0, 10)}: ${key.scopes.join(', ')}
<button data-post="/api/v1/companies/${company.id}/api-keys/${key.id}/revoke">Revoke</button></p>`,
  ),
)}
${
  frame.companies.length === 0
    ? html`<p class="quiet">A key is for a company, and there is none yet.</p>`
    : html`<form id="add-key" class="fields"><label>Company <select name="company">${frame.companies.map(
        ({ id, name }) => html`<option value="${id}">${name}</option>`,
      )}</select></label>
<label>Name <input name="name" required maxlength="200"></label>
<label>Scopes <input name="scopes" required placeholder="reports.read journal.read"></label>
<label>Days <input name="days" type="number" min="1" max="366" value="90" required></label>
<button>Make a key</button>${problem}</form>
<p id="new-key" hidden>The key, shown this once: <code></code></p>`
}`
