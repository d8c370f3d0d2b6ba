import { type AccountingDate, endOfMonth, fiscalYear } from '../kernel/accounting-date.ts'
import { only, type Tx } from '../kernel/database.ts'
import { closePeriod } from '../ledger/periods.ts'
import { closeYears, type Journal, postJournals } from '../modules/journal/index.ts'
import { revalue } from '../modules/revaluation/index.ts'
import { type Calendar, daysAfter, monthOf, yearOf } from './calendar.ts'
import { bookkeeper } from './set-up.ts'

/** The shop's fiscal years begin in April. */
export const firstMonthOfYear = 4

/** The last day of a fiscal year as the bookkeeper writes it. */
const written = (to: AccountingDate): string => `31 March ${yearOf(to)}`

/** Revalues what is owed in euros at the end of each month that is over. */
export async function revalueMonths(tx: Tx, { months, today }: Calendar): Promise<void> {
  for (const month of months) if (endOfMonth(month) < today) await revalue(tx, endOfMonth(month), bookkeeper)
}

/**
 * Moves the VAT of each quarter that has been reported to what is owed to HMRC, and pays it a month and seven days after the quarter: by journals, as
 * long as no return does it.
 */
export async function settleVat(tx: Tx, calendar: Calendar): Promise<void> {
  const quarters = calendar.months.filter((month) => monthOf(month) % 3 === 0).map(endOfMonth)
  for (const quarterEnd of quarters) {
    const reportedOn = daysAfter(quarterEnd, 28)
    if (reportedOn > calendar.today) break
    const output = await balanceOf(tx, 'output_tax', quarterEnd)
    const input = await balanceOf(tx, 'input_tax', quarterEnd)
    const owed = -output - input
    await postJournals(
      tx,
      [
        {
          reference: `vat-${quarterEnd}`,
          date: quarterEnd,
          description: 'VAT of the quarter, as reported',
          lines: [
            { role: 'output_tax' as const, amountMinor: -output },
            { role: 'input_tax' as const, amountMinor: -input },
            { role: 'tax_payable' as const, amountMinor: -owed },
          ].filter(({ amountMinor }) => amountMinor !== 0n),
        },
        ...vatPaid(quarterEnd, owed, calendar.today),
      ],
      bookkeeper,
    )
  }
}

function vatPaid(quarterEnd: AccountingDate, owed: bigint, today: AccountingDate): Journal[] {
  const on = daysAfter(quarterEnd, 37)
  if (on > today || owed === 0n) return []
  return [
    {
      reference: `vat-paid-${quarterEnd}`,
      date: on,
      description: 'VAT paid to HMRC',
      lines: [
        { role: 'tax_payable', amountMinor: owed },
        { role: 'bank', amountMinor: -owed },
      ],
    },
  ]
}

const balanceOf = async (tx: Tx, role: string, on: AccountingDate): Promise<bigint> =>
  only(
    await tx.query<{ balance: bigint }>(
      `select coalesce(sum(l.amount_minor), 0)::bigint as balance
        from account a join journal_line l on l.company_id = $1 and l.account_id = a.id and l.posted_on <= $3
        where a.company_id = $1 and a.role = $2`,
      [tx.companyId, role, on],
    ),
  ).balance

/** Taxes the profit of each fiscal year that ended three months ago, pays a dividend out of it, and closes the year. */
export async function closeFiscalYears(tx: Tx, { start, today }: Calendar): Promise<void> {
  for (let year = yearOf(start); year <= yearOf(today); year += 1) {
    const { from, to } = fiscalYear(year, firstMonthOfYear)
    if (to < start || daysAfter(to, 90) > today) continue
    const profit = await profitOf(tx, from, to)
    const tax = profit > 0n ? (profit * 19n) / 100n : 0n
    const dividend = profit > 0n ? ((profit - tax) / 2n / 100_00n) * 100_00n : 0n
    await postJournals(tx, [...taxed(year, to, tax, today), ...paidOut(year, to, dividend)], bookkeeper)
    await closeYears(tx, [year], bookkeeper)
  }
}

/** The tax is owed at the end of the year, and due nine months and a day later. */
function taxed(year: number, to: AccountingDate, amountMinor: bigint, today: AccountingDate): Journal[] {
  if (amountMinor === 0n) return []
  const dueOn = daysAfter(to, 276)
  const move = (reference: string, date: AccountingDate, words: string, accounts: [debit: string, credit: string]) => ({
    reference,
    date,
    description: `${words} on the profit of the year to ${written(to)}`,
    lines: [
      { account: accounts[0], amountMinor },
      { account: accounts[1], amountMinor: -amountMinor },
    ],
  })
  const owed = move(`corporation-tax-${year}`, to, 'Corporation tax', ['9000', '2240'])
  const paid = move(`corporation-tax-paid-${year}`, dueOn, 'Payment of the corporation tax', ['2240', '1200'])
  return dueOn > today ? [owed] : [owed, paid]
}

const paidOut = (year: number, to: AccountingDate, amountMinor: bigint): Journal[] =>
  amountMinor === 0n
    ? []
    : [
        {
          reference: `dividend-${year}`,
          date: daysAfter(to, 75),
          description: `Dividend for the year to ${written(to)}`,
          lines: [
            { account: '3210', amountMinor },
            { account: '1200', amountMinor: -amountMinor },
          ],
        },
      ]

/** The result of some days, a profit above zero. */
const profitOf = async (tx: Tx, from: AccountingDate, to: AccountingDate): Promise<bigint> =>
  only(
    await tx.query<{ profit: bigint }>(
      `select coalesce(-sum(l.amount_minor), 0)::bigint as profit
        from account a join journal_line l on l.company_id = $1 and l.account_id = a.id and l.posted_on between $2 and $3
        where a.company_id = $1 and a.class in ('income', 'expense')`,
      [tx.companyId, from, to],
    ),
  ).profit

/** Closes every month but the last one that is over, and the current one. */
export async function closeMonths(tx: Tx, { months, today }: Calendar): Promise<void> {
  for (const month of months) {
    if (daysAfter(endOfMonth(month), 21) > today || months.indexOf(month) >= months.length - 2) continue
    await closePeriod(tx, { month, reason: 'Bank, processors and VAT agreed', decidedBy: bookkeeper })
  }
}
