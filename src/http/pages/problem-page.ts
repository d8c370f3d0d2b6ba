import { html } from 'hono/html'
import type { Problem } from '../../contracts/basic.ts'
import { type Html, page } from './page.ts'

/** What went wrong, and what can be done about it. */
export function problemPage({ title, detail, remedy, instance }: Problem): Html {
  const frame = {
    companies: [],
    company: undefined,
    mayCreate: false,
    may: new Set<never>(),
    openExceptions: 0,
    proof: undefined,
    locale: 'en-GB',
  }
  const content = html`<div class="head"><h1>${title}</h1></div>
<p class="empty">${detail === undefined || detail === title ? '' : `${detail}. `}${remedy ?? ''}
${instance === undefined ? '' : html`<br>${instance}`}<br><a href="/">To the companies</a></p>`
  return page(frame, { title, area: 'companies', content })
}
