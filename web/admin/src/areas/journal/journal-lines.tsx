import { ActionIcon, Button, Select, TextInput } from '@mantine/core'
import { IconDots, IconPlus, IconX } from '@tabler/icons-react'
import { type KeyboardEvent, useState } from 'react'
import type { Account } from '../../../../../clients/typescript/src/api.ts'
import { currencies } from '../../../../../src/kernel/currencies.ts'
import { AccountField } from '../../../../ui/account-field.tsx'
import { DayField } from '../../../../ui/day-field.tsx'
import type { EntryForm } from '../../../../ui/entry-form.tsx'
import { isZero, negated } from '../../../../ui/exact.ts'
import { figure } from '../../../../ui/figures.ts'
import classes from './journal.module.css'
import {
  blankLine,
  isBlank,
  type JournalValues,
  type LineValues,
  partyKindOf,
  restFor,
  tidied,
  totalsOf,
} from './journal-values.ts'
import { PartyField } from './party-field.tsx'
import { t } from './texts.ts'
import type { Typed } from './typing.ts'

type LinesProps = { form: EntryForm<JournalValues>; how: Typed }

/** The lines of an entry, a debit and a credit column, and what is between them. */
export function JournalLines({ form: { fields }, how }: LinesProps) {
  const { lines } = fields.values
  const change = (at: number, some: Partial<LineValues>) => {
    const next = lines.map((line, index) => (index === at ? { ...line, ...some } : line))
    const last = next.at(-1)
    fields.setFieldValue('lines', last === undefined || !isBlank(last) ? [...next, blankLine()] : next)
    for (const name of Object.keys(some)) fields.clearFieldError(`lines.${at}.${name}`)
    fields.clearFieldError(`lines.${at}.amount`)
    fields.clearFieldError('lines')
  }
  const remove = (at: number) => {
    const next = lines.filter((_, index) => index !== at)
    fields.setFieldValue('lines', next.length < 2 ? [...next, blankLine()] : next)
  }
  return (
    <div className={classes.lines}>
      <div className={classes.columns} aria-hidden>
        <span>{t('account')}</span>
        <span>{t('party')}</span>
        <span className={classes.right}>{t('debit')}</span>
        <span className={classes.right}>{t('credit')}</span>
      </div>
      {lines.map((line, at) => (
        <Line
          key={line.key}
          {...{ line, lines, at, how }}
          errorOf={(name) => fields.errors[`lines.${at}.${name}`]?.toString()}
          change={(some) => change(at, some)}
          remove={() => remove(at)}
        />
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

type LineProps = {
  line: LineValues
  lines: readonly LineValues[]
  at: number
  how: Typed
  errorOf(name: keyof LineValues | 'amount'): string | undefined
  change(some: Partial<LineValues>): void
  remove(): void
}

function Line({ line, lines, at, how, errorOf, change, remove }: LineProps) {
  const account = how.accounts.get(line.account)
  const kind = partyKindOf(account)
  const [opened, setOpened] = useState(line.currency !== null || line.document !== '')
  const number = at + 1
  const name = (text: string) => `${text}, ${t('line', { number })}`
  return (
    <fieldset className={classes.line} data-line={number}>
      <legend>{t('line', { number })}</legend>
      <AccountField
        className={classes.account}
        aria-label={name(t('account'))}
        placeholder={line.role === '' ? t('account') : t('byMapping', { role: line.role })}
        value={line.account}
        onChange={(code) => change(moved(how.accounts.get(code), line, code))}
        error={errorOf('account')}
      />
      {kind === undefined ? (
        <span className={classes.nobody}>–</span>
      ) : (
        <PartyField
          kind={kind}
          className={classes.party}
          aria-label={name(t(kind))}
          placeholder={t(kind)}
          value={line.party}
          onChange={(party) => change({ party })}
          error={errorOf('party')}
        />
      )}
      {(['debit', 'credit'] as const).map((side) => (
        <AmountField
          key={side}
          side={side}
          label={name(t(side))}
          error={errorOf(side) ?? (side === 'debit' ? errorOf('amount') : undefined)}
          {...{ line, lines, at, how, change }}
        />
      ))}
      <div className={classes.tools}>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-expanded={opened}
          aria-label={t('lineMore', { number })}
          onClick={() => setOpened(!opened)}
        >
          <IconDots size={16} stroke={1.6} />
        </ActionIcon>
        <ActionIcon variant="subtle" color="gray" aria-label={t('lineRemove', { number })} onClick={remove}>
          <IconX size={15} stroke={1.6} />
        </ActionIcon>
      </div>
      {opened && <More {...{ line, kind, change, name, errorOf }} />}
    </fieldset>
  )
}

/** Another account: whom the line is about stays only where it is of the same kind. */
const moved = (account: Account | undefined, line: LineValues, code: string): Partial<LineValues> =>
  partyKindOf(account) === undefined
    ? { account: code, role: '', party: '', document: '', openedOn: null, dueOn: null }
    : { account: code, role: '', party: line.party }

type AmountProps = Pick<LineProps, 'line' | 'lines' | 'at' | 'how' | 'change'> & {
  side: 'debit' | 'credit'
  label: string
  error: string | undefined
}

const other = { debit: 'credit', credit: 'debit' } as const

function AmountField({ line, lines, at, how, change, side, label, error }: AmountProps) {
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === '=') {
      event.preventDefault()
      const rest = restFor(lines, at, how.typing)
      if (rest !== undefined) change({ [rest.side]: tidied(rest.amount, how.typing), [other[rest.side]]: '' })
    }
    if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) {
      event.preventDefault()
      focusAccount(event.currentTarget, at + 1)
    }
  }
  return (
    <TextInput
      inputMode="decimal"
      autoComplete="off"
      aria-label={label}
      placeholder={side === 'debit' ? t('debit') : t('credit')}
      classNames={{ input: classes.amount }}
      value={line[side]}
      error={error}
      onChange={(event) => {
        const typed = event.currentTarget.value
        change({ [side]: typed, ...(typed.trim() === '' ? {} : { [other[side]]: '' }) })
      }}
      onBlur={() => {
        const written = tidied(line[side], how.typing)
        if (written !== line[side]) change({ [side]: written })
      }}
      onKeyDown={onKeyDown}
    />
  )
}

function focusAccount(from: HTMLElement, at: number): void {
  const form = from.closest('form')
  requestAnimationFrame(() => form?.querySelector<HTMLElement>(`fieldset[data-line="${at + 1}"] input`)?.focus())
}

type MoreProps = Pick<LineProps, 'line' | 'change' | 'errorOf'> & {
  kind: 'customer' | 'supplier' | undefined
  name(text: string): string
}

const currencyChoices = Object.entries(currencies)
  .filter(([, { withdrawnOn }]) => withdrawnOn === null)
  .map(([value, { name }]) => ({ value, label: `${value} ${name}` }))

const More = ({ line, kind, change, name, errorOf }: MoreProps) => (
  <div className={classes.more}>
    <Select
      size="xs"
      label={t('currency')}
      aria-label={name(t('currency'))}
      searchable
      clearable
      data={currencyChoices}
      value={line.currency}
      onChange={(currency) => change({ currency })}
    />
    {line.currency !== null && (
      <TextInput
        size="xs"
        w={130}
        inputMode="decimal"
        label={t('currencyAmount')}
        aria-label={name(t('currencyAmount'))}
        value={line.currencyAmount}
        error={errorOf('currencyAmount')}
        onChange={(event) => change({ currencyAmount: event.currentTarget.value })}
      />
    )}
    {kind !== undefined && (
      <>
        <TextInput
          size="xs"
          label={t('document')}
          aria-label={name(t('document'))}
          value={line.document}
          onChange={(event) => change({ document: event.currentTarget.value })}
        />
        <DayField
          size="xs"
          w={130}
          clearable
          label={t('openedOn')}
          aria-label={name(t('openedOn'))}
          value={line.openedOn}
          onChange={(openedOn) => change({ openedOn })}
        />
        <DayField
          size="xs"
          w={130}
          clearable
          label={t('dueOn')}
          aria-label={name(t('dueOn'))}
          value={line.dueOn}
          onChange={(dueOn) => change({ dueOn })}
        />
      </>
    )}
  </div>
)

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
