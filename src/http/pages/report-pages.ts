import { html } from 'hono/html'
import { formatMinor, parseMinor } from '../../kernel/money.ts'
import type { CompanyFacts } from '../../ledger/accounts.ts'
import type { StatementRow } from '../../reports/statement-rows.ts'
import type { TrialBalance } from '../../reports/trial-balance.ts'
import { at, day, type Frame, figure, type Html, page, words } from './page.ts'

const csv = (company: CompanyFacts, name: string, query: Record<string, string | undefined>): string =>
  `/api/v1${at(company, `reports/${name}`, { ...query, format: 'csv' })}`

/** The trial balance with its day; every figure leads to its account's lines. */
export function trialBalancePart(company: CompanyFacts, report: TrialBalance, locale: string): Html {
  const { asOf, currency, rows } = report
  if (rows.length === 0) {
    return html`<p class="empty">Nothing is posted up to ${day(asOf, locale)}. <a href="${at(company, 'imports')}">Import sales</a> to fill these books.</p>`
  }
  const minors = rows.map(({ balance }) => parseMinor(balance.amount, currency) ?? 0n)
  const sum = (which: (minor: bigint) => boolean): string =>
    figure(
      {
        amount: formatMinor(
          minors.filter(which).reduce((a, b) => a + b, 0n),
          currency,
        ),
        currency,
      },
      locale,
    )
  return html`<table class="rows figures"><thead><tr><th>Code</th><th>Account</th><th class="wide">Role</th><th class="number">Balance, ${currency}</th></tr></thead>
<tbody>${rows.map(
    ({
      code,
      name,
      role,
      balance,
    }) => html`<tr><td class="code">${code}</td><td>${name}</td><td class="wide quiet">${role === null ? '' : words(role)}</td>
<td class="number"><a href="${at(company, `ledger/${encodeURIComponent(code)}`, { to: asOf })}">${figure(balance, locale)}</a></td></tr>`,
  )}</tbody>
<tfoot><tr><td></td><td>Debits</td><td class="wide"></td><td class="number">${sum((minor) => minor > 0n)}</td></tr>
<tr><td></td><td>Credits</td><td class="wide"></td><td class="number">${sum((minor) => minor < 0n)}</td></tr></tfoot></table>`
}

export function trialBalancePage(frame: Frame, company: CompanyFacts, report: TrialBalance): Html {
  const { asOf } = report
  return page(frame, {
    title: 'Trial balance',
    area: 'trial-balance',
    content: html`<div class="head"><h1>Trial balance</h1>
<form class="range"><label>at the end of <input type="date" name="asOf" value="${asOf}"></label> <button>Show</button></form>
<a class="quiet" href="${csv(company, 'trial-balance', { asOf })}">CSV</a></div>
${trialBalancePart(company, report, frame.locale)}`,
  })
}

type Statement = {
  currency: string
  from?: string
  to?: string
  asOf?: string
  rows: readonly StatementRow[]
}

/** Profit and loss, and the balance sheet: accounts under their headings, each figure a link to its lines. */
export function statementPage(
  frame: Frame,
  company: CompanyFacts,
  report: Statement,
  { title, area }: { title: string; area: 'profit-and-loss' | 'balance-sheet' },
): Html {
  const { from, to, asOf, currency, rows } = report
  const { locale } = frame
  const range = { ...(from === undefined ? {} : { from }), to: to ?? asOf ?? '' }
  const days =
    area === 'balance-sheet'
      ? html`<label>at the end of <input type="date" name="asOf" value="${asOf}"></label>`
      : html`<label>from <input type="date" name="from" value="${from}"></label> <label>to <input type="date" name="to" value="${to}"></label>`
  const query = asOf === undefined ? { from: from ?? '', to: to ?? '' } : { asOf }
  const amount = (row: StatementRow): Html | string =>
    row.kind === 'account' && row.code !== ''
      ? html`<a href="${at(company, `ledger/${encodeURIComponent(row.code)}`, range)}">${figure(row.amount, locale)}</a>`
      : figure(row.amount, locale)
  return page(frame, {
    title,
    area,
    content: html`<div class="head"><h1>${title}</h1><form class="range">${days} <button>Show</button></form>
<a class="quiet" href="${csv(company, area, query)}">CSV</a></div>
${
  rows.some(({ kind }) => kind === 'account')
    ? html`<table class="rows figures statement"><thead><tr><th>Code</th><th>Account</th><th class="number">${currency}</th></tr></thead><tbody>
${rows.map(
  (
    row,
  ) => html`<tr class="${row.kind} level${Math.min(row.level, 3)}"><td class="code">${row.kind === 'account' ? row.code : ''}</td><td>${row.name}</td>
<td class="number">${amount(row)}</td></tr>`,
)}</tbody></table>`
    : html`<p class="empty">Nothing is posted in these days. <a href="${at(company, 'imports')}">Import sales</a>, or choose other days.</p>`
}`,
  })
}
