import { type AccountingDate, parseAccountingDate } from '../kernel/accounting-date.ts'
import { BadInput } from '../kernel/bad-input.ts'
import { parseMinor } from '../kernel/money.ts'
import type { BudgetAmount } from '../modules/budgets/index.ts'
import { cutShort } from './field-forms.ts'
import { readCsv } from './read-csv.ts'

type Head = {
  account: number
  channel: number
  month: number
  amount: number
  months: { at: number; month: AccountingDate }[]
}

/**
 * Reads a budget from CSV: `account`, `month`, `amount` and perhaps `channel`, a row an amount; or `account`, perhaps `channel`, and a column for each
 * month, headed `2011-01`. Cells of months may be empty. Throws `BadInput` with file, line and column.
 */
export async function readBudget(path: string, currency: string): Promise<BudgetAmount[]> {
  let head: Head | undefined
  const amounts: BudgetAmount[] = []
  await readCsv(path, (record, line) => {
    if (head === undefined) {
      head = headOf(record, path, line)
      return
    }
    amounts.push(...amountsOf(record, head, { path, line, currency }))
  })
  if (head === undefined)
    throw new BadInput({ file: path, line: 1, column: 1 }, 'nothing', 'a head with account, month, amount')
  return amounts
}

const monthOf = (text: string): AccountingDate | undefined => parseAccountingDate(`${text.trim()}-01`)

function headOf(record: readonly string[], file: string, line: number): Head {
  const names = record.map((name) => name.trim().toLowerCase())
  const months = names.flatMap((name, at) => {
    const month = monthOf(name)
    return month === undefined ? [] : [{ at, month }]
  })
  const at = (name: string): number => names.indexOf(name)
  const head = { account: at('account'), channel: at('channel'), month: at('month'), amount: at('amount'), months }
  const isLong = head.month >= 0 && head.amount >= 0 && months.length === 0
  if (head.account < 0 || (!isLong && months.length === 0)) {
    const expected =
      'account with month and amount, or account with a column for each month such as 2011-01; perhaps channel'
    throw new BadInput({ file, line, column: 1 }, cutShort(names.join(',')), expected)
  }
  const known = new Set(['account', 'channel', ...(isLong ? ['month', 'amount'] : [])])
  const unknown = names.findIndex(
    (name, index) => (!known.has(name) && monthOf(name) === undefined) || names.indexOf(name) !== index,
  )
  if (unknown >= 0)
    throw new BadInput(
      { file, line, column: unknown + 1 },
      `column '${cutShort(names[unknown] as string)}'`,
      'each known column once',
    )
  return head
}

type Place = { path: string; line: number; currency: string }

function amountsOf(record: readonly string[], head: Head, { path: file, line, currency }: Place): BudgetAmount[] {
  const cell = (at: number): string => (at < 0 ? '' : (record[at] ?? '').trim())
  const refuse = (at: number, expected: string): BadInput =>
    new BadInput({ file, line, column: at + 1 }, `'${cutShort(cell(at))}'`, expected)
  const account = cell(head.account)
  if (account === '') throw refuse(head.account, 'the code of an account')
  const channel = cell(head.channel) === '' ? null : cell(head.channel)
  const amountAt = (at: number, month: AccountingDate): BudgetAmount => {
    const amountMinor = parseMinor(cell(at), currency)
    if (amountMinor === undefined) throw refuse(at, `an amount in ${currency} such as 1200.00`)
    return { account, channel, month, amountMinor }
  }
  if (head.months.length > 0) {
    return head.months.filter(({ at }) => cell(at) !== '').map(({ at, month }) => amountAt(at, month))
  }
  const month = monthOf(cell(head.month))
  if (month === undefined) throw refuse(head.month, 'a month such as 2011-01')
  return [amountAt(head.amount, month)]
}
