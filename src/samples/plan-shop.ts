import type { AccountingDate } from '../kernel/accounting-date.ts'
import { type Calendar, calendarOf } from './calendar.ts'
import { Dice } from './dice.ts'
import { shoppers } from './people.ts'
import { planCommissions } from './plan-commissions.ts'
import { planTrade } from './plan-trade.ts'
import { planWebShop } from './plan-web-shop.ts'
import type { ShopPlan } from './shop-plan.ts'

/** Everything that the sample's own shop sells, in the order of its days. The same seed and day plan the same. Pure. */
export function planShop(seed: string, today: AccountingDate): ShopPlan {
  const calendar = calendarOf(today)
  const dice = new Dice(seed)
  const people = shoppers(dice.fork('people'), 1_200)
  const rates = planRates(dice.fork('rates'), calendar)
  const web = planWebShop(dice.fork('web'), calendar, people)
  const trade = planTrade(dice.fork('trade'), calendar, rates)
  const commissions = planCommissions(dice.fork('commissions'), calendar, people)
  return {
    calendar,
    rates,
    customers: [...people, ...trade.customers],
    invoices: byDay([...web.invoices, ...trade.invoices, ...commissions.invoices]),
    credits: byDay([...web.credits, ...trade.credits]),
    receipts: byDay(trade.receipts),
    cardSales: byDay(web.cardSales),
    cardsGivenUp: byDay(web.cardsGivenUp),
    deposits: byDay(commissions.deposits),
    forfeits: commissions.forfeits,
    depositRefunds: commissions.refunds,
    writeOffs: trade.writeOffs,
  }
}

const byDay = <Row extends { on: AccountingDate }>(rows: readonly Row[]): Row[] =>
  rows.toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))

/** A rate for every week, wandering by a little. */
function planRates(dice: Dice, { days }: Calendar): ShopPlan['rates'] {
  let value = 8_520
  return days.flatMap((day, place) => {
    if (place % 7 !== 0) return []
    value = Math.min(8_820, Math.max(8_240, value + dice.between(-45, 45)))
    return [{ day, rate: `0.${value}` }]
  })
}
