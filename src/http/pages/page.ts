import type { Context } from 'hono'
import { html } from 'hono/html'
import { accountingDate, writeDay } from '../../kernel/accounting-date.ts'
import { readCompany } from '../../kernel/database.ts'
import type { MoneyJson } from '../../kernel/money.ts'
import type { Permission } from '../../kernel/permissions.ts'
import { type CompanyFacts, companyFacts } from '../../ledger/accounts.ts'
import { listCompanies } from '../../modules/company/index.ts'
import { permissionsIn } from '../../modules/identity/index.ts'
import { countOpenExceptions } from '../../modules/inbox/index.ts'
import { callerOf } from '../callers.ts'
import { latestProof, type Proof } from '../proofs.ts'
import type { Environment } from '../workplace.ts'

export type Html = ReturnType<typeof html>

/** What the frame around every page shows. */
export type Frame = {
  companies: CompanyFacts[]
  company: CompanyFacts | undefined
  /** Whether the reader may create companies. */
  mayCreate: boolean
  /** What the reader may do in that company; without one, nothing. */
  may: ReadonlySet<Permission>
  openExceptions: number
  proof: Proof | undefined
  locale: string
}

/** Reads the frame of a page; without a company the areas of the rail have nowhere to lead. */
export async function readFrame(c: Context<Environment>, companyId?: bigint): Promise<Frame> {
  const { database } = c.var.workplace
  const caller = callerOf(c)
  const companies = (await listCompanies(database)).filter(({ id }) => permissionsIn(caller, id))
  const reader = {
    companies,
    mayCreate: caller.installationOwner && caller.key === null,
    locale: localeOf(c.req.header('accept-language')),
  }
  if (companyId === undefined)
    return { ...reader, company: undefined, may: new Set(), openExceptions: 0, proof: undefined }
  const may = permissionsIn(caller, companyId) ?? new Set()
  return await readCompany(database, companyId, async (tx) => ({
    ...reader,
    company: await companyFacts(tx),
    may,
    openExceptions: await countOpenExceptions(tx),
    proof: await latestProof(tx),
  }))
}

function localeOf(header: string | undefined): string {
  const wanted = header?.split(',')[0]?.split(';')[0]?.trim() ?? ''
  try {
    return Intl.NumberFormat.supportedLocalesOf(wanted)[0] ?? 'en-GB'
  } catch {
    return 'en-GB'
  }
}

/** '-6,107,425.52' as the reader's locale writes it, exactly; zero is a dash. */
export function figure(money: MoneyJson | null | undefined, locale: string): string {
  if (money === null || money === undefined) return ''
  const [whole = '0', fraction] = money.amount.replace('-', '').split('.')
  if (/^[0.]+$/.test(money.amount.replace('-', ''))) return '–'
  const point = new Intl.NumberFormat(locale).formatToParts(1.5).find(({ type }) => type === 'decimal')?.value ?? '.'
  const digits = new Intl.NumberFormat(locale, { useGrouping: true }).format(BigInt(whole))
  return `${money.amount.startsWith('-') ? '-' : ''}${digits}${fraction === undefined ? '' : point + fraction}`
}

/** '30 Jun 2011' as the reader's locale writes it. */
export const day = (date: string, locale: string): string => writeDay(accountingDate(date.slice(0, 10)), locale)

/** 'bad_debts' and 'invoice-issued' as words. */
export const words = (name: string): string => name.replace(/[-_]/g, ' ')

/** The address of a company's page. */
export const at = (company: CompanyFacts, path: string, query: Record<string, string | undefined> = {}): string => {
  const given = Object.entries(query).filter((entry): entry is [string, string] => (entry[1] ?? '') !== '')
  const search = new URLSearchParams(given).toString()
  return `/companies/${company.id}/${path}${search === '' ? '' : `?${search}`}`
}

/** What of a company has a page in the rail, and what it asks of whoever reads it. */
export const areas = [
  { path: 'trial-balance', name: 'Trial balance', key: 't', permission: 'reports.read' },
  { path: 'profit-and-loss', name: 'Profit and loss', key: 'p', permission: 'reports.read' },
  { path: 'balance-sheet', name: 'Balance sheet', key: 'b', permission: 'reports.read' },
  { path: 'exceptions', name: 'Exceptions', key: 'e', permission: 'exceptions.read' },
  { path: 'checks', name: 'Checks', key: 'c', permission: 'reports.read' },
] as const

type Area = (typeof areas)[number]['path'] | 'companies' | 'account'

type Page = { title: string; area: Area; content: Html | Html[] | Promise<Html>; scripts?: string[] }

const areasFor = ({ may }: Frame) => areas.filter(({ permission }) => may.has(permission))

/** A whole page: the rail on the left, the bar on top, and the content. */
export const page = (frame: Frame, { title, area, content, scripts = [] }: Page): Html => html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}${frame.company ? ` · ${frame.company.name}` : ''} · Countinghouse</title>
<link rel="icon" href="/assets/icon.svg">
<link rel="stylesheet" href="/assets/style.css">
<script src="/assets/app.js" defer></script>${scripts.map((name) => html`<script src="/assets/${name}" defer></script>`)}
</head>
<body data-company="${frame.company?.id ?? ''}">
<a class="skip" href="#content">To the content</a>
<nav class="rail" aria-label="Areas">
<a class="brand" href="/">Countinghouse</a>
<a href="/" data-go="h"${current(area === 'companies')}>Companies</a>
${
  frame.company
    ? areasFor(frame).map(
        ({ path, name, key }) =>
          html`<a href="${at(frame.company as CompanyFacts, path)}" data-go="${key}"${current(area === path)}>${name}${
            path === 'exceptions' && frame.openExceptions > 0 ? html` <b>${frame.openExceptions}</b>` : ''
          }</a>`,
      )
    : ''
}
<a class="quiet" href="/account"${current(area === 'account')}>Account</a>
<a class="quiet" href="/api">API</a>
</nav>
<div class="side">
<header class="bar">
${frame.company ? companyChooser(frame, frame.company, area) : html`<span class="company">${area === 'account' ? 'Your account' : 'Welcome'}</span>`}
${frame.company ? html`<input type="search" id="filter" placeholder="Filter this page  ( / )" aria-label="Filter the rows of this page" autocomplete="off">` : ''}
${frame.company && frame.may.has('reports.read') ? light(frame.company, frame.proof) : ''}
</header>
<main id="content">${content}</main>
</div>
<dialog id="keys"><h2>Keyboard</h2><dl class="keys">
<dt><kbd>/</kbd></dt><dd>filter the rows</dd><dt><kbd>Esc</kbd></dt><dd>clear the filter, close this</dd>
<dt><kbd>j</kbd> <kbd>k</kbd></dt><dd>next and previous row</dd><dt><kbd>Enter</kbd></dt><dd>open the row</dd>
<dt><kbd>[</kbd></dt><dd>back</dd>
<dt><kbd>g</kbd> <kbd>h</kbd></dt><dd>companies</dd>
${areasFor(frame).map(({ key, name }) => html`<dt><kbd>g</kbd> <kbd>${key}</kbd></dt><dd>${name}</dd>`)}
</dl><form method="dialog"><button>Close</button></form></dialog>
</body>
</html>`

const current = (is: boolean): Html | string => (is ? html` aria-current="page"` : '')

function companyChooser({ companies }: Frame, company: CompanyFacts, area: Area): Html {
  const path = area === 'companies' ? '' : `/${area}`
  return html`<select id="company" class="company" aria-label="Company" data-area="${path}">
${companies.map(({ id, name }) => html`<option value="${id}"${id === company.id ? html` selected` : ''}>${name}</option>`)}
</select>`
}

function ago(minutes: number): string {
  if (minutes < 1) return 'just now'
  if (minutes < 120) return `${minutes} min ago`
  return minutes < 48 * 60 ? `${Math.floor(minutes / 60)} hours ago` : `${Math.floor(minutes / 1440)} days ago`
}

/** Green says that every check held when they ran last, red that one is broken, grey that nobody has looked yet. */
function light(company: CompanyFacts, proof: Proof | undefined): Html {
  const href = at(company, 'checks')
  if (proof === undefined) return html`<a class="light unknown" href="${href}">not proven yet</a>`
  const when = ago(Math.floor((Date.now() - proof.atMs) / 60_000))
  return proof.found.ok
    ? html`<a class="light proven" href="${href}">proven ${when}</a>`
    : html`<a class="light broken" href="${href}">broken</a>`
}
