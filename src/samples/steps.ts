import type { AccountingDate } from '../kernel/accounting-date.ts'
import type { Tx } from '../kernel/database.ts'
import { dueRecurring, postDueDay } from '../modules/journal/index.ts'
import { attachPapers } from './attach-papers.ts'
import { closeFiscalYears, closeMonths, revalueMonths, settleVat } from './close-books.ts'
import { Dice } from './dice.ts'
import type { ExportFile } from './import-sales.ts'
import { type MonthSold, planBills } from './plan-bills.ts'
import { planBudget } from './plan-budget.ts'
import { planMarketplace } from './plan-marketplace.ts'
import { planPopUp } from './plan-pop-up.ts'
import { planShop } from './plan-shop.ts'
import { totalOf } from './plan-web-shop.ts'
import { bookkeeper, bringIn, setUp, startOverheads } from './set-up.ts'
import { settleProcessors } from './settle-processors.ts'
import { rateOf, type ShopPlan } from './shop-plan.ts'
import { writeBills } from './write-bills.ts'
import { monthOfShop, numberDocuments, writeMonth } from './write-month.ts'

/** A step of making a sample, in words for whoever waits: what it does in one transaction, or the file that it imports in several. */
export type Step = { phase: string } & ({ work(tx: Tx): Promise<unknown> } | { file: ExportFile })

/** The steps that make a sample company of a seed and a day, always the same. Pure. */
export function stepsOf(seed: string, today: AccountingDate): Step[] {
  const plan = planShop(seed, today)
  const { calendar } = plan
  const dice = new Dice(seed)
  const market = planMarketplace(dice.fork('marketplace'), calendar)
  const bills = planBills(dice.fork('bills'), calendar, soldByMonth(plan, market.grossByMonth))
  const numbers = numberDocuments(plan)
  const step = (phase: string, work: (tx: Tx) => Promise<unknown>): Step => ({ phase, work })
  return [
    step('Setting the company up', (tx) => setUp(tx, plan)),
    step('Bringing in earlier balances', (tx) => bringIn(tx, plan)),
    step('Starting what recurs', (tx) => startOverheads(tx, plan)),
    ...calendar.months.map((month) =>
      step(`Trading in ${month.slice(0, 7)}`, async (tx) => {
        await writeMonth(tx, monthOfShop(plan, numbers, month))
        await writeBills(tx, bills, month)
      }),
    ),
    {
      phase: 'Importing the sales of a marketplace',
      file: { format: 'orders', name: 'harbour-market.json', content: JSON.stringify(market.orders) },
    },
    {
      phase: 'Importing the sales of a pop-up shop',
      file: { format: 'shopify-orders', name: 'pop-up-shop.csv', content: planPopUp(dice.fork('pop-up'), calendar) },
    },
    step('Paying rent and wages', (tx) => postWhatIsDue(tx, today)),
    step('Settling with the processors', (tx) => settleProcessors(tx, calendar)),
    step('Reporting VAT', (tx) => settleVat(tx, calendar)),
    step('Revaluing what is owed in euros', (tx) => revalueMonths(tx, calendar)),
    step('Closing fiscal years', (tx) => closeFiscalYears(tx, calendar)),
    step('Closing months', (tx) => closeMonths(tx, calendar)),
    step('Planning the year', async (tx) => {
      await planBudget(tx, calendar)
      await attachPapers(tx, bills)
    }),
  ]
}

/** What has fallen due of all that recurs, oldest first, as the server posts it. */
async function postWhatIsDue(tx: Tx, today: AccountingDate): Promise<void> {
  for (let due = await dueRecurring(tx, today); due.length > 0; due = await dueRecurring(tx, today))
    for (const day of due) await postDueDay(tx, day, bookkeeper)
}

/** What each month sold, as the bills that it brings ask for it. */
function soldByMonth({ calendar, invoices, rates }: ShopPlan, marketplace: ReadonlyMap<string, bigint>): MonthSold[] {
  return calendar.months.map((month) => {
    const ofMonth = invoices.filter(({ on }) => on.slice(0, 7) === month.slice(0, 7))
    const retail = ofMonth.filter(({ method }) => method !== null)
    const trade = ofMonth.filter(({ method }) => method === null)
    const market = marketplace.get(month.slice(0, 7)) ?? 0n
    const retailGross = retail.reduce((sum, invoice) => sum + totalOf(invoice), market)
    const tradeNet = trade.reduce((sum, invoice) => {
      const total = totalOf(invoice)
      return sum + (invoice.currency === 'EUR' ? (total * rateOf(rates, invoice.on)) / 10_000n : total)
    }, 0n)
    const parcels = ofMonth.length + Number(market / 32_00n)
    return { month, retailMinor: (retailGross * 5n) / 6n, tradeMinor: tradeNet, parcels }
  })
}
