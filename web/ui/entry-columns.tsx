import type { EntrySummary } from '../../clients/typescript/src/api.ts'
import { given, isNegative, sumOf } from './exact.ts'
import { entryText } from './figures.ts'
import type { Column } from './list-types.ts'
import { locale } from './locale.ts'
import { Day, Money } from './money.tsx'
import { t } from './texts.ts'

/** What an entry moves: the sum of its debits. */
const movedBy = ({ lines = [] }: EntrySummary) =>
  sumOf(lines.map(({ amount }) => given(amount)).filter(({ amount }) => !isNegative(amount)))

const accountsOf = ({ lines = [] }: EntrySummary): string[] => [...new Set(lines.map(({ account }) => account))]

/** The columns of lists of entries (`listEntries` with its lines), in a company with this currency. */
export const entryColumnsIn = (currency: string) =>
  ({
    number: {
      id: 'number',
      header: t('entryNumber'),
      whole: true,
      cell: (row) => row.number ?? t('entryUnsealed'),
      text: (row) => row.number ?? '',
    },
    date: {
      id: 'date',
      header: t('entryDate'),
      cell: (row) => <Day of={row.date} />,
      text: (row) => row.date,
      sort: { ascending: 'date', descending: '-date' },
    },
    description: {
      id: 'description',
      header: t('entryText'),
      cell: (row) => entryText(row, locale),
      text: (row) => row.description,
      wide: true,
    },
    accounts: {
      id: 'accounts',
      header: t('entryAccount'),
      cell: (row) => accountsOf(row).join(', '),
      text: (row) => accountsOf(row).join(' '),
      wide: true,
    },
    amount: {
      id: 'amount',
      header: t('entryAmount', { currency }),
      right: true,
      cell: (row) => <Money of={movedBy(row)} />,
      text: (row) => movedBy(row)?.amount ?? '',
    },
  }) as const satisfies Record<string, Column<EntrySummary>>
