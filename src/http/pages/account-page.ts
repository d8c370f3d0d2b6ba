import type { Context } from 'hono'
import { html } from 'hono/html'
import { readCompany } from '../../kernel/database.ts'
import { notForKeys, type Permission, permissionNames, permissions } from '../../kernel/permissions.ts'
import {
  type ApiKey,
  type Caller,
  hasSecondFactor,
  listApiKeys,
  listPasskeys,
  listSessions,
  permissionsIn,
  type Session,
} from '../../modules/identity/index.ts'
import { callerOf, refuseUnpermitted } from '../callers.ts'
import type { Environment } from '../workplace.ts'
import { newPassword, outcome } from './form-parts.ts'
import { day, type Frame, type Html, page, readFrame } from './page.ts'

/** One's own account: what signs in, and what acts in one's name. */
export async function accountPage(c: Context<Environment>): Promise<Response> {
  const caller = callerOf(c)
  refuseUnpermitted(c, 'session')
  const { database } = c.var.workplace
  const frame = await readFrame(c)
  const [sessions, passkeys, secondFactor, keys] = await Promise.all([
    listSessions(database, caller.userId),
    listPasskeys(database, caller.userId),
    hasSecondFactor(database, caller.userId),
    Promise.all(
      frame.companies.map(async (company) => {
        const all = await readCompany(database, company.id, (tx) => listApiKeys(tx, caller.userId))
        return all.filter(({ state }) => state === 'active').map((key) => ({ company, key }))
      }),
    ),
  ])
  const content = html`<div class="head"><h1>${caller.name}</h1><span class="quiet">${caller.email}</span>
<button id="sign-out">Sign out</button></div>
${passwordPart(caller)}
${secondFactorPart(caller, secondFactor)}
${passkeyPart(passkeys)}
${sessionPart(frame, caller, sessions)}
${keyPart(frame, caller, keys.flat())}`
  return await c.html(page(frame, { title: 'Account', area: 'account', content, scripts: ['identity.js'] }))
}

/** Not sent with the form: it tells password managers whose password it is. */
const ofWhom = ({ email }: Caller): Html =>
  html`<input type="email" value="${email}" autocomplete="username" aria-label="E-mail address" hidden>`

const passwordPart = (caller: Caller): Html => html`<section class="panel"><h2>Password</h2>
<form id="change-password" class="fields tall">${ofWhom(caller)}<label>Present password <input name="current" type="password" required autocomplete="current-password"></label>
${newPassword('New password', 'next')}
<button>Change</button>${outcome}</form></section>`

const secondFactorPart = (
  caller: Caller,
  on: boolean,
): Html => html`<section class="panel"><h2>Second factor: <span class="state ${
  on ? 'done' : 'off'
}">${on ? 'on' : 'off'}</span></h2>
<p class="quiet">${
  on
    ? 'Signing in takes a code of your authenticator beside the password.'
    : 'With it, signing in takes a code of an authenticator, an app on your telephone, beside the password.'
}</p>
<form id="${on ? 'keep-factor' : 'begin-factor'}" class="fields">${ofWhom(caller)}<label>Password <input name="password" type="password" required
autocomplete="current-password"></label>
${
  on
    ? html`<button>Make new recovery codes</button><button type="button" id="end-factor">Switch off</button>`
    : html`<button>Set up</button>`
}${outcome}</form>
<div id="factor" hidden>
<p id="factor-place">Enter this in your authenticator, or <a id="factor-link">open it there</a>: <code id="factor-secret" class="secret"></code></p>
<p>Keep these recovery codes where you find them without your telephone. Each is good once.</p><pre id="recovery-codes" class="secret"></pre>
<form id="confirm-factor" class="fields"><label>Code <input name="code" required inputmode="numeric" autocomplete="one-time-code"></label>
<button class="primary">Confirm</button>${outcome}</form></div></section>`

const passkeyPart = (passkeys: { id: string; name: string }[]): Html => html`<section class="panel"><h2>Passkeys</h2>
<p class="quiet">A passkey signs in with the lock of your device, without a password.</p>
${passkeys.map(
  ({ id, name }) =>
    html`<p class="held">${name} <button data-post="/api/v1/me/passkeys/${id}/remove">Remove</button>${outcome}</p>`,
)}
<form id="add-passkey" class="fields"><label>Name <input name="name" required maxlength="200" placeholder="My laptop"></label>
<button>Add a passkey</button>${outcome}</form></section>`

const sessionPart = (
  frame: Frame,
  caller: Caller,
  sessions: readonly Session[],
): Html => html`<section class="panel"><h2>Sessions</h2>
<table><thead><tr><th>Since</th><th>Browser</th><th class="wide">From</th><th></th></tr></thead><tbody>
${sessions.map(
  (session) => html`<tr><td class="date">${day(session.since, frame.locale)} ${session.since.slice(11, 16)} UTC</td>
<td title="${session.browser ?? ''}">${browserName(session.browser ?? '')}</td><td class="wide">${session.address ?? ''}</td>
<td class="actions">${
    session.id === caller.session?.id
      ? html`<span class="quiet">this one</span>`
      : html`<button data-post="/api/v1/me/sessions/${session.id}/end">End</button>`
  }</td></tr>`,
)}</tbody></table>${outcome}</section>`

// Every browser also names those that it is like, so the order matters.
const browsers = ['Firefox', 'Edg', 'OPR', 'Chrome', 'Safari'] as const
const fullNames: Readonly<Record<string, string>> = { Edg: 'Edge', OPR: 'Opera' }
const systems = ['Android', 'iPhone', 'iPad', 'Windows', 'Mac OS X', 'Linux'] as const

/** 'Firefox on Linux', as far as what a browser says of itself tells; else the first words of that. */
function browserName(userAgent: string): string {
  const browser = browsers.find((name) => userAgent.includes(`${name}/`))
  if (browser === undefined) return userAgent.slice(0, 40)
  const system = systems.find((name) => userAgent.includes(name))
  return `${fullNames[browser] ?? browser}${system === undefined ? '' : ` on ${system.replace('Mac OS X', 'macOS')}`}`
}

type KeyOfCompany = { company: Frame['companies'][number]; key: ApiKey }

const keyPart = (
  frame: Frame,
  caller: Caller,
  held: readonly KeyOfCompany[],
): Html => html`<section class="panel"><h2>API keys</h2>
<p class="quiet">A program sends its key with every request. A key never does more than you may do yourself. <a href="/api">The API</a></p>
${held.map(
  ({
    company,
    key,
  }) => html`<p class="held"><b>${key.name}</b> <code>${key.hint}…</code> for ${company.name}, until ${day(key.expiresAt, frame.locale)}:
${key.scopes.join(', ')} <button data-post="/api/v1/companies/${company.id}/api-keys/${key.id}/revoke">Revoke</button>${outcome}</p>`,
)}
${frame.companies.length === 0 ? html`<p class="quiet">A key is for a company, and there is none yet.</p>` : newKeyForm(frame, caller)}</section>`

const newKeyForm = (frame: Frame, caller: Caller): Html => html`<form id="add-key" class="fields">
<label>Company <select name="company">${frame.companies.map(({ id, name }) => html`<option value="${id}">${name}</option>`)}</select></label>
<label>Name <input name="name" required maxlength="200" placeholder="Shop"></label>
<label>Good for days <input name="days" type="number" min="1" max="366" value="90" required></label>
<fieldset><legend>What it may do</legend>${scopesOf(frame, caller).map(
  (name) =>
    html`<label class="check"><input type="checkbox" name="scopes" value="${name}"> <span><code>${name}</code> ${permissions[name]}</span></label>`,
)}</fieldset>
<button>Make a key</button>${outcome}</form>
<p id="new-key" hidden>The key, shown this once: <code class="secret"></code></p>`

/** What the caller can give to a key: what they may do themselves in any of the companies. */
function scopesOf({ companies }: Frame, caller: Caller): Permission[] {
  const may = new Set(companies.flatMap(({ id }) => [...(permissionsIn(caller, id) ?? [])]))
  return permissionNames.filter((name) => may.has(name) && !notForKeys.includes(name))
}
