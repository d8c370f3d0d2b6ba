import { html } from 'hono/html'
import type { Html } from './page.ts'

/** Where a form says what became of it: what is wrong, or that it is done. */
export const outcome = html`<p class="problem" role="alert" hidden></p><p class="done" role="status" hidden></p>`

/** The field of a password that somebody chooses. */
export const newPassword = (label = 'Password', name = 'password'): Html => html`<label>${label}
<input name="${name}" type="password" required minlength="12" maxlength="128" autocomplete="new-password">
<small>12 letters or more. A sentence is easy to remember and hard to guess.</small></label>`
