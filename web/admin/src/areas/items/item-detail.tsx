import type { ItemHistory } from '../../../../../clients/typescript/src/api.ts'
import { useRead } from '../../../../ui/api.ts'
import { Detail, DetailLink, EditButton, Facts, Section } from '../../../../ui/details.tsx'
import { writtenMonth } from '../../../../ui/figures.ts'
import { GoButton } from '../../../../ui/links.tsx'
import { locale } from '../../../../ui/locale.ts'
import { Day, Money, Price, Quantity } from '../../../../ui/money.tsx'
import { MoneyLink } from '../../../../ui/money-link.tsx'
import { PartTable } from '../../../../ui/part-table.tsx'
import { useSourceAddress } from '../../../../ui/sources.ts'
import { Loaded } from '../../../../ui/states.tsx'
import { useAddress, useCompanyPath, useWorkplace } from '../../../../ui/workplace.tsx'
import { t } from './texts.ts'

type Line = ItemHistory['lines'][number]
type Month = ItemHistory['months'][number]

/** One item: its facts, what was sold of it by month, and where it stood last. */
export function ItemDetail({ id }: { id: string }) {
  const found = useRead('getItemSale', { path: { ...useCompanyPath(), itemId: id } })
  const to = useAddress()
  const { may } = useWorkplace()
  return (
    <Loaded of={found}>
      {({ code, name, kind, itemGroup, taxCode, months, lines }) => (
        <Detail
          kind={t('item')}
          title={name}
          actions={
            <>
              {may('catalog.write') && <EditButton to={to(`items/${id}/edit`)} />}
              <GoButton size="xs" variant="default" to={to('documents', { item: code })}>
                {t('documents')}
              </GoButton>
              <GoButton size="xs" variant="subtle" to={to('lines', { item: code })}>
                {t('bookings')}
              </GoButton>
            </>
          }
        >
          <Facts
            of={[
              [t('code'), code],
              [t('kind'), t(kind)],
              [t('group'), itemGroup],
              [t('taxCode'), taxCode],
            ]}
          />
          <Section title={t('months')}>{months.length === 0 ? t('noMonths') : <Months of={months} />}</Section>
          <Section title={t('lines')}>{lines.length === 0 ? t('noLines') : <Lines of={lines} />}</Section>
        </Detail>
      )}
    </Loaded>
  )
}

function Months({ of }: { of: readonly Month[] }) {
  const addressOf = useSourceAddress()
  const columns = [
    { id: 'month', header: t('month'), cell: ({ month }: Month) => writtenMonth(month, locale) },
    {
      id: 'sales',
      header: t('sales'),
      right: true,
      cell: ({ sales, source }: Month) => <MoneyLink of={sales} to={addressOf(source)} />,
    },
  ]
  return <PartTable label={t('months')} columns={columns} rows={of} keyOf={({ month }) => month} />
}

const lineColumns = [
  {
    id: 'number',
    header: t('number'),
    cell: ({ document, number }: Line) => (
      <DetailLink kind="document" id={document}>
        {number}
      </DetailLink>
    ),
  },
  { id: 'issuedOn', header: t('issuedOn'), cell: ({ issuedOn }: Line) => <Day of={issuedOn} />, wide: true },
  { id: 'customer', header: t('customer'), cell: ({ customerName }: Line) => customerName, wide: true },
  { id: 'quantity', header: t('quantity'), right: true, cell: ({ quantity }: Line) => <Quantity of={quantity} /> },
  {
    id: 'price',
    header: t('price'),
    right: true,
    cell: ({ unitPrice, net }: Line) => <Price of={unitPrice} like={net} />,
    wide: true,
  },
  { id: 'net', header: t('net'), right: true, cell: ({ net }: Line) => <Money of={net} withCurrency /> },
]

const Lines = ({ of }: { of: readonly Line[] }) => (
  <PartTable label={t('lines')} columns={lineColumns} rows={of} keyOf={(line) => of.indexOf(line)} />
)
