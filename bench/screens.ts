import { chromium } from 'playwright-core'
import { accountingDate } from '../src/kernel/accounting-date.ts'
import { inCompanyAsOwner } from '../src/kernel/database.ts'
import { foldActivity } from '../src/ledger/fold-balances.ts'
import { foldSales } from '../src/reports/index.ts'
import { chromiumMissing, chromiumPath } from '../test/support/chromium.ts'
import { firstScriptBytes } from '../test/support/first-script.ts'
import { openScreen, searchFor, type Wait } from '../test/support/waits.ts'
import { buildAdmin } from '../tools/build-admin.js'
import type { BenchDatabase } from './support/bench-database.ts'
import { atLeast, atMost, type Figure, type Measured, median, timed } from './support/figure.ts'
import { fillCompany, proveCompany } from './support/fill-company.ts'
import { openCompany } from './support/posting-job.ts'
import { startSite } from './support/start-site.ts'

const root = new URL('../', import.meta.url).pathname
const documents = 1_000_000
const mostMs = 300
const mostKilobytes = 250

/** Where a click leads within a company: the screens of the rail, then every report, then reports told apart. */
const screens = [
  'home',
  'documents',
  'documents?open=true',
  'documents?sort=issuedOn',
  'customers',
  'payments',
  'entries',
  'journal',
  'inbox',
  'imports',
  'approvals',
  'mapping',
  'ledger/1100',
  'lines?account=4000',
  'reports/trial-balance',
  'reports/profit-and-loss',
  'reports/profit-and-loss?by=month',
  'reports/profit-and-loss?by=item-group',
  'reports/profit-and-loss?by=country&compare=previous-year',
  'reports/balance-sheet',
  'reports/cash-flow',
  'reports/cash-flow?method=direct',
  'reports/sales',
  'reports/sales?by=item',
  'reports/sales?by=customer',
  'reports/sales?by=country&compare=previous-year',
  'reports/tax-summary',
  'reports/tax-summary?by=quarter',
  'reports/aged-receivables',
  'reports/aged-payables',
  'reports/statements',
  'reports/currency-balances',
  'reports/gift-cards',
  'reports/store-credit',
  'reports/deposits',
  'reports/chart-of-accounts',
] as const

/** What a person types into the palette, and what must be found. */
const searches = [
  ['INV-77012', 'INV-77012'],
  ['fennel', 'Fennel'],
  ['lamp red', 'Lamp red'],
] as const

/**
 * What a person waits for, in a company with a million documents: from the click to the frame in which the screen can be used, in Chromium, with
 * nothing remembered of the data; and how large the first script is. Where Chromium is not installed, the screens are left out.
 */
export const screensOfMillion: Figure = {
  name: 'screens',
  always: false,
  effort: { named: { pairs: 5, sideMs: 0 }, together: { pairs: 3, sideMs: 0 } },
  async measure(server, { pairs, only }) {
    buildAdmin(root)
    if (chromiumPath === undefined) throw new Error(chromiumMissing)
    await proveCompany(server)
    const database = await server.open()
    const companyId = await openCompany(database)
    await fillCompany(database, companyId, { documents, lastDay: today() })
    const folds = await foldEverything(database, companyId)
    const site = await startSite(database.url)
    try {
      const measured = [firstScript(), ...folds]
      for await (const one of measureScreens(`${site.origin}/companies/${companyId}`, pairs, only)) measured.push(one)
      return measured
    } finally {
      await site.stop()
      await database.drop()
    }
  },
}

const today = () => accountingDate(new Date().toISOString().slice(0, 10))

/** What jobs make of a large import: how many entries and documents a second. */
async function foldEverything(database: BenchDatabase, companyId: bigint): Promise<Measured[]> {
  const measured: Measured[] = []
  for (const [name, fold] of [
    ['activity', foldActivity],
    ['sales', foldSales],
  ] as const) {
    let folded = 0
    const ms = await timed(async () => {
      for (let last = 1; last > 0; folded += last) last = await inCompanyAsOwner(database, companyId, (tx) => fold(tx))
    })
    const detail = `${folded} in ${(ms / 1_000).toFixed(1)} s`
    const rate = { name: `screens, ${name} folded`, measured: (folded * 1_000) / ms, target: 10_000, detail }
    measured.push(atLeast(rate, '/s'))
  }
  await database.owner.query('vacuum analyze')
  return measured
}

function firstScript(): Measured {
  const measured = firstScriptBytes(root) / 1_000
  return atMost({ name: 'screens, first script', measured, target: mostKilobytes, detail: 'as gzip packs it' }, 'kB')
}

/** Every screen and search of the company at an address, or those that begin so, so many times each: the median. */
export async function* measureScreens(
  company: string,
  times: number,
  only: readonly string[],
): AsyncGenerator<Measured> {
  const isMeant = (name: string): boolean => only.length === 0 || only.some((start) => name.startsWith(start))
  const browser = await chromium.launch({ executablePath: chromiumPath as string, args: ['--no-sandbox'] })
  try {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-GB' })
    const page = await context.newPage()
    for (const screen of screens.filter(isMeant)) {
      const waits: Wait[] = []
      for (let time = 0; time < times; time++) waits.push(await openScreen(page, company, screen))
      yield figureOf(screen, waits)
    }
    for (const sought of searches.filter(([typed]) => isMeant(typed))) {
      const waits: Wait[] = []
      for (let time = 0; time < times; time++) waits.push(await searchFor(page, company, sought))
      yield figureOf(`search ${sought[0]}`, waits)
    }
  } finally {
    await browser.close()
  }
}

function figureOf(name: string, waits: readonly Wait[]): Measured {
  const all = waits.map(({ ms }) => ms)
  const server = median(waits.map(({ requestMs }) => requestMs))
  const detail = `worst ${Math.max(...all).toFixed(0)}, slowest request ${server.toFixed(0)}; ${all.map((ms) => ms.toFixed(0)).join(' ')} ms`
  return atMost({ name: `screens ${name}`, measured: median(all), target: mostMs, detail }, 'ms')
}
