import { ActionIcon, Button, Select, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import type { KeyboardEvent } from 'react'
import type { Document, TaxCode } from '../../../../../clients/typescript/src/api.ts'
import { useTypedCode } from '../../../../ui/account-field.tsx'
import type { EntryForm } from '../../../../ui/entry-form.tsx'
import { Money } from '../../../../ui/money.tsx'
import { nameWithRate } from '../../../../ui/tax-rate.ts'
import { blankLine, type InvoiceValues, isBlank, type LineValues, placesOfLines } from './invoice-values.ts'
import classes from './issue.module.css'
import { t } from './issue-texts.ts'
import { ItemField } from './item-field.tsx'

export type DocumentLine = NonNullable<Document['lines']>[number]

type LinesProps = {
  form: EntryForm<InvoiceValues>
  codes: readonly TaxCode[]
  /** As the server would issue them; undefined until it can say. */
  issued: readonly DocumentLine[] | undefined
}

/** What is sold: an item or a text, how many, at what price, with which tax. The next line is there before it is asked for. */
export function InvoiceLines({ form: { fields }, codes, issued }: LinesProps) {
  const { lines, on } = fields.values
  const places = placesOfLines(lines)
  const set = (next: LineValues[]) => {
    const last = next.at(-1)
    fields.setFieldValue('lines', last === undefined || !isBlank(last) ? [...next, blankLine()] : next)
    fields.clearFieldError('lines')
  }
  const change = (at: number, some: Partial<LineValues>) => {
    set(fields.getValues().lines.map((line, index) => (index === at ? { ...line, ...some } : line)))
    for (const name of Object.keys(some)) fields.clearFieldError(`lines.${at}.${name}`)
  }
  return (
    <div className={classes.lines}>
      <div className={classes.columns} aria-hidden>
        <span>{t('item')}</span>
        <span className={classes.right}>{t('quantity')}</span>
        <span className={classes.right}>{t('unitPrice')}</span>
        <span>{t('taxCode')}</span>
        <span className={classes.right}>{t('net')}</span>
      </div>
      {lines.map((line, at) => (
        <Line
          key={line.key}
          {...{ line, at, on, codes }}
          issued={places.includes(at) ? issued?.[places.indexOf(at)] : undefined}
          errorOf={(name) => fields.errors[`lines.${at}.${name}`]?.toString()}
          change={(some) => change(at, some)}
          remove={() => set(lines.filter((_, index) => index !== at))}
        />
      ))}
      {fields.errors.lines && (
        <p className={classes.wrong} role="alert">
          {fields.errors.lines.toString()}
        </p>
      )}
      <div className={classes.below}>
        <Button
          variant="subtle"
          color="gray"
          size="xs"
          leftSection={<IconPlus size={14} stroke={1.8} />}
          onClick={() => fields.setFieldValue('lines', [...lines, blankLine()])}
        >
          {t('lineAdd')}
        </Button>
        <span className={classes.hint}>{t('keys')}</span>
      </div>
    </div>
  )
}

type LineProps = {
  line: LineValues
  at: number
  on: string | null
  codes: readonly TaxCode[]
  issued: DocumentLine | undefined
  errorOf(name: keyof LineValues): string | undefined
  change(some: Partial<LineValues>): void
  remove(): void
}

function Line({ line, at, on, codes, issued, errorOf, change, remove }: LineProps) {
  const name = (text: string) => `${text}, ${t('line', { number: at + 1 })}`
  const number = (of: 'quantity' | 'unitPrice') => (
    <TextInput
      className={classes.number}
      inputMode="decimal"
      autoComplete="off"
      aria-label={name(t(of))}
      placeholder={t(of)}
      value={line[of]}
      error={errorOf(of)}
      onChange={(event) => change({ [of]: event.currentTarget.value })}
      onKeyDown={(event) => goOn(event, at)}
    />
  )
  return (
    <fieldset className={classes.line} data-line={at + 1}>
      <legend>{t('line', { number: at + 1 })}</legend>
      <ItemField
        className={classes.item}
        aria-label={name(t('item'))}
        placeholder={t('itemHint')}
        line={line}
        error={errorOf('item')}
        onChange={change}
      />
      {number('quantity')}
      {number('unitPrice')}
      <TaxField {...{ line, on, codes, issued, change }} label={name(t('taxCode'))} error={errorOf('taxCode')} />
      <output className={classes.net} aria-label={name(t('net'))}>
        {issued ? <Money of={issued.net} /> : <span className={classes.hint}>–</span>}
      </output>
      <ActionIcon
        className={classes.remove}
        variant="subtle"
        color="gray"
        aria-label={t('lineRemove', { number: at + 1 })}
        onClick={remove}
      >
        <IconX size={15} stroke={1.6} />
      </ActionIcon>
    </fieldset>
  )
}

type TaxProps = Pick<LineProps, 'line' | 'on' | 'codes' | 'issued' | 'change'> & {
  label: string
  error: string | undefined
}

/** The tax of a line. While nobody chooses one, what the server takes stands there. */
function TaxField({ line: { taxCode }, on, codes, issued, change, label, error }: TaxProps) {
  // Whoever buys declares a reverse charge; nobody sells with it.
  const data = codes
    .filter(({ kind, code }) => kind !== 'reverse_charge' || code === taxCode)
    .map((code) => ({ value: code.code, label: nameWithRate(code, on) }))
  const find = (typed: string) =>
    data.find(({ value }) => value.toLocaleLowerCase() === typed.toLocaleLowerCase())?.value
  const keeping = useTypedCode({ value: taxCode, onChange: (code) => change({ taxCode: code }), find })
  const usual = codes.find(({ code }) => code === issued?.taxCode)
  return (
    <Select
      className={classes.tax}
      aria-label={label}
      placeholder={usual === undefined ? t('taxUsual') : nameWithRate(usual, on)}
      data={data}
      value={taxCode === '' ? null : taxCode}
      {...keeping}
      error={error}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('taxClear') }}
      selectFirstOptionOnChange
      autoSelectOnBlur
      openOnFocus={false}
      nothingFoundMessage={t('taxUnknown')}
      comboboxProps={{ width: 260, position: 'bottom-start' }}
    />
  )
}

/** Enter goes to the next line, which is there as soon as this one says anything. */
function goOn(event: KeyboardEvent<HTMLInputElement>, at: number): void {
  if (event.key !== 'Enter' || event.ctrlKey || event.metaKey) return
  event.preventDefault()
  event.currentTarget
    .closest('form')
    ?.querySelector<HTMLElement>(`fieldset[data-line="${at + 2}"] input`)
    ?.focus()
}
