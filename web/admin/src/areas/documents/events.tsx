import type { ReactNode } from 'react'
import type { Timeline } from '../../../../../clients/typescript/src/api.ts'
import { DetailLink } from '../../../../ui/details.tsx'
import { Day, Money } from '../../../../ui/money.tsx'
import { wordsOfException } from '../../../../ui/words.ts'
import classes from './documents.module.css'
import { t } from './texts.ts'

type Event = Timeline['events'][number]

/** What happened to a document, in order: each leads to what it was. */
export const Events = ({ of, documentId }: { of: readonly Event[]; documentId: string }) => (
  <ol className={classes.events}>
    {of.map((event) => {
      const { kind, on, at, name, amount, by } = event
      return (
        <li key={`${kind} ${on} ${at} ${name}`}>
          <Day of={on} />
          <span className={classes.what}>
            {t(`event_${kind}`)} <Linked of={event} documentId={documentId} />
            <span className={classes.by}>
              {[wordsOf(event), by && t('by', { name: by.name })].filter(Boolean).join(', ')}
            </span>
          </span>
          <Money of={amount} />
        </li>
      )
    })}
  </ol>
)

const isException = ({ kind }: Event): boolean => kind === 'exception_opened' || kind === 'exception_closed'

const wordsOf = (event: Event): string => event.message

function Linked({ of, documentId }: { of: Event; documentId: string }): ReactNode {
  const name = isException(of) ? wordsOfException(of.name) : of.name
  const [kind, id] =
    of.paymentId !== null
      ? ['payment', of.paymentId]
      : of.documentId !== null && of.documentId !== documentId
        ? ['document', of.documentId]
        : of.entryId !== null
          ? ['entry', of.entryId]
          : []
  if (kind === undefined || id === undefined) return name
  return (
    <DetailLink kind={kind} id={id}>
      {name}
    </DetailLink>
  )
}
