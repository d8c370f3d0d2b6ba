import { html } from 'hono/html'
import { moneyJson } from '../../kernel/money.ts'
import type { CompanyFacts } from '../../ledger/accounts.ts'
import type { Exception } from '../../modules/inbox/index.ts'
import type { Proof } from '../proofs.ts'
import { at, count, day, type Frame, figure, type Html, page, words } from './page.ts'

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

const rowsShown = 50

/** Each invariant of the books: whether it held, how much was compared, and what breaks it. */
export function checksPage(frame: Frame, company: CompanyFacts, proof: Proof | undefined): Html {
  const head = html`<div class="head"><h1>Checks</h1><button id="prove" class="primary" data-url="/api/v1${at(company, 'checks')}"${
    proof === undefined ? html` data-now` : ''
  }>Prove now</button><span id="proving" class="quiet" role="status" hidden>Comparing every entry, line and balance…</span></div>
<p class="problem" role="alert" hidden></p>`
  if (proof === undefined) {
    const content = html`${head}<p class="empty">The books are proven from their own rows: that may take a moment.</p>`
    return page(frame, { title: 'Checks', area: 'checks', content })
  }
  const { found, atMs } = proof
  const when = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' }).format(
    atMs,
  )
  const content = html`${head}
<p class="verdict ${found.ok ? 'proven' : 'broken'}">${found.ok ? 'Proven' : 'Something is broken'} <span class="quiet">at ${when} UTC</span></p>
<table class="rows figures"><thead><tr><th>Check</th><th>Result</th><th class="number">Compared</th><th class="number">Rows</th></tr></thead><tbody>
${found.checks.map(
  ({
    name,
    result,
    compared,
    rows,
  }) => html`<tr><td>${words(name)}</td><td><span class="state ${result}">${words(result)}</span></td>
<td class="number">${compared === 0 ? '–' : count(compared, frame.locale)}</td><td class="number">${rows.length === 0 ? '–' : count(rows.length, frame.locale)}</td></tr>`,
)}</tbody></table>
${found.checks
  .filter(({ rows }) => rows.length > 0)
  .map(
    ({ name, result, rows }) =>
      html`<details class="panel"${result === 'broken' ? html` open` : ''}><summary>${words(name)}: ${
        result === 'broken' ? 'what breaks it' : 'worth a look, not broken'
      }</summary>${rowTable(rows)}</details>`,
  )}`
  return page(frame, { title: 'Checks', area: 'checks', content })
}

function rowTable(rows: readonly Readonly<Record<string, unknown>>[]): Html {
  const names = Object.keys(rows[0] ?? {})
  return html`<div class="scroll"><table class="rows"><thead><tr>${names.map((name) => html`<th>${name}</th>`)}</tr></thead><tbody>
${rows.slice(0, rowsShown).map((row) => html`<tr>${names.map((name) => html`<td>${text(row[name])}</td>`)}</tr>`)}</tbody></table></div>
${rows.length > rowsShown ? html`<p class="quiet">The first ${rowsShown} of ${rows.length}; the API gives all.</p>` : ''}`
}

function text(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'object' && 'amount' in value && 'currency' in value) return `${value.amount} ${value.currency}`
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
