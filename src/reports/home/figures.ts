import { type AccountingDate, daysBefore, nextDay, startOfMonth, startOfWeek } from '../../kernel/accounting-date.ts'
import { only, type Tx } from '../../kernel/database.ts'
import { type MoneyJson, moneyJson } from '../../kernel/money.ts'
import { cashFlowAccounts } from '../cash-movements.ts'
import { percentOf } from '../comparison.ts'
import { comparedRanges, type Range, sameDayYearBefore } from '../periods.ts'
import { linesSource, listSource, reportSource, type Source } from '../source.ts'
import { type AccountMovement, accountBalances } from '../stored-balances.ts'
import { type SalesAccount, salesAccounts, salesOfDays, topSellers } from './sales-of-days.ts'

/** A figure, and where the rows behind it are read. */
export type Figure = { amount: MoneyJson; source: Source | null }

/** Sales of some days beside those of the same days a year before, and by how many percent they are more; null where there were none. */
export type SalesTotal = { from: string; to: string; sales: Figure; lastYear: Figure; percent: string | null }

export type HomeSales = {
  days: { day: string; sales: MoneyJson; lastYear: MoneyJson }[]
  /** For one of the days: the parameters that take the place of the range in `source`, `from` and `to`, are the day itself. */
  source: Source | null
  week: SalesTotal
  month: SalesTotal
  range: SalesTotal
}

export type Ranked = { key: string; name: string; sales: Figure }

export type HomeFigures = {
  asOf: string
  currency: string
  sales: HomeSales
  /** What sold best in the range of the days. */
  items: Ranked[]
  countries: Ranked[]
  cash: { total: Figure; accounts: (Figure & { code: string; name: string; role: string | null })[] }
  owed: { toUs: Figure; toUsOverdue: Figure; byUs: Figure; byUsOverdue: Figure }
  /** What is owed to tax authorities: charged to customers less paid to suppliers, and what of both is not due yet. */
  tax: { owed: Figure; pending: Figure }
}

export type HomeParameters = { asOf: AccountingDate; days: number; top: number }

/** The figures of the first screen, all of them from stored balances and stored activity: they cost the same however many documents there are. */
export async function homeFigures(tx: Tx, { asOf, days, top }: HomeParameters): Promise<HomeFigures> {
  const { currency } = only(
    await tx.query<{ currency: string }>('select base_currency as currency from company where id = $1', [tx.companyId]),
  )
  const accounts = await salesAccounts(tx)
  const range = { from: daysBefore(asOf, days - 1), to: asOf }
  const money = (minor: bigint): MoneyJson => moneyJson(minor, currency)
  const ranked = async (by: 'item' | 'country'): Promise<Ranked[]> =>
    (await topSellers(tx, accounts, range, { by, most: top })).map(({ key, name, minor }) => ({
      key,
      name,
      sales: { amount: money(minor), source: salesSource(accounts, range, { [by]: key }) },
    }))
  return {
    asOf,
    currency,
    sales: await salesUpTo(tx, { accounts, range, money }),
    items: await ranked('item'),
    countries: await ranked('country'),
    ...(await standings(tx, asOf, money)),
  }
}

const salesSource = (accounts: readonly SalesAccount[], { from, to }: Range, more: Record<string, string> = {}) =>
  linesSource(
    accounts.map(({ code }) => code),
    { from, to, yearClosings: 'without', ...more },
  ) ?? null

type SalesAsked = { accounts: readonly SalesAccount[]; range: Range; money: (minor: bigint) => MoneyJson }

async function salesUpTo(tx: Tx, { accounts, range, money }: SalesAsked): Promise<HomeSales> {
  const { to } = range
  const week = { from: startOfWeek(to), to }
  const month = { from: startOfMonth(to), to }
  const from = [range, week, month].map((one) => one.from).sort()[0] ?? to
  const now = await salesOfDays(tx, accounts, { from, to })
  const yearBefore = (of: Range): Range => comparedRanges(of, 'previous-year')[0] as Range
  const before = await salesOfDays(tx, accounts, yearBefore({ from, to }))
  const sumOf = (sales: ReadonlyMap<string, bigint>, of: Range): bigint => {
    let sum = 0n
    for (const [day, minor] of sales) if (day >= of.from && day <= of.to) sum += minor
    return sum
  }
  const total = (of: Range): SalesTotal => {
    const earlier = yearBefore(of)
    const [sales, lastYear] = [sumOf(now, of), sumOf(before, earlier)]
    return {
      ...of,
      sales: { amount: money(sales), source: salesSource(accounts, of) },
      lastYear: { amount: money(lastYear), source: salesSource(accounts, earlier) },
      percent: percentOf(sales - lastYear, lastYear),
    }
  }
  const days: HomeSales['days'] = []
  for (let day = range.from; day <= to; day = nextDay(day)) {
    days.push({ day, sales: money(now.get(day) ?? 0n), lastYear: money(before.get(sameDayYearBefore(day)) ?? 0n) })
  }
  return {
    days,
    source: salesSource(accounts, range),
    week: total(week),
    month: total(month),
    range: total(range),
  }
}

const taxRoles = new Set(['output_tax', 'input_tax', 'tax_payable'])
const pendingTaxRoles = new Set(['output_tax_pending', 'input_tax_pending'])

async function standings(
  tx: Tx,
  asOf: AccountingDate,
  money: (minor: bigint) => MoneyJson,
): Promise<Pick<HomeFigures, 'cash' | 'owed' | 'tax'>> {
  const balances = await accountBalances(tx, [asOf])
  const accounts = await cashFlowAccounts(tx)
  const cashIds = new Set(accounts.flatMap(({ id, activity }) => (activity === 'cash' ? [id] : [])))
  const played = new Map(accounts.map(({ id, role }) => [id, role]))
  const figure = (accounts: readonly AccountMovement[], sign: 1n | -1n): Figure => ({
    amount: money(sign * accounts.reduce((sum, { amounts: [balance = 0n] }) => sum + balance, 0n)),
    source:
      linesSource(
        accounts.map(({ code }) => code),
        { to: asOf },
      ) ?? null,
  })
  const playing = (roles: ReadonlySet<string>) => balances.filter(({ id }) => roles.has(played.get(id) ?? ''))
  const cash = balances.filter(({ id }) => cashIds.has(id))
  const overdue = await overdueOn(tx, asOf)
  const open = reportSource('aged-receivables', { asOf, items: 'true' })
  return {
    cash: {
      total: figure(cash, 1n),
      accounts: cash.map((account) => ({
        code: account.code,
        name: account.name,
        role: account.role,
        ...figure([account], 1n),
      })),
    },
    owed: {
      toUs: { ...figure(playing(new Set(['receivable'])), 1n), source: reportSource('aged-receivables', { asOf }) },
      toUsOverdue: {
        amount: money(overdue.receivable),
        // The list is of what is open by now.
        source: overdue.settledSince ? open : listSource('open-items', { dueBefore: asOf }),
      },
      byUs: { ...figure(playing(new Set(['payable'])), -1n), source: reportSource('aged-payables', { asOf }) },
      byUsOverdue: { amount: money(-overdue.payable), source: reportSource('aged-payables', { asOf, items: 'true' }) },
    },
    tax: { owed: figure(playing(taxRoles), -1n), pending: figure(playing(pendingTaxRoles), -1n) },
  }
}

type Overdue = { receivable: bigint; payable: bigint; settledSince: boolean }

/** What was overdue at the end of a day, in base currency, debit positive; and whether anything has been settled since. As the aged reports have it. */
const overdueOn = async (tx: Tx, day: AccountingDate): Promise<Overdue> =>
  only(
    await tx.query<Overdue>(
      `with later as materialized (
          select item_id, sum(base_minor) as base_minor
            from (
              select debit_item_id as item_id, debit_base_minor as base_minor from open_item_application where company_id = $1 and applied_on > $2
              union all
              select credit_item_id, -credit_base_minor from open_item_application where company_id = $1 and applied_on > $2
            ) sides group by item_id
        ), item as (
          select ledger, base_minor - applied_base_minor as base_minor from open_item
            where company_id = $1 and applied_minor <> amount_minor and due_on < $2 and opened_on <= $2
          union all
          select i.ledger, l.base_minor from later l
            cross join lateral (select ledger, due_on, opened_on from open_item where company_id = $1 and id = l.item_id offset 0) i
            where i.due_on < $2 and i.opened_on <= $2
        )
        select coalesce(sum(base_minor) filter (where ledger = 'receivable'), 0)::bigint as receivable,
            coalesce(sum(base_minor) filter (where ledger = 'payable'), 0)::bigint as payable,
            exists (select from later) as "settledSince"
          from item`,
      [tx.companyId, day],
    ),
  )
