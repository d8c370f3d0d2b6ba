import { ActionIcon, Select, TextInput } from '@mantine/core'
import { IconDots, IconX } from '@tabler/icons-react'
import { type KeyboardEvent, memo, useState } from 'react'
import type { Account } from '../../../../../clients/typescript/src/api.ts'
import { currencies } from '../../../../../src/kernel/currencies.ts'
import { AccountField } from '../../../../ui/account-field.tsx'
import { DayField } from '../../../../ui/day-field.tsx'
import { PartyField } from '../../../../ui/party-field.tsx'
import classes from './journal.module.css'
import type { Typed } from './journal-values.ts'
import { type LineValues, partyKindOf, tidied } from './journal-values.ts'
import { type Offer, type TaxMode, type TaxPlace, taxPlaceOf } from './line-tax.ts'
import { TaxBaseField, TaxCodeField, TaxOffer } from './tax-fields.tsx'
import { t } from './texts.ts'

/** What can be done with the line at a place: the same for all, whatever they hold. */
export type LineActions = {
  change(at: number, some: Partial<LineValues>): void
  remove(at: number): void
  /** Takes what is left to balance. */
  balance(at: number): void
  tax(at: number, mode: TaxMode): void
}

type LineProps = {
  line: LineValues
  at: number
  how: Typed
  date: string | null
  offer: Offer | undefined
  errors: Readonly<Record<string, string>> | undefined
  act: LineActions
}

/** A form of two hundred lines is typed in as one of three: a line is drawn again only when something of it is another. */
export const Line = memo(
  LineOf,
  (before, after) =>
    (['at', 'how', 'date', 'act'] as const).every((name) => before[name] === after[name]) &&
    isSame(before.line, after.line) &&
    isSame(before.errors ?? {}, after.errors ?? {}) &&
    JSON.stringify(before.offer) === JSON.stringify(after.offer),
)

const isSame = (a: Readonly<Record<string, unknown>>, b: Readonly<Record<string, unknown>>): boolean =>
  Object.keys(a).length === Object.keys(b).length && Object.keys(a).every((name) => a[name] === b[name])

function LineOf({ line, at, how, date, offer, errors, act }: LineProps) {
  const errorOf = (name: keyof LineValues | 'amount') => errors?.[name]
  const change = (some: Partial<LineValues>) => act.change(at, some)
  const account = how.accounts.get(line.account)
  const kind = partyKindOf(account)
  const place = taxPlaceOf(account, line.role || undefined)
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
      <About {...{ line, kind, place, how, date, change, name, errorOf }} />
      {(['debit', 'credit'] as const).map((side) => (
        <AmountField
          key={side}
          side={side}
          label={name(t(side))}
          error={errorOf(side) ?? (side === 'debit' ? errorOf('amount') : undefined)}
          {...{ line, at, how, change }}
          balance={() => act.balance(at)}
        />
      ))}
      {place === 'tax' && line.taxCode !== '' && (
        <TaxBaseField label={name(t('taxBase'))} error={errorOf('taxBase')} {...{ line, how, change }} />
      )}
      {offer !== undefined && (
        <TaxOffer
          offer={offer}
          number={number}
          onChoose={(mode, from) => {
            act.tax(at, mode)
            // The buttons are gone then: whoever works by keyboard goes on below the lines that were made.
            goBelow(from, number + (mode === 'none' ? 0 : offer.within === undefined ? 2 : 1))
          }}
        />
      )}
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
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('lineRemove', { number })}
          onClick={() => act.remove(at)}
        >
          <IconX size={15} stroke={1.6} />
        </ActionIcon>
      </div>
      {opened && <More {...{ line, kind, change, name, errorOf }} />}
    </fieldset>
  )
}

type AboutProps = Pick<LineProps, 'how' | 'date'> & MoreProps & { place: TaxPlace }

/** Whom a line is about, or the code of its tax: what it stands on says which. */
function About({ line, kind, place, how, date, change, name, errorOf }: AboutProps) {
  if (kind !== undefined)
    return (
      <PartyField
        kind={kind}
        className={classes.party}
        aria-label={name(t(kind))}
        placeholder={t(kind)}
        value={line.party}
        onChange={(party) => change({ party })}
        error={errorOf('party')}
      />
    )
  if (place === undefined) return <span className={classes.nobody}>–</span>
  return (
    <TaxCodeField
      className={classes.party}
      aria-label={name(t('taxCode'))}
      value={line.taxCode}
      onChange={(taxCode) => change({ taxCode })}
      error={errorOf('taxCode')}
      {...{ place, how, date }}
    />
  )
}

/** Another account: whom the line is about stays only where it is of the same kind. */
const moved = (account: Account | undefined, line: LineValues, code: string): Partial<LineValues> =>
  partyKindOf(account) === undefined
    ? { account: code, role: '', party: '', document: '', openedOn: null, dueOn: null, ...taxKept(account, line) }
    : { account: code, role: '', party: line.party, taxCode: '', taxBase: '', taxOf: '' }

const taxKept = (account: Account | undefined, { taxCode, taxBase, taxOf }: LineValues): Partial<LineValues> => {
  const place = taxPlaceOf(account)
  return place === 'tax'
    ? { taxCode, taxBase, taxOf }
    : { taxCode: place === undefined ? '' : taxCode, taxBase: '', taxOf: '' }
}

type Change = (some: Partial<LineValues>) => void

type AmountProps = Pick<LineProps, 'line' | 'at' | 'how'> & {
  change: Change
  balance(): void
  side: 'debit' | 'credit'
  label: string
  error: string | undefined
}

const other = { debit: 'credit', credit: 'debit' } as const

function AmountField({ line, at, how, change, balance, side, label, error }: AmountProps) {
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === '=') {
      event.preventDefault()
      balance()
    }
    if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) {
      event.preventDefault()
      goToAccount(event.currentTarget, at + 1)
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

const accountOf = (form: HTMLFormElement | null, at: number) =>
  form?.querySelector<HTMLElement>(`fieldset[data-line="${at + 1}"] input`)

/** At once, so that what is typed next is typed there. */
const goToAccount = (from: HTMLElement, at: number): void => accountOf(from.closest('form'), at)?.focus()

/** Once the lines that are made stand there. */
function goBelow(from: HTMLElement, at: number): void {
  const form = from.closest('form')
  requestAnimationFrame(() => accountOf(form, at)?.focus())
}

type MoreProps = Pick<LineProps, 'line'> & {
  change: Change
  errorOf(name: keyof LineValues): string | undefined
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
