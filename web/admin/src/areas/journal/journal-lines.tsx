import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useMemo, useRef } from 'react'
import type { EntryForm } from '../../../../ui/entry-form.tsx'
import { isZero, negated } from '../../../../ui/exact.ts'
import { figure } from '../../../../ui/figures.ts'
import classes from './journal.module.css'
import { Line, type LineActions } from './journal-line.tsx'
import type { Typed } from './journal-values.ts'
import { blankLine, isBlank, type JournalValues, type LineValues, restFor, tidied, totalsOf } from './journal-values.ts'
import { offersOf, withTax } from './line-tax.ts'
import { t } from './texts.ts'

type LinesProps = { form: EntryForm<JournalValues>; how: Typed }

/** The lines of an entry, a debit and a credit column, and what is between them. */
export function JournalLines({ form: { fields }, how }: LinesProps) {
  const { lines, date } = fields.values
  const act = useLineActions(fields, how)
  const offers = offersOf(lines, how, date)
  const errors = errorsByLine(fields.errors)
  return (
    <div className={classes.lines}>
      <div className={classes.columns} aria-hidden>
        <span>{t('account')}</span>
        <span>{t('partyOrTax')}</span>
        <span className={classes.right}>{t('debit')}</span>
        <span className={classes.right}>{t('credit')}</span>
      </div>
      {lines.map((line, at) => (
        <Line key={line.key} {...{ line, at, how, date, act }} offer={offers.get(at)} errors={errors.get(at)} />
      ))}
      <Sums lines={lines} how={how} error={fields.errors.lines?.toString()} />
      <Button
        variant="subtle"
        color="gray"
        size="xs"
        leftSection={<IconPlus size={14} stroke={1.8} />}
        onClick={() => fields.setFieldValue('lines', [...lines, blankLine()])}
      >
        {t('lineAdd')}
      </Button>
    </div>
  )
}

/** What lines can do, the same object for as long as the form stands: a line is drawn again only where it itself has changed. */
function useLineActions(fields: LinesProps['form']['fields'], how: Typed): LineActions {
  const latest = useRef({ fields, how })
  latest.current = { fields, how }
  return useMemo(() => {
    const now = () => latest.current.fields
    const set = (next: LineValues[]) => {
      const last = next.at(-1)
      now().setFieldValue('lines', last === undefined || !isBlank(last) ? [...next, blankLine()] : next)
      now().clearFieldError('lines')
    }
    const change: LineActions['change'] = (at, some) => {
      set(
        now()
          .getValues()
          .lines.map((line, index) => (index === at ? { ...line, ...some } : line)),
      )
      for (const name of [...Object.keys(some), 'amount']) now().clearFieldError(`lines.${at}.${name}`)
    }
    return {
      change,
      remove: (at) => {
        const next = now()
          .getValues()
          .lines.filter((_, index) => index !== at)
        now().setFieldValue('lines', next.length < 2 ? [...next, blankLine()] : next)
      },
      balance: (at) => {
        const { typing } = latest.current.how
        const rest = restFor(now().getValues().lines, at, typing)
        const other = rest?.side === 'debit' ? 'credit' : 'debit'
        if (rest !== undefined) change(at, { [rest.side]: tidied(rest.amount, typing), [other]: '' })
      },
      tax: (at, mode) => {
        const { lines, date } = now().getValues()
        set(withTax(lines, { at, mode, date }, latest.current.how))
      },
    }
  }, [])
}

/** What is wrong with each line, by its place and field. */
function errorsByLine(
  errors: Readonly<Record<string, unknown>>,
): ReadonlyMap<number, Readonly<Record<string, string>>> {
  const byLine = new Map<number, Record<string, string>>()
  for (const [path, error] of Object.entries(errors)) {
    const [, at, name] = /^lines\.(\d+)\.(\w+)$/.exec(path) ?? []
    if (at === undefined || name === undefined || !error) continue
    byLine.set(Number(at), { ...byLine.get(Number(at)), [name]: String(error) })
  }
  return byLine
}

type SumsProps = { lines: readonly LineValues[]; how: Typed; error: string | undefined }

function Sums({ lines, how, error }: SumsProps) {
  const { debit, credit, difference, isBalanced } = totalsOf(lines, how.typing)
  const { locale } = how.typing
  const between = difference.startsWith('-') ? negated(difference) : difference
  const state = isBalanced ? 'balanced' : isZero(difference) ? 'nothing' : 'open'
  return (
    <div className={classes.sums}>
      <output className={`${classes.state} ${isBalanced ? classes.balanced : classes.open}`} aria-live="polite">
        {state === 'balanced' && `${t('balanced')} ✓`}
        {state === 'open' && t('left', { amount: figure(between, locale) })}
        {state === 'nothing' && <span className={classes.hint}>{t('nothingYet')}</span>}
      </output>
      {error === undefined ? (
        <span className={classes.state} />
      ) : (
        <span className={`${classes.state} ${classes.wrong}`} role="alert">
          {error}
        </span>
      )}
      <span className={classes.sum}>{figure(debit, locale)}</span>
      <span className={classes.sum}>{figure(credit, locale)}</span>
    </div>
  )
}
