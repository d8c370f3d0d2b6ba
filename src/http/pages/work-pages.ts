import { html } from 'hono/html'
import { moneyJson } from '../../kernel/money.ts'
import type { CompanyFacts } from '../../ledger/accounts.ts'
import type { Exception } from '../../modules/inbox/index.ts'
import { day, type Frame, figure, type Html, page, words } from './page.ts'

/** What waits for somebody, the open ones first. */
export function exceptionsPage(frame: Frame, company: CompanyFacts, exceptions: readonly Exception[]): Html {
  const { locale } = frame
  return page(frame, {
    title: 'Exceptions',
    area: 'exceptions',
    content: html`<div class="head"><h1>Exceptions</h1></div>
${
  exceptions.length === 0
    ? html`<p class="empty">Nothing needs you. What an import cannot decide by itself will wait here.</p>`
    : html`<table class="rows figures"><thead><tr><th>What</th><th class="wide">Kind</th><th class="wide">Responsible</th><th class="wide">Due</th><th class="wide">State</th>
<th class="number">Amount, ${company.baseCurrency}</th></tr></thead><tbody>
${exceptions.map(
  (
    exception,
  ) => html`<tr><td>${exception.message}<div class="narrow quiet">due ${day(exception.dueOn, locale)} · ${words(exception.state)}</div></td><td class="wide quiet">${words(exception.kind)}</td><td class="wide">${exception.responsible}</td>
<td class="wide date">${day(exception.dueOn, locale)}</td><td class="wide"><span class="state ${exception.state}">${words(exception.state)}</span></td>
<td class="number">${exception.currency === company.baseCurrency ? '' : `${exception.currency} `}${figure(moneyJson(exception.amountMinor, exception.currency), locale)}</td></tr>`,
)}</tbody></table>`
}`,
  })
}
