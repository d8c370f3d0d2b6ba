import { Checkbox, TextInput } from '@mantine/core'
import { writtenDay } from '../../../../ui/figures.ts'
import { locale } from '../../../../ui/locale.ts'
import { Day, Money } from '../../../../ui/money.tsx'
import { PartTable } from '../../../../ui/part-table.tsx'
import { shownAmount } from '../../../../ui/posting/amount.ts'
import classes from './payments.module.css'
import type { Debt } from './receive-values.ts'
import { t } from './texts.ts'

type DebtsProps = {
  of: readonly Debt[]
  chosen: readonly string[]
  /** How much of each is settled. */
  settled: ReadonlyMap<string, string> | undefined
  /** How much of each was typed; null where that cannot be said. */
  parts: Readonly<Record<string, string>> | null
  onParts(parts: Record<string, string>): void
  error: string | undefined
  onChange(chosen: string[]): void
}

/** What a customer owes, to choose what is paid: settled in the order in which they are chosen. */
export function Debts({ of, chosen, settled, parts, onParts, error, onChange }: DebtsProps) {
  if (of.length === 0) return <p className={classes.quiet}>{t('owesNothing')}</p>
  const columns = [
    {
      id: 'number',
      header: t('document'),
      cell: ({ number }: Debt) => (
        <Checkbox
          size="xs"
          classNames={{ body: classes.choice }}
          label={number}
          checked={chosen.includes(number)}
          onChange={(event) =>
            onChange(event.currentTarget.checked ? [...chosen, number] : chosen.filter((one) => one !== number))
          }
        />
      ),
    },
    { id: 'dueOn', header: t('dueOn'), wide: true, cell: ({ dueOn }: Debt) => <Day of={dueOn} /> },
    ...(of.some(({ terms }) => terms !== undefined)
      ? [
          {
            id: 'terms',
            header: t('discount'),
            wide: true,
            cell: ({ terms }: Debt) =>
              terms && t('termsUntil', { percent: terms.percent, until: writtenDay(terms.until, locale) }),
          },
        ]
      : []),
    { id: 'open', header: t('open'), right: true, cell: ({ open }: Debt) => <Money of={open} withCurrency /> },
    {
      id: 'settled',
      header: t('settled'),
      right: true,
      cell: ({ number, open }: Debt) => {
        const part = settled?.get(number)
        if (parts !== null && chosen.includes(number))
          return (
            <TextInput
              size="xs"
              className={classes.typed}
              classNames={{ input: classes.figure }}
              aria-label={t('settlesOf', { number })}
              inputMode="decimal"
              value={parts[number] ?? (part === undefined ? '' : shownAmount(part))}
              onChange={(event) => onParts({ ...parts, [number]: event.currentTarget.value })}
            />
          )
        return part === undefined ? null : <Money of={{ ...open, amount: part }} />
      },
    },
  ]
  return (
    <div>
      <PartTable label={t('whatIsPaid')} columns={columns} rows={of} keyOf={({ number }) => number} />
      {error && (
        <p className={classes.wrong} role="alert">
          {error}
        </p>
      )}
    </div>
  )
}
