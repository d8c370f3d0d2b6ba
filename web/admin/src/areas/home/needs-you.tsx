import type { Home } from '../../../../../clients/typescript/src/api.ts'
import { given, isZero } from '../../../../ui/exact.ts'
import { writtenDay } from '../../../../ui/figures.ts'
import { Go } from '../../../../ui/links.tsx'
import { locale } from '../../../../ui/locale.ts'
import { Count, Money } from '../../../../ui/money.tsx'
import { useSourceAddress } from '../../../../ui/sources.ts'
import { wordsOfException } from '../../../../ui/words.ts'
import { Card } from './card.tsx'
import classes from './home.module.css'
import { t } from './texts.ts'

type Exceptions = NonNullable<Home['exceptions']>

/** What waits for a person: exceptions by kind and by age, and what a second person must approve. */
export function NeedsYou({ exceptions, approvals }: Pick<Home, 'exceptions' | 'approvals'>) {
  const isQuiet = (exceptions?.count ?? 0) === 0 && (approvals?.count ?? 0) === 0
  return (
    <Card title={t('needs')} aside={exceptions && exceptions.count > 0 && <Ages of={exceptions.ages} />}>
      {isQuiet ? (
        <p className={classes.none}>
          {t('nothing')} {t('nothingText')}
        </p>
      ) : (
        <ul className={classes.waiting}>
          {approvals && approvals.count > 0 && <Approvals of={approvals} />}
          {exceptions?.kinds.map((kind) => (
            <Kind key={kind.kind} of={kind} />
          ))}
        </ul>
      )}
    </Card>
  )
}

function Kind({ of }: { of: Exceptions['kinds'][number] }) {
  const address = useSourceAddress()(of.source)
  const words = wordsOfException(of.kind)
  const amounts = of.amounts.map(given).filter(({ amount }) => !isZero(amount))
  return (
    <li>
      <span className={classes.count}>
        <Count of={of.count} />
      </span>
      <span className={classes.waitingName}>
        {address === undefined ? (
          words
        ) : (
          <Go to={address} className={classes.rowLink}>
            {words}
          </Go>
        )}
        <span className={classes.hint} data-late={of.overdue > 0 || undefined}>
          {of.overdue > 0
            ? t('overdueCount', { count: of.overdue })
            : t('dueOn', { day: writtenDay(of.oldestDue, locale) })}
        </span>
      </span>
      <span className={classes.amounts}>
        {amounts.map((amount) => (
          <Money key={amount.currency} of={amount} withCurrency />
        ))}
      </span>
    </li>
  )
}

function Approvals({ of }: { of: NonNullable<Home['approvals']> }) {
  const address = useSourceAddress()(of.source)
  const words = t('approvals', { count: of.count })
  return (
    <li>
      <span className={classes.count}>
        <Count of={of.count} />
      </span>
      <span className={classes.waitingName}>
        {address === undefined ? (
          words
        ) : (
          <Go to={address} className={classes.rowLink}>
            {words}
          </Go>
        )}
        {of.oldestAt && (
          <span className={classes.hint}>{t('waitsSince', { day: writtenDay(of.oldestAt, locale) })}</span>
        )}
      </span>
    </li>
  )
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
