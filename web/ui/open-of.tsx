import type { UseQueryResult } from '@tanstack/react-query'
import type { OpenItem } from '../../clients/typescript/src/api.ts'
import { DetailLink, Section } from './details.tsx'
import { isNegative } from './exact.ts'
import { GoButton } from './links.tsx'
import { Day, Money } from './money.tsx'
import { PartTable } from './part-table.tsx'
import { Loaded } from './states.tsx'
import { t } from './texts.ts'

type Open = Pick<OpenItem, 'id' | 'source' | 'documentNumber' | 'openedOn' | 'dueOn' | 'amount' | 'open'>

const columns = [
  {
    id: 'document',
    header: t('openDocument'),
    cell: ({ source, documentNumber }: Open) =>
      source.kind === 'sales_document' && documentNumber !== null ? (
        <DetailLink kind="document" id={source.id}>
          {documentNumber}
        </DetailLink>
      ) : (
        (documentNumber ?? t('openWithout'))
      ),
  },
  { id: 'openedOn', header: t('openSince'), wide: true, cell: ({ openedOn }: Open) => <Day of={openedOn} /> },
  { id: 'dueOn', header: t('openDue'), cell: ({ dueOn }: Open) => <Day of={dueOn} /> },
  {
    id: 'open',
    header: t('openAmount'),
    right: true,
    cell: ({ open }: Open) => <Money of={open} withCurrency />,
  },
]

/** So many stand beside a party; the rest is a list of its own. */
export const MOST_OPEN = '20'

type OpenOfProps = {
  of: UseQueryResult<{ rows: readonly Open[]; next?: string | null | undefined }>
  /** The list of all of them. */
  all: string
  /** Where they are settled with each other, for those who may. */
  settle?: string | undefined
}

/** Whether there is something owed and something to settle it with. */
const hasBothSides = (rows: readonly Open[]): boolean =>
  new Set(rows.map(({ open }) => isNegative(open?.amount ?? '0'))).size > 1

/** What of one party is not settled, the longest due first, and the way to the rest where there is more. */
export const OpenOf = ({ of, all, settle }: OpenOfProps) => (
  <Section
    title={t('openOf')}
    aside={
      settle !== undefined &&
      hasBothSides(of.data?.rows ?? []) && (
        <GoButton size="compact-xs" variant="subtle" to={settle}>
          {t('openSettle')}
        </GoButton>
      )
    }
  >
    <Loaded of={of}>
      {({ rows, next }) =>
        rows.length === 0 ? (
          t('openNothing')
        ) : (
          <>
            <PartTable label={t('openOf')} columns={columns} rows={rows} keyOf={({ id }) => id} />
            {next && (
              <GoButton mt="xs" size="xs" variant="subtle" to={all}>
                {t('openAll')}
              </GoButton>
            )}
          </>
        )
      }
    </Loaded>
  </Section>
)
