import type { ReactNode } from 'react'
import type { Home } from '../../../../../clients/typescript/src/api.ts'
import { useRead } from '../../../../ui/api.ts'
import { given, isZero } from '../../../../ui/exact.ts'
import { writtenDay } from '../../../../ui/figures.ts'
import { Go } from '../../../../ui/links.tsx'
import { locale } from '../../../../ui/locale.ts'
import { Count, Money } from '../../../../ui/money.tsx'
import { type Source, useSourceAddress } from '../../../../ui/sources.ts'
import { wordsOfException } from '../../../../ui/words.ts'
import { useAddress, useCompanyPath, useWorkplace } from '../../../../ui/workplace.tsx'
import { Card } from './card.tsx'
import classes from './home.module.css'
import { t } from './texts.ts'

type Exceptions = NonNullable<Home['exceptions']>

/** What waits for a person: exceptions by kind and by age, and what a second person must approve. */
export function NeedsYou({ exceptions, approvals }: Pick<Home, 'exceptions' | 'approvals'>) {
  const mentions = useMentions()
  const isQuiet = (exceptions?.count ?? 0) === 0 && (approvals?.count ?? 0) === 0 && mentions === 0
  return (
    <Card title={t('needs')} aside={exceptions && exceptions.count > 0 && <Ages of={exceptions.ages} />}>
      {isQuiet ? (
        <p className={classes.none}>
          {t('nothing')} {t('nothingText')}
        </p>
      ) : (
        <ul className={classes.waiting}>
          {approvals && approvals.count > 0 && <Approvals of={approvals} />}
          {mentions > 0 && <Mentions count={mentions} />}
          {exceptions?.kinds.map((kind) => (
            <Kind key={kind.kind} of={kind} />
          ))}
        </ul>
      )}
    </Card>
  )
}

/** How many notes name whoever looks that they have not seen: counted together with the number in the rail. */
function useMentions(): number {
  const { may } = useWorkplace()
  const path = useCompanyPath()
  return useRead('listExceptionsCounts', may('exceptions.read') ? { path } : undefined).data?.unseen ?? 0
}

function Mentions({ count }: { count: number }) {
  const to = useAddress()
  return <Row count={count} to={to('inbox?view=mentioned')} words={t('mentions', { count })} />
}

type RowProps = { count: number; to: string | undefined; words: string; hint?: ReactNode; children?: ReactNode }

/** What waits of one sort: how much, and the way to it. */
function Row({ count, to, words, hint, children }: RowProps) {
  return (
    <li>
      <span className={classes.count}>
        <Count of={count} />
      </span>
      <span className={classes.waitingName}>
        {to === undefined ? (
          words
        ) : (
          <Go to={to} className={classes.rowLink}>
            {words}
          </Go>
        )}
        {hint}
      </span>
      {children}
    </li>
  )
}

type WaitingProps = Omit<RowProps, 'to'> & { source: Source | null }

const Waiting = ({ source, ...row }: WaitingProps) => <Row {...row} to={useSourceAddress()(source)} />

function Kind({ of: { kind, count, source, overdue, oldestDue, amounts } }: { of: Exceptions['kinds'][number] }) {
  const due = overdue > 0 ? t('overdueCount', { count: overdue }) : t('dueOn', { day: writtenDay(oldestDue, locale) })
  const hint = (
    <span className={classes.hint} data-late={overdue > 0 || undefined}>
      {due}
    </span>
  )
  return (
    <Waiting count={count} source={source} words={wordsOfException(kind)} hint={hint}>
      <span className={classes.amounts}>
        {amounts
          .map(given)
          .filter(({ amount }) => !isZero(amount))
          .map((amount) => (
            <Money key={amount.currency} of={amount} withCurrency />
          ))}
      </span>
    </Waiting>
  )
}

function Approvals({ of: { count, source, oldestAt } }: { of: NonNullable<Home['approvals']> }) {
  const hint = oldestAt && (
    <span className={classes.hint}>{t('waitsSince', { day: writtenDay(oldestAt, locale) })}</span>
  )
  return <Waiting count={count} source={source} words={t('approvals', { count })} hint={hint} />
}

/** How long it has waited, as small figures. */
const Ages = ({ of }: { of: Exceptions['ages'] }) => (
  <dl className={classes.ages} aria-label={t('ages')}>
    {of
      .filter(({ count }) => count > 0)
      .map(({ age, count }) => (
        <div key={age} data-age={age}>
          <dt>{t(`age_${age}`)}</dt>
          <dd>
            <Count of={count} />
          </dd>
        </div>
      ))}
  </dl>
)
