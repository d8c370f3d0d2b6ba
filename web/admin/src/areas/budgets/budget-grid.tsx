import { type ClipboardEvent, type KeyboardEvent, memo, useCallback, useRef, useState } from 'react'
import type { Account } from '../../../../../clients/typescript/src/api.ts'
import { readTable } from '../../../../ui/csv.ts'
import { decimalOf } from '../../../../ui/exact.ts'
import { figure } from '../../../../ui/figures.ts'
import { Sideways } from '../../../../ui/part-table.tsx'
import classes from './budgets.module.css'
import { monthShort, monthsNamed } from './months.ts'
import { amountIn, keyOf, type Plan, spread, type Typed, type Typing, unitsAt, writtenAmount } from './plan.ts'
import { t } from './texts.ts'

type GridProps = {
  accounts: readonly Account[]
  months: readonly string[]
  channel: string | null
  plan: Plan
  typed: Typed
  typing: Typing
  readOnly: boolean
  isSaving: boolean
  onType(some: Typed): void
  onEnter(some: Typed): void
}

const kinds = [
  { kind: 'income', title: t('income'), total: t('totalIncome') },
  { kind: 'expense', title: t('expense'), total: t('totalExpense') },
] as const

/** Accounts by months, each cell to type into, with the totals of both. */
export function BudgetGrid(props: GridProps) {
  const { accounts, months, channel, plan, typed, typing, readOnly, isSaving, onType, onEnter } = props
  const whole = isWhole(props)
  const codes = kinds.flatMap(({ kind }) => accounts.filter((one) => one.class === kind).map(({ code }) => code))
  const { editing, type, enter, onPaste } = useCells({ codes, months, channel, onType, onEnter })
  const unitsOf = (account: string, month: string) =>
    unitsAt(keyOf({ account, month, channel }), { plan, typed, typing })
  const written = (units: bigint) => figure(short(decimalOf(units, typing.places), whole), typing.locale)
  const sums = kinds.map(({ kind }) => {
    const own = accounts.filter((one) => one.class === kind)
    return months.map((month) => own.reduce((sum, { code }) => sum + unitsOf(code, month), 0n))
  })
  const [income = [], expense = []] = sums
  return (
    <Sideways label={t('grid')} className={classes.scroll}>
      <table className={classes.grid} aria-label={t('grid')} onKeyDown={readOnly ? undefined : moveOnKey}>
        <Head months={months} />
        {kinds.map(({ kind, title, total }, at) => {
          const own = accounts.filter((one) => one.class === kind)
          if (own.length === 0) return null
          return (
            <tbody key={kind}>
              <tr data-kind="heading">
                <th scope="colgroup" colSpan={months.length + 2}>
                  {title}
                </th>
              </tr>
              {own.map(({ code, name }) => (
                <Row
                  key={code}
                  {...{ code, name, months, channel, typing, whole, readOnly, isSaving, type, enter, onPaste }}
                  texts={months.map((month) => {
                    const key = keyOf({ account: code, month, channel })
                    const own = typed[key]
                    if (own === undefined) return writtenAmount(plan.get(key), { typing, whole })
                    return key === editing ? own : tidied(own, { typing, whole })
                  })}
                  saved={months.map((month) =>
                    writtenAmount(plan.get(keyOf({ account: code, month, channel })), { typing, whole }),
                  )}
                  changed={months.map((month) => typed[keyOf({ account: code, month, channel })] !== undefined)}
                  total={written(months.reduce((sum, month) => sum + unitsOf(code, month), 0n))}
                />
              ))}
              <Sum title={total} months={months} of={sums[at] ?? []} written={written} />
            </tbody>
          )
        })}
        <tbody>
          <Sum
            title={t('result')}
            months={months}
            of={months.map((_, at) => (income[at] ?? 0n) - (expense[at] ?? 0n))}
            written={written}
          />
        </tbody>
      </table>
    </Sideways>
  )
}

type Cells = Pick<GridProps, 'months' | 'channel' | 'onType' | 'onEnter'> & { codes: readonly string[] }

/** What the cells tell of, by functions that stay the same: a row is drawn anew only for what it shows. */
function useCells(cells: Cells) {
  const latest = useRef(cells)
  latest.current = cells
  const onPaste = useCallback((event: ClipboardEvent<HTMLInputElement>, place: { account: string; month: string }) => {
    const table = readTable(event.clipboardData.getData('text/plain'))
    if (table.length <= 1 && (table[0] ?? []).length <= 1) return
    event.preventDefault()
    const now = latest.current
    now.onEnter(spread(table, { ...now, accounts: now.codes, at: { ...place, channel: now.channel } }))
  }, [])
  const [editing, setEditing] = useState<string>()
  const type = useCallback((key: string, text: string) => {
    setEditing(key)
    latest.current.onType({ [key]: text })
  }, [])
  const enter = useCallback((key: string, text: string) => {
    setEditing(undefined)
    latest.current.onEnter({ [key]: text })
  }, [])
  return { editing, type, enter, onPaste }
}

const Head = ({ months }: { months: readonly string[] }) => (
  <thead>
    <tr>
      <th scope="col">{t('account')}</th>
      {months.map((month) => (
        <th key={month} scope="col" data-right>
          {monthShort(month)}
        </th>
      ))}
      <th scope="col" data-right>
        {t('total')}
      </th>
    </tr>
  </thead>
)

/** Whether no amount that is shown has a fraction: then none shows places. */
function isWhole({ plan, typed, typing }: GridProps): boolean {
  const step = 10n ** BigInt(typing.places)
  return [...plan.keys(), ...Object.keys(typed)].every((key) => unitsAt(key, { plan, typed, typing }) % step === 0n)
}

const short = (amount: string, whole: boolean): string => (whole ? amount.replace(/\.0+$/, '') : amount)

type SumProps = { title: string; months: readonly string[]; of: readonly bigint[]; written(units: bigint): string }

const Sum = ({ title, months, of, written }: SumProps) => (
  <tr data-kind="sum">
    <th scope="row">{title}</th>
    {months.map((month, at) => (
      <td key={month} data-right>
        {written(of[at] ?? 0n)}
      </td>
    ))}
    <td data-right>{written(of.reduce((sum, units) => sum + units, 0n))}</td>
  </tr>
)

type RowProps = {
  code: string
  name: string
  months: readonly string[]
  channel: string | null
  typing: Typing
  whole: boolean
  readOnly: boolean
  isSaving: boolean
  texts: readonly string[]
  /** What the budget holds, where something else was typed. */
  saved: readonly string[]
  changed: readonly boolean[]
  total: string
  type(key: string, text: string): void
  enter(key: string, text: string): void
  onPaste(event: ClipboardEvent<HTMLInputElement>, place: { account: string; month: string }): void
}

const same = (a: RowProps, b: RowProps): boolean =>
  (Object.keys(a) as (keyof RowProps)[]).every((name) => {
    const [before, now] = [a[name], b[name]]
    return Array.isArray(before) && Array.isArray(now) ? before.join('\n') === now.join('\n') : before === now
  })

/** A row is drawn anew only where it changed: a chart has hundreds of cells. */
const Row = memo(function Row(props: RowProps) {
  const {
    code,
    name,
    months,
    channel,
    typing,
    whole,
    readOnly,
    isSaving,
    texts,
    saved,
    changed,
    total,
    type,
    enter,
    onPaste,
  } = props
  return (
    <tr>
      <th scope="row">
        <span className={classes.code}>{code}</span> {name}
      </th>
      {months.map((month, at) => {
        const key = keyOf({ account: code, month, channel })
        const text = texts[at] ?? ''
        return (
          <td key={month} data-changed={changed[at] || undefined}>
            {readOnly ? (
              <span className={classes.read}>{text}</span>
            ) : (
              <input
                className={classes.cell}
                inputMode="decimal"
                readOnly={isSaving}
                autoComplete="off"
                aria-label={t('cell', { account: `${code} ${name}`, month: monthsNamed(month, month) })}
                aria-invalid={amountIn(text, typing) === undefined || undefined}
                value={text}
                onChange={(event) => type(key, event.currentTarget.value)}
                onFocus={(event) => event.currentTarget.select()}
                onBlur={() => changed[at] && enter(key, tidied(text, { typing, whole }))}
                onKeyDown={(event) => {
                  if (event.key === 'Escape') enter(key, saved[at] ?? '')
                }}
                onPaste={(event) => onPaste(event, { account: code, month })}
                data-at={at}
              />
            )}
          </td>
        )
      })}
      <td data-right className={classes.total}>
        {total}
      </td>
    </tr>
  )
}, same)

const tidied = (text: string, how: { typing: Typing; whole: boolean }): string => {
  const amount = amountIn(text, how.typing)
  return amount === undefined ? text : writtenAmount(amount, how)
}

const steps: Readonly<Record<string, readonly [down: number, right: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
}

/** Arrows and Enter go from cell to cell, left and right only from the edge of what is typed. */
function moveOnKey(event: KeyboardEvent<HTMLTableElement>): void {
  const input = event.target
  if (!(input instanceof HTMLInputElement) || event.ctrlKey || event.metaKey || event.altKey) return
  const step = event.key === 'Enter' ? ([event.shiftKey ? -1 : 1, 0] as const) : steps[event.key]
  if (step === undefined) return
  const [down, right] = step
  const { selectionStart: from, selectionEnd: to, value } = input
  const selectsAll = from === 0 && to === value.length
  const atEdge = selectsAll || (from === to && (right < 0 ? from === 0 : to === value.length))
  if (right !== 0 && (event.shiftKey || !atEdge)) return
  event.preventDefault()
  const rows = [...event.currentTarget.querySelectorAll('tr')].filter((row) => row.querySelector('input') !== null)
  const row = rows.indexOf(input.closest('tr') as HTMLTableRowElement)
  const wanted = rows[row + down]?.querySelector<HTMLInputElement>(
    `input[data-at="${Number(input.dataset.at) + right}"]`,
  )
  wanted?.focus()
}
