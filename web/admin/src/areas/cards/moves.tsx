import type { UseQueryResult } from '@tanstack/react-query'
import type { GiftCardMovement, StoreCreditMovement } from '../../../../../clients/typescript/src/api.ts'
import { DetailLink, Section } from '../../../../ui/details.tsx'
import { GoButton } from '../../../../ui/links.tsx'
import { Day, Money } from '../../../../ui/money.tsx'
import { PartTable } from '../../../../ui/part-table.tsx'
import { Loaded } from '../../../../ui/states.tsx'
import { useWorkplace } from '../../../../ui/workplace.tsx'
import { t } from './texts.ts'

export type Move = Pick<
  GiftCardMovement | StoreCreditMovement,
  'id' | 'kind' | 'movedOn' | 'amount' | 'entry' | 'document' | 'documentNumber' | 'reference'
>

/** So many stand beside a card or a customer; the rest is a list of its own. */
export const MOST_MOVES = '20'

/** What it was about: the document that it paid, or the name that the fact was given. */
export const About = ({ of: { document, documentNumber, reference } }: { of: Move }) =>
  document !== null && documentNumber !== null ? (
    <DetailLink kind="document" id={document}>
      {documentNumber}
    </DetailLink>
  ) : (
    reference
  )

/** The entry that posted it, for those who may see the journal. */
export function Posted({ of: { entry } }: { of: Move }) {
  const { may } = useWorkplace()
  return (
    entry !== null &&
    may('journal.read') && (
      <DetailLink kind="entry" id={entry}>
        {t('seeEntry')}
      </DetailLink>
    )
  )
}

const columns = [
  { id: 'movedOn', header: t('movedOn'), cell: ({ movedOn }: Move) => <Day of={movedOn} /> },
  { id: 'kind', header: t('what'), cell: ({ kind }: Move) => t(kind) },
  { id: 'about', header: t('document'), cell: (move: Move) => <About of={move} /> },
  { id: 'entry', header: t('entry'), wide: true, cell: (move: Move) => <Posted of={move} /> },
  {
    id: 'amount',
    header: t('amount'),
    right: true,
    cell: ({ amount }: Move) => <Money of={amount} withCurrency />,
  },
]

type MovesProps = {
  of: UseQueryResult<{ rows: readonly Move[]; next?: string | null | undefined }>
  /** The list of all of them. */
  all: string
}

/** What moved a card or a customer's credit, the latest first. */
export const Moves = ({ of, all }: MovesProps) => (
  <Section title={t('moves')}>
    <Loaded of={of}>
      {({ rows, next }) =>
        rows.length === 0 ? (
          t('noMoves')
        ) : (
          <>
            <PartTable label={t('moves')} columns={columns} rows={rows} keyOf={({ id }) => id} />
            {next && (
              <GoButton mt="xs" size="xs" variant="subtle" to={all}>
                {t('allMoves')}
              </GoButton>
            )}
          </>
        )
      }
    </Loaded>
  </Section>
)
