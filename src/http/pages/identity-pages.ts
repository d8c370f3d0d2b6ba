import type { OpenAPIHono } from '@hono/zod-openapi'
import type { MiddlewareHandler } from 'hono'
import { html } from 'hono/html'
import { type Caller, hasOwner } from '../../modules/identity/index.ts'
import { callerOf } from '../callers.ts'
import type { Environment } from '../workplace.ts'
import { accountPage } from './account-page.ts'
import { newPassword, outcome } from './form-parts.ts'
import type { Html } from './page.ts'

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

const signInForm = (): Html => html`<form id="sign-in">
<label>E-mail address <input name="email" type="email" required autocomplete="username webauthn" autofocus></label>
<label>Password <input name="password" type="password" required autocomplete="current-password"></label>
<button class="primary">Sign in</button>
<button type="button" id="with-passkey" hidden>Use a passkey</button>
${outcome}
</form>
<form id="second-factor" hidden>
<p>Your authenticator shows a code of six digits.</p>
<label>Code <input name="code" required autocomplete="one-time-code" inputmode="text" maxlength="40"></label>
<label class="check"><input type="checkbox" name="recovery"> It is one of my recovery codes</label>
<button class="primary">Go on</button>
${outcome}
</form>`

const setupForm =
  (): Html => html`<p class="quiet">Nobody owns this installation yet. The owner may do everything, and invites the others.</p>
<form id="setup">
<label id="token-field">Token <input name="token" required autocomplete="off">
<small>What stands behind the # of the link that the server printed when it was started.</small></label>
<label>Your name <input name="name" required maxlength="200" autocomplete="name"></label>
<label>E-mail address <input name="email" type="email" required autocomplete="username"></label>
${newPassword()}
<button class="primary">Create the owner</button>
${outcome}
</form>`

const joinForm = (caller: Caller | undefined): Html =>
  caller === undefined
    ? html`<p>You have an account already? <a id="sign-in-to-join" href="/sign-in?next=/join">Sign in first</a>.</p>
<form id="join">
<label>Your name <input name="name" required maxlength="200" autocomplete="name"></label>
${newPassword()}
<button class="primary">Join</button>
${outcome}
</form>`
    : html`<form id="join"><p>You are signed in as ${caller.email}.</p><button class="primary">Join</button>${outcome}</form>`

const resetForm = (): Html => html`<form id="reset">
${newPassword()}
<button class="primary">Set the password</button>
${outcome}
</form>`
