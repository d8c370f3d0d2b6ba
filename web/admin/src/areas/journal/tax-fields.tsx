import { Button, Select, type SelectProps, TextInput } from '@mantine/core'
import { useTypedCode } from '../../../../ui/account-field.tsx'
import { figure } from '../../../../ui/figures.ts'
import { locale } from '../../../../ui/locale.ts'
import classes from './journal.module.css'
import type { Typed } from './journal-values.ts'
import { type LineValues, tidied } from './journal-values.ts'
import { codesFor, type Offer, type TaxMode, type TaxPlace } from './line-tax.ts'
import { t } from './texts.ts'

type CodeProps = Omit<SelectProps, 'data' | 'value' | 'onChange'> & {
  place: TaxPlace
  how: Typed
  date: string | null
  value: string
  onChange(code: string): void
}

/** The tax code of a line. One that the day does not have any more is still shown. */
export function TaxCodeField({ place, how, date, value, onChange, ...props }: CodeProps) {
  const data = codesFor(place, how.taxCodes, date)
  const known = value === '' || data.some((choice) => choice.value === value)
  const find = (typed: string) =>
    data.find(({ label }) => label.toLocaleLowerCase().includes(typed.toLocaleLowerCase()))?.value
  const keeping = useTypedCode({ value, onChange, find })
  const name = how.taxCodes.find(({ code }) => code === value)?.name ?? value
  return (
    <Select
      data={known ? data : [{ value, label: name }, ...data]}
      value={value === '' ? null : value}
      {...keeping}
      placeholder={t(place === 'tax' ? 'taxCodeNone' : 'taxNone')}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('taxNone') }}
      selectFirstOptionOnChange
      autoSelectOnBlur
      openOnFocus={false}
      nothingFoundMessage={t('taxCodeUnknown')}
      comboboxProps={{ width: 280, position: 'bottom-start' }}
      {...props}
    />
  )
}

type BaseProps = {
  line: LineValues
  how: Typed
  label: string
  error: string | undefined
  change(some: Partial<LineValues>): void
}

/** What was taxed, for the return: without a sign, since the side of the line says it. */
export function TaxBaseField({ line, how, label, error, change }: BaseProps) {
  return (
    <div className={classes.tax}>
      <span aria-hidden>{t('taxBase')}</span>
      <TextInput
        size="xs"
        w={130}
        inputMode="decimal"
        autoComplete="off"
        aria-label={label}
        value={line.taxBase}
        error={error}
        onChange={(event) => change({ taxBase: event.currentTarget.value })}
        onBlur={() => {
          const written = tidied(line.taxBase, how.typing)
          if (written !== line.taxBase) change({ taxBase: written })
        }}
      />
      {line.taxBase === '' && <span className={classes.hint}>{t('taxBaseText')}</span>}
    </div>
  )
}

type OfferProps = { offer: Offer; number: number; onChoose(mode: TaxMode, from: HTMLElement): void }

/** What tax a line may get, each way with what it comes to; what it has, where it has any. */
export function TaxOffer({ offer, number, onChoose }: OfferProps) {
  const { onTop, within, made } = offer
  const line = t('line', { number })
  const numbers = new Intl.ListFormat(locale).format((made?.lines ?? []).map(String))
  if (made?.fits)
    return (
      <div className={classes.tax}>
        <span className={classes.hint}>
          {t('taxMade', { tax: figure(made.tax, locale), count: made.lines.length, numbers })}
        </span>
      </div>
    )
  return (
    <fieldset className={classes.tax}>
      <legend>{t('taxOffer', { line })}</legend>
      <span className={made ? classes.open : classes.hint}>
        {made ? t('taxOther', { base: figure(made.base, locale), count: made.lines.length, numbers }) : t('taxAdd')}
      </span>
      <Button size="compact-xs" variant="default" onClick={(event) => onChoose('onTop', event.currentTarget)}>
        {t('taxOnTop', { tax: figure(onTop, locale) })}
      </Button>
      {within !== undefined && (
        <Button size="compact-xs" variant="default" onClick={(event) => onChoose('within', event.currentTarget)}>
          {t('taxWithin', { tax: figure(within, locale) })}
        </Button>
      )}
      <Button
        size="compact-xs"
        variant="subtle"
        color="gray"
        onClick={(event) => onChoose('none', event.currentTarget)}
      >
        {t('taxNone')}
      </Button>
    </fieldset>
  )
}
