import type { OpenItem } from '../../clients/typescript/src/api.ts'
import { DetailLink } from './details.tsx'
import { GoButton } from './links.tsx'
import { Day, Money } from './money.tsx'
import { PartTable } from './part-table.tsx'
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

/** What of one party is not settled, the longest due first; `all` leads to the rest where there is more. */
export const OpenOf = ({ of, all }: { of: readonly Open[]; all: string | undefined }) =>
  of.length === 0 ? (
    t('openNothing')
  ) : (
    <>
      <PartTable label={t('openOf')} columns={columns} rows={of} keyOf={({ id }) => id} />
      {all && (
        <GoButton mt="xs" size="xs" variant="subtle" to={all}>
          {t('openAll')}
        </GoButton>
      )}
    </>
  )
